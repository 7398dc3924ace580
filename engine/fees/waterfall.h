#pragma once

#include <vector>

#include "core/decimal.h"

// Who has which share of a fee.
namespace engine::fees {

// OnTop: the tax is taken from the investor beside the fee. Included: it is taken out of the fee.
enum class TaxMode { OnTop, Included };

// All shares are shares of the fee, after a tax that is included in it.
struct WaterfallTerms {
  TaxMode tax_mode = TaxMode::OnTop;
  core::Decimal tax_rate = {};
  core::Decimal broker_share = {};
  // Of the introducing brokers, level by level.
  std::vector<core::Decimal> introducing_shares = {};
  // Of what broker and introducing brokers leave.
  core::Decimal partner_share = {};
};

inline constexpr std::size_t kIntroducingLevelsMax = 10;

struct FeeShares {
  core::Minor tax = 0;
  core::Minor broker = 0;
  std::vector<core::Minor> introducing;
  core::Minor partner = 0;
  core::Minor manager = 0;
  core::Minor taken = 0;  // What leaves the investor: the fee, and a tax on top of it.
};

// Errors: InvalidInput/rate_range, at the field, if a rate is outside 0 to 1, if broker and
// introducing
//         brokers together have more than 1, or if there are more than kIntroducingLevelsMax
//         levels.
core::Result<> check_waterfall(const WaterfallTerms& terms);

// The shares of a charged fee: tax, broker, introducing brokers, business partner, manager.
//
//   tax          on top: rate x fee; included: fee x rate / (1 + rate)
//   base         fee, less a tax included
//   broker       broker_share x base
//   introducing  each its share x base
//   partner      partner_share x (base - broker - introducing)
//   manager      the rest
//
// Rounding:   each down; the rest is the manager's.
// Guarantees: none is below zero; all shares and the tax sum to `taken`.
// Errors:     as check_waterfall(); InvalidInput/not_positive if the fee is below zero; Overflow.
// Source:     the managed-account rules, 3.3, row 15 of section 9 and ruling 6.
core::Result<FeeShares> shares_of(core::Minor fee, const WaterfallTerms& terms);

}  // namespace engine::fees
