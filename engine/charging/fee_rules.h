#pragma once

#include <map>

#include "engine/fees/performance_fee.h"
#include "engine/fees/waterfall.h"
#include "engine/fees/withdrawal.h"
#include "engine/state.h"

namespace engine::charging {

// An offer's terms with their defaults, in the words of the fee arithmetic.
struct FeeRules {
  const OfferTerms* terms = nullptr;
  fees::PerformanceTerms performance;
  bool charges_performance = false;
  core::Decimal performance_rate;  // With tiers: the first one's.
  MarkScope scope = MarkScope::Investor;
  FeeBase base = FeeBase::Equity;
  BlockedMark blocked_mark = BlockedMark::Moves;
  fees::WithdrawalRule withdrawal_rule = fees::WithdrawalRule::ProportionalRestore;
  WithdrawalCharge withdrawal_charge = WithdrawalCharge::ProRata;
  LotOrder lot_order = LotOrder::Fifo;
  fees::WaterfallTerms waterfall;
  core::Minor minimum_charge = 0;

  // Empty where the offer has none.
  const PerformanceTerms* more() const {
    return terms->performance ? &*terms->performance : nullptr;
  }
};

// Errors: those of money in a currency, which publishing the offer has checked.
core::Result<FeeRules> rules_of(const Offer& offer);

// The terms of a group with its defaults, where an offer has none.
inline DealingTerms dealing_of(const OfferTerms& terms) {
  return terms.dealing.value_or(DealingTerms{});
}

}  // namespace engine::charging
