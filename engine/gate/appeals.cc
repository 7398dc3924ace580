#include "engine/gate/appeals.h"

namespace engine::gate {

namespace {

// Of the same source and reference, the one before says the same.
bool repeats(const std::vector<HeldEvidence>& all, std::size_t index) {
  const Evidence& now = all[index].evidence;
  for (std::size_t i = index; i > 0; --i) {
    const Evidence& before = all[i - 1].evidence;
    if (before.source != now.source || before.reference != now.reference) continue;
    return core::to_cbor(before.facts) == core::to_cbor(now.facts);
  }
  return false;
}

// What comes every day, as screenings and answers that say the same, is no news.
bool has_news(const std::vector<HeldEvidence>& all, std::uint64_t since) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Evidence& evidence = all[i].evidence;
    if (all[i].seq <= since || evidence.asked == Asked::CouldNotAsk ||
        evidence.source == "screening") {
      continue;
    }
    if (!repeats(all, i)) return true;
  }
  return false;
}

}  // namespace

core::Result<> require_new_evidence(const State& state, const GateDecision& appealed) {
  const GateBook& book = *state.gate;
  const auto held = book.of_party.find(appealed.decided.question.manager);
  const bool of_manager = held != book.of_party.end() && has_news(held->second, appealed.seq);
  if (of_manager || has_news(book.of_firm, appealed.seq)) return core::ok();
  return core::conflict("no_new_evidence", "appeal_of",
                        "Nothing new was recorded on the manager or the firm since that decision; "
                        "record the new evidence first.");
}

}  // namespace engine::gate
