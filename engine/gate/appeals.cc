#include "engine/gate/appeals.h"

#include <algorithm>

namespace engine::gate {

core::Result<> require_new_evidence(const State& state, const GateDecision& appealed) {
  const auto is_new = [&](const HeldEvidence& held) {
    return appealed.seq < held.seq && held.evidence.asked != Asked::CouldNotAsk;
  };
  const GateBook& book = *state.gate;
  const auto held = book.of_party.find(appealed.decided.question.manager);
  const bool of_manager = held != book.of_party.end() && std::ranges::any_of(held->second, is_new);
  if (of_manager || std::ranges::any_of(book.of_firm, is_new)) return core::ok();
  return core::conflict("no_new_evidence", "appeal_of",
                        "Nothing was recorded on the manager or the firm since that decision; "
                        "record the new evidence first.");
}

}  // namespace engine::gate
