#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/gate_state.h"
#include "engine/state.h"

// What the gate answers: a pure function of the rules, the evidence, the question and two times.
// Source: docs/architecture.md, "The gate"; docs/decisions/0036-the-gate.md.
namespace engine::gate {

// What was known of a manager and the firm at a time. The evidence and the pack are the state's,
// which must outlive it.
struct Known {
  const RulePack* pack = nullptr;  // In force on the day; null: none.
  core::Hash pack_hash;
  std::map<std::string, core::Date> signed_off;  // Cells of that pack: the last day.
  bool all_signed_off = false;                   // For asking what a pack would come to.
  std::vector<std::string> excluded;             // Countries.
  std::span<const HeldEvidence> of_manager;
  std::span<const HeldEvidence> of_firm;
  std::string home;                          // Of the manager.
  std::string profile;                       // Of the book.
  std::optional<core::Instant> rules_until;  // From then on other rules that are known by now.
};

// The pack whose rules count on a day, of those that were recorded by `known_at`; null: none.
const AdoptedPack* pack_in_force(const State& state, core::Date day, core::Instant known_at);

// The first moment after a day from which other rules count than on that day, of those that were
// recorded by `known_at`; absent: none.
std::optional<core::Instant> rules_until(const State& state, core::Date day,
                                         core::Instant known_at);

// Of a question, whatever the order of what it lists: cases and decisions on one are found by it.
core::Hash digest_of(GateQuestion question);

// What was recorded by `known_at`. `as_of` says which pack is in force.
Known known_of(const State& state, const core::PartyId& manager, core::Instant as_of,
               core::Instant known_at);

// Errors: InvalidInput/question if there is no category, residence or instrument, one twice, or too
//         many; country.
core::Result<> check_question(const GateQuestion& question);

// The verdict with its reasons. Three legs are asked for every category and residence: the cell of
// the broker's place what it asks of brokers, that of the manager's home what it asks of managers,
// and that of the client's residence both. The strictest counts.
//
// `rules_of`: the day whose rules are asked, if it is another than that of the evidence.
//
// Guarantees: equal arguments give equal bytes; evidence that is missing, partial, stale, unclear
//             or failed never gives allow; a pack whose cell nobody signed never does.
GateAnswer answer(const Known& known, const GateQuestion& question, core::Instant as_of,
                  std::optional<core::Date> rules_of = {});

}  // namespace engine::gate
