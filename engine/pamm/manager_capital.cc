#include "engine/pamm/manager_capital.h"

#include <algorithm>

#include "engine/money.h"

namespace engine::pamm {
namespace {

core::Result<core::Minor> minimum_of(const Offer& offer, const ManagerCapitalTerms& terms) {
  if (!terms.minimum) return core::Minor{0};
  return signed_money(*terms.minimum, offer.currency, "minimum");
}

}  // namespace

core::Result<core::Minor> largest_withdrawal(const Offer& offer, core::Minor own, core::Minor pool,
                                             bool investors_present) {
  if (!offer.terms.manager_capital || !investors_present) return own;
  const ManagerCapitalTerms& terms = *offer.terms.manager_capital;
  switch (terms.rule.value_or(ManagerCapitalRule::MayNotFall)) {
    case ManagerCapitalRule::MayNotFall:
      return core::Minor{0};
    case ManagerCapitalRule::ClosesPool:
      return own;
    case ManagerCapitalRule::Minimum:
      break;
  }
  TRY(const auto minimum, minimum_of(offer, terms));
  core::Minor most = std::max<core::Minor>(own - minimum, 0);
  if (!terms.minimum_share) return most;
  // (own - x) / (pool - x) >= share, so x <= (own - share x pool) / (1 - share).
  TRY(const auto unit, core::power_of_ten(terms.minimum_share->scale));
  const core::Minor share = terms.minimum_share->digits;
  if (share >= unit) return core::Minor{0};
  TRY(const auto own_part, core::multiply(own, unit));
  TRY(const auto pool_part, core::multiply(pool, share));
  if (own_part <= pool_part) return core::Minor{0};
  TRY(const auto by_share,
      core::multiply_divide(own_part - pool_part, 1, unit - share, core::Rounding::Floor));
  return std::min(most, by_share);
}

core::Result<bool> closed_to_new_money(const Offer& offer, core::Minor own, core::Minor pool) {
  if (!offer.terms.manager_capital) return false;
  const ManagerCapitalTerms& terms = *offer.terms.manager_capital;
  if (terms.rule != ManagerCapitalRule::ClosesPool) return false;
  TRY(const auto minimum, minimum_of(offer, terms));
  if (own < minimum) return true;
  if (!terms.minimum_share) return false;
  TRY(const auto unit, core::power_of_ten(terms.minimum_share->scale));
  TRY(const auto own_part, core::multiply(own, unit));
  TRY(const auto pool_part, core::multiply(pool, terms.minimum_share->digits));
  return own_part < pool_part;
}

}  // namespace engine::pamm
