#pragma once

#include "engine/charging/fee_rules.h"
#include "engine/pamm_records.h"

// Performance fees on what has a mark of its own: an investor's holding in a pool, a lot of it, or
// a client's trading account.
namespace engine::charging {

// Its figures before the fee. Money in smallest units.
struct Marked {
  core::Minor equity = 0;
  core::Minor floating = 0;                 // In the equity.
  core::Minor management_since_charge = 0;  // Management fees since the last crystallisation.
  core::Minor mark = 0;
  fees::Exact hurdle;  // Accrued.
  bool lot = false;    // One lot of several.
  // No more of it is compared with the mark.
  std::optional<core::Minor> measured_max = {};
};

// A performance fee before it is rounded, and what was compared with the mark.
struct Accrued {
  core::Minor measured = 0;
  fees::PerformanceFee fee;
};

// What is compared with the mark. Errors: Overflow.
core::Result<core::Minor> measured_of(const FeeRules& rules, const Marked& holding);

core::Result<Accrued> accrued_performance(const FeeRules& rules, const Marked& holding);

// A charge's record as far as it follows from that; its amount is the caller's to fill in.
core::Result<FeeCharged> performance_charge(const FeeRules& rules, const Marked& holding,
                                            const Accrued& accrued);

// The part of an accrued fee that falls on `withdrawn`, gross, and is taken out of it. The mark
// falls with the withdrawal, not with this fee.
// Rounding: down. Errors: Overflow.
core::Result<FeeCharged> charge_on_withdrawal(const FeeRules& rules, const Marked& holding,
                                              core::Minor withdrawn);

// The mark after a charge. Errors: Overflow.
core::Result<core::Minor> mark_after(const FeeRules& rules, const Marked& holding,
                                     core::Minor measured, const FeeCharged& fee);

}  // namespace engine::charging
