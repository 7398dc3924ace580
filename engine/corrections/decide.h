#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/correction_commands.h"
#include "engine/correction_records.h"
#include "ledger/record.h"

// What was charged wrongly is reversed and charged anew; nothing is edited.
// Source: docs/accounting.md, rows 31 and 32.
namespace engine::corrections {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Errors: NotFound/unknown_record; InvalidInput/not_a_fee, fee_range, not_positive, precision;
//         Conflict/already_corrected, nothing_to_correct, investor_left, operation_unconfirmed,
//         fee_on_lots, fee_reserved.
Drafts decide(const Context& context, const CorrectFee& command);
// Errors: NotFound/unknown_structure, unknown_client, unknown_record; Conflict/no_mandate,
//         already_corrected; InvalidInput/unknown_currency, not_positive, precision, fee_range;
//         not_his_record.
Drafts decide(const Context& context, const Compensate& command);

// Errors of each that returns a Result: Overflow.
core::Result<> apply(State& state, const FeeReversed& body, const ledger::RecordView& record);
core::Result<> apply(State& state, const FeeCorrected& body, const ledger::RecordView& record);
void apply(State& state, const CompensationPaid& body, const ledger::RecordView& record);

}  // namespace engine::corrections
