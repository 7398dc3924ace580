#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/correction_commands.h"
#include "engine/correction_records.h"
#include "engine/state.h"

// What a fee should have been.
namespace engine::corrections {

// Errors: Conflict/already_corrected at `field`.
core::Result<> check_not_corrected(const State& state, std::uint64_t seq, std::string_view field);

// Money that may be zero, such as the right amount of a fee that should not have been.
// Errors: InvalidInput/fee_range unless it is from 0 to `max`, precision.
core::Result<core::Minor> money_up_to(const core::Decimal& value, const std::string& currency,
                                      core::Minor max, std::string_view field);

// The mark that the right amount leaves: what the command says, else as the offer's mark basis made
// it, which the recorded fee shows: what was left after it, or what there was before it. No fee
// moves no mark, and one that left it alone leaves it alone. What comes back of a fee on a
// withdrawal raises the mark like new money. Errors: InvalidInput/precision, Overflow;
// InvalidInput/fee_range at mark_after if it is below zero.
core::Result<core::Minor> right_mark(const CorrectFee& command, const FeeCorrected& wrong,
                                     core::Minor amount, const std::string& currency);

// Whether a mark, as it is now, does not fall below zero. Errors: Overflow.
core::Result<bool> can_move_mark(core::Minor mark, const FeeCorrected& wrong,
                                 const FeeCorrected& right);

// Errors: Conflict/nothing_to_correct.
core::Result<> check_differs(const FeeCorrected& wrong, const FeeCorrected& right);

}  // namespace engine::corrections
