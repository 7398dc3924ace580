#pragma once

#include <optional>

#include "engine/fees/day_count.h"
#include "engine/fees/management_fee.h"
#include "engine/fees/performance_fee.h"
#include "engine/fees/waterfall.h"
#include "engine/fees/withdrawal.h"
#include "engine/offer_terms.h"

// An offer's terms in the words of the fee arithmetic. On purpose not what the engine uses: an
// explanation must find out for itself.
namespace reports::explain {

engine::PerformanceTerms performance_of(const engine::OfferTerms& terms);
engine::fees::PerformanceTerms performance_rules(const engine::OfferTerms& terms);
// With tiers the first one's.
core::Decimal first_rate(const engine::OfferTerms& terms);
engine::fees::WithdrawalRule withdrawal_rule(const engine::OfferTerms& terms);
engine::fees::WaterfallTerms waterfall_rules(const engine::OfferTerms& terms);
engine::fees::DayCount day_count(const engine::ManagementTerms& terms);
engine::fees::ManagementBase management_base(const engine::ManagementTerms& terms);

inline bool has_lots(const engine::OfferTerms& terms) {
  return performance_of(terms).scope == engine::MarkScope::Lot;
}

// Money of the terms in the smallest unit; nothing if the terms do not name it.
core::Result<core::Minor> money_of(const std::optional<core::Decimal>& value,
                                   const std::string& currency);

}  // namespace reports::explain
