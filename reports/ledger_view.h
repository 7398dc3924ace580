#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/fields.h"
#include "ledger/log.h"
#include "ledger/record.h"

// What a report may read: the records, in order, and nothing else. No clock, no balances kept
// elsewhere, so that whoever has the records can make the report again.
namespace reports {

using RecordVisitor = std::function<core::Result<>(const ledger::RecordView& record)>;

// Visits records [0, size) in order and gives the tree's root over exactly these. The record lives
// for the call only; a visitor's error ends the visit and is returned.
using RecordSource =
    std::function<core::Result<core::Hash>(std::uint64_t size, const RecordVisitor& visit)>;

// Tells the records that never took effect: of a very large batch that was broken off.
using IsVoided = std::function<bool(std::uint64_t seq)>;

// The records of a log, which must outlive the source. The root is computed from the bytes read,
// the voided ones among them, which are not visited.
//
// Errors: InvalidInput/range if the log is shorter; InvalidInput/inside_batch if a batch does not
//         end at `size`; Corrupt/record; those of Log::read.
RecordSource records_of(ledger::Log& log, IsVoided is_voided = {});

// The body of a record whose kind is Body's.
//
// Errors: Corrupt/record if it cannot be read; Unavailable/not_interpreted for a later version.
template <class Body>
core::Result<Body> body_of(const ledger::RecordView& record) {
  const std::string at = "seq " + std::to_string(record.seq);
  if (record.version != 1) {
    return core::unavailable("not_interpreted", at, "A later program wrote this record; use it.");
  }
  auto body = core::from_cbor<Body>(record.body);
  if (!body) return core::corrupt("record", at + ": " + body.error().at, body.error().detail);
  return body;
}

}  // namespace reports
