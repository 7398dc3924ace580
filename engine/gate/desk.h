#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gate_state.h"

// What waits for people beside cases: complaints, breaches, appeals and suspensions.
namespace engine::gate {

enum class DeskOf { Complaint, Breach, Appeal, Suspension };

std::string_view name_of(DeskOf of);

struct DeskItem {
  DeskOf of = DeskOf::Complaint;
  std::string id;  // Of the complaint, breach or decision; its line's seq; the manager.
  core::PartyId manager;
  std::optional<core::PartyId> client;  // Who complained.
  std::string what;  // The code of a breach; that a suspended manager is wound down.
  core::Instant since;
  std::optional<core::Date> due;
  std::string_view from;  // Who is to do it.
  std::string_view next;  // The command that ends it.
};

// All that is open: what is due first, then what has no day; the older first. An appeal is open
// until a decision names it; a suspension until it is lifted, with the day from which the firm's
// own desk may wind down.
std::vector<DeskItem> desk(const GateBook& book, core::Instant now);

}  // namespace engine::gate
