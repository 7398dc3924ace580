#pragma once

#include <optional>
#include <vector>

#include "core/result.h"
#include "engine/charging/fee_rules.h"
#include "engine/fees/reserve.h"
#include "engine/investor.h"

// What an investor's standing is in the words of the fee arithmetic, and back.
namespace engine::charging {

fees::Exact exact_of(const ExactAmount& amount);
ExactAmount amount_of(const fees::Exact& exact);

std::vector<fees::Held> held_of(const Investor& investor);
void set_held(Investor& investor, const std::vector<fees::Held>& held);

// At the end of the investor's period: losses expire as the offer's look-back says, when what is
// measured lies `deficit` below the mark. Gives what expired: the mark falls by it.
// Errors: Overflow.
core::Result<core::Minor> forget_losses(Investor& investor, core::Minor deficit,
                                        std::uint64_t window);

// Losses that are carried fall in proportion with a withdrawal, but not under the absolute rule.
// Errors: Overflow.
core::Result<> scale_losses(Investor& investor, const FeeRules& rules, core::Minor equity,
                            core::Minor withdrawn);

// What a whole exit ends: accruals, hurdle, periods and losses. The year's fees and the offer stay.
void forget_holding(Investor& investor);

// Whether a period ends on `date`, where no calendar tells the next date: the command `said` so,
// but for what needs no look ahead.
// Errors: Conflict/period_not_over if this period's end was said before.
core::Result<bool> period_ends_as_said(const std::optional<Frequency>& frequency,
                                       const Investor& investor, core::Date date, bool said);

}  // namespace engine::charging
