#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "ledger/record.h"

// In what a recorded effect is another than the one that follows.
namespace gateway::service {

// One part of a record: "body.amount", or "postings" of an account and commodity.
struct PartDifference {
  std::string part;
  std::string expected;  // "nothing" where the record has something that does not follow.
  std::string found;     // "nothing" where it lacks what follows.
};

enum class DifferenceKind {
  Differs,    // The effect is there, and says something else.
  Extra,      // Nothing like it follows from the command.
  Missing,    // It follows and was not recorded; seq is where it would stand.
  Refused,    // The command would be refused, so none of its effects follows.
  NotAllowed  // Who asked for it may not.
};

struct RecordDifference {
  std::uint64_t seq = 0;
  std::uint64_t kind = 0;
  std::string name;  // Of the kind; "kind 999" if it has none here.
  DifferenceKind what = DifferenceKind::Differs;
  std::vector<PartDifference> parts = {};  // Of Differs.
  std::string why = {};                    // Of Refused and NotAllowed.
};

// "fee_charged differs from what follows: body.amount is 40001, and 40000 follows; ..."
std::string to_text(const RecordDifference& difference);
core::json::Value to_json(const RecordDifference& difference);

// Compares a batch's recorded effects with those that follow. Where their number differs, those of
// one kind about the same subjects are taken for each other. `records` are the effects only;
// `leaves` their stored bytes.
core::Result<std::vector<RecordDifference>> compare_effects(
    std::span<const ledger::RecordView* const> records, std::span<const core::ByteView> leaves,
    std::span<const ledger::Draft> expected);

}  // namespace gateway::service
