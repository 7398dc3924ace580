#pragma once

#include <span>

#include "core/bytes.h"
#include "core/result.h"
#include "ledger/record.h"

namespace ledger::invariants {

// A batch has a record that ends it exactly when its other records are beyond the limits of one group
// (kGroupRecordsMax, kGroupBytesMax). `leaves` are all of the batch's, `last` its last record.
//
// Errors: Corrupt/batch with the sequence.
core::Result<> very_large_batch(std::span<const core::Bytes> leaves, const RecordView& last);

// Whether a crash can have left these first leaves of a batch alone: its first group was full.
bool may_be_broken_off(std::span<const core::Bytes> leaves);

}  // namespace ledger::invariants
