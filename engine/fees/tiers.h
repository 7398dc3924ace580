#pragma once

#include <optional>
#include <vector>

#include "engine/fees/exact.h"

// Performance fees whose rate grows with the return.
namespace engine::fees {

// The rate for returns below `up_to_return`, as a part of the mark: 0.30 is 30 %. The last tier has
// no bound.
struct Tier {
  std::optional<core::Decimal> up_to_return;
  core::Decimal rate;
};

// Marginal: each tier's rate is taken on the part of the gain that lies in it. Whole: the rate of
// the tier that the whole return falls in is taken on all of it; a return equal to a bound falls in
// the next tier.
enum class TierMode { Marginal, Whole };

struct TierTable {
  std::vector<Tier> tiers;
  TierMode mode = TierMode::Marginal;
};

inline constexpr std::size_t kTiersMax = 20;

// The table of an offer that has one rate.
inline TierTable one_rate(const core::Decimal& rate) { return {{{std::nullopt, rate}}, {}}; }

// Errors: InvalidInput/rate_range if there is no tier, more than kTiersMax, a rate outside 0 to 1,
// a
//         bound that is not above the one before (the first: above 0), a bound on the last tier or
//         none on another; `at` is the tier, such as tiers[1].
core::Result<> check_tiers(const TierTable& table);

// The fee on the gain from `from` to `equity`, exact. Returns count from `mark`, which is at most
// `from`; they differ under a hard hurdle. Nothing if `equity` is not above `from`.
//
// Above a mark of zero every return is without bound: the last tier's rate is taken.
//
// Guarantees: not above equity - from.
// Errors:     as check_tiers(); Overflow.
// Source:     the managed-account rules, 3.1 and PAMM-10: pages of brokers have both modes.
core::Result<Exact> tiered_fee(const TierTable& table, core::Minor mark, const Exact& from,
                               core::Minor equity);

}  // namespace engine::fees
