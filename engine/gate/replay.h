#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/gate/decision.h"

// Decisions asked again: as of then, as of now, and under other rules.
namespace engine::gate {

struct Replay {
  GateAnswer recorded;
  GateAnswer then;    // By what was known when it was decided.
  bool same = false;  // Then and recorded, byte for byte.
  GateAnswer now;
  std::vector<GateReason> gone;  // Reasons of then that are none now.
  std::vector<GateReason> come;  // And the other way about.
};

// Errors: NotFound/unknown_decision.
core::Result<Replay> replay(const State& state, const core::DecisionId& decision,
                            core::Instant now);

// What another pack would make of a manager's latest decision for a model.
struct Impact {
  core::PartyId manager;
  core::DecisionId decision;
  Verdict before = Verdict::Refer;
  Verdict after = Verdict::Refer;
  core::Date from;  // The first day on which the two differ.
};

// Every latest decision whose verdict changes on a day that either pack names: its first one, and
// those of its rules by date. Cells of the new pack are taken as signed, since nobody could have.
std::vector<Impact> impact(const State& state, const RulePack& pack, core::Instant now);

// An allow by people that counts no more once rules begin.
struct EndingAllow {
  core::PartyId manager;
  core::DecisionId decision;
  Model model = Model::Pamm;
  core::Date from;                                // The first day on which it does not count.
  std::optional<core::DecisionId> decided_ahead;  // By the rules, and will allow in its place.
};

// Every allow by people that would count on the first day of rules, of the packs that are adopted
// and this one, were it not for them; none once that day has come. By manager.
std::vector<EndingAllow> allows_ending(const State& state, const RulePack& pack, core::Instant now);

}  // namespace engine::gate
