#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gate_state.h"

// What waits for people beside cases: complaints, breaches, appeals, suspensions, and whom
// screenings found.
namespace engine::gate {

enum class DeskOf { Complaint, Breach, Appeal, Suspension, Candidate };

std::string_view name_of(DeskOf of);

struct DeskItem {
  DeskOf of = DeskOf::Complaint;
  // Of the complaint, breach or decision; its line's seq; the manager; the list's entry.
  std::string id;
  std::optional<core::PartyId> manager;
  std::optional<core::PartyId> client;  // Who complained.
  std::string what;  // The code of a breach; a candidate's outcome; that he is wound down.
  core::Instant since;
  std::optional<core::Date> due;
  std::string_view from;                    // Who is to do it.
  std::string_view next;                    // The command that ends it.
  std::optional<core::PartyId> party = {};  // Of a candidate: who is like him,
  std::string list = {};                    // by which list,
  bool carried = false;                     // whose newest version does not say so any more.
};

// All that is open: what is due first, then what has no day; the older first. An appeal is open
// until a decision names it; a suspension until it is lifted, with the day from which the firm's
// own desk may wind down; a candidate until two people release him, and as old as the newest
// comparison of the party with that list.
std::vector<DeskItem> desk(const GateBook& book, core::Instant now);

}  // namespace engine::gate
