#include "engine/fees/tiers.h"

#include <string>

namespace engine::fees {
namespace {

core::Error wrong_tier(std::size_t index, std::string_view what) {
  return core::invalid("rate_range", "tiers[" + std::to_string(index) + "]", std::string(what));
}

core::Result<> check_rate(const Exact& rate, std::size_t index) {
  if (rate.numerator < 0 || rate.numerator > rate.denominator) {
    return wrong_tier(index, "A tier's rate is from 0 to 1.");
  }
  return core::ok();
}

core::Result<Exact> check_bound(const Exact& before, const core::Decimal& up_to,
                                std::size_t index) {
  TRY(const Exact bound, exact(up_to));
  TRY(const auto order, compare(bound, before));
  if (order <= 0) return wrong_tier(index, "Returns ascend from above 0, tier by tier.");
  return bound;
}

// The equity at which the tier ends.
core::Result<Exact> end_of(const Tier& tier, core::Minor mark) {
  TRY(const Exact bound, exact(*tier.up_to_return));
  TRY(const Exact growth, add(whole(1), bound));
  return multiply(whole(mark), growth);
}

core::Result<Exact> marginal_fee(const TierTable& table, core::Minor mark, Exact from,
                                 core::Minor equity) {
  Exact fee;
  for (const Tier& tier : table.tiers) {
    Exact until = whole(equity);
    if (tier.up_to_return) {
      TRY(const Exact end, end_of(tier, mark));
      TRY(until, smaller(until, end));
    }
    TRY(const Exact gain, excess(until, from));
    TRY(const Exact part, at_rate(gain, tier.rate));
    TRY(fee, add(fee, part));
    TRY(from, larger(from, until));
  }
  return fee;
}

core::Result<Exact> whole_fee(const TierTable& table, core::Minor mark, const Exact& from,
                              core::Minor equity) {
  TRY(const Exact gain, excess(whole(equity), from));
  for (const Tier& tier : table.tiers) {
    if (!tier.up_to_return) return at_rate(gain, tier.rate);
    TRY(const Exact end, end_of(tier, mark));
    TRY(const auto order, compare(whole(equity), end));
    if (order < 0) return at_rate(gain, tier.rate);
  }
  return Exact{};  // Not reached: the last tier has no bound.
}

}  // namespace

core::Result<> check_tiers(const TierTable& table) {
  if (table.tiers.empty() || table.tiers.size() > kTiersMax) {
    return core::invalid("rate_range", "tiers", "A table has 1 to 20 tiers.");
  }
  const std::size_t last = table.tiers.size() - 1;
  Exact before;
  for (std::size_t i = 0; i <= last; ++i) {
    const Tier& tier = table.tiers[i];
    TRY(const Exact rate, exact(tier.rate));
    TRY(check_rate(rate, i));
    if (tier.up_to_return.has_value() == (i == last)) {
      return wrong_tier(i, "Each tier but the last says up to which return it goes.");
    }
    if (tier.up_to_return) {
      TRY(before, check_bound(before, *tier.up_to_return, i));
    }
  }
  return core::ok();
}

core::Result<Exact> tiered_fee(const TierTable& table, core::Minor mark, const Exact& from,
                               core::Minor equity) {
  TRY(check_tiers(table));
  TRY(const auto order, compare(whole(equity), from));
  if (order <= 0) return Exact{};
  return table.mode == TierMode::Marginal ? marginal_fee(table, mark, from, equity)
                                          : whole_fee(table, mark, from, equity);
}

}  // namespace engine::fees
