#pragma once

#include <optional>
#include <string_view>

#include "core/json.h"
#include "engine/gate_commands.h"
#include "engine/state.h"

// What the gate says to who asks without recording. Source: docs/architecture.md, "The gate".
namespace gateway::service {

// {"verdict", "as_of", "pack", "legs", "reasons", "conditions", ..}: as a decision would be
// recorded, also ahead (`from`), and "restrictions": what the evidence that it used forbids or
// requires (gate_restrictions.h). Errors: NotFound/unknown_manager; InvalidInput/question, country,
// not_ahead; Conflict/not_ahead.
core::Result<core::json::Value> gate_check(const engine::State& state,
                                           const engine::GateQuestion& question, core::Instant now,
                                           const std::optional<core::Date>& from = {});

// {"decision", "same", "recorded", "then", "now", "gone", "come"}: a decision made again by what
// was known then, and by what is known now; `same` is whether then gives the recorded bytes.
// Errors: NotFound/unknown_decision.
core::Result<core::json::Value> gate_replay(const engine::State& state,
                                            const core::DecisionId& decision, core::Instant now);

// {"pack", "changes": [{"manager", "decision", "before", "after", "from"}], "allows_ending":
// [{"manager", "decision", "model", "from", "decided_ahead"}]}
core::json::Value gate_impact(const engine::State& state, const engine::RulePack& pack,
                              core::Instant now);

// {"on", "cases": [..], "calendar": [..], "rechecks": [..], "complaints": [..], "desk": [..]}: what
// waits for people, what ends within 90 days or has ended, and which answers are to be asked for
// again. The desk has complaints, breaches, appeals and suspensions that are open, and whom
// screenings found; what is due first.
core::json::Value gate_queue(const engine::State& state, core::Instant now);

// {"client", "mandates": [..]}: every mandate that he has accepted, past ones too, in order.
// Errors: NotFound/unknown_client.
core::Result<core::json::Value> gate_mandates(const engine::State& state,
                                              const core::PartyId& client, core::Instant now);

// A rule pack as it stands in a file, checked. Errors: InvalidInput/json, rule_pack and those of
// the fields.
core::Result<engine::RulePack> read_rule_pack(std::string_view text);
// {"name", "version", "from", "hash", "cells", "verdicts", "sources", ..}: what is in it, in
// numbers.
core::json::Value pack_summary(const engine::RulePack& pack);

}  // namespace gateway::service
