#pragma once

#include <optional>
#include <set>

#include "engine/gate/endings.h"
#include "engine/gate_state.h"

// When something is to be said next of what the gate rests on, so that asking whether anything is
// due does not look at everything. Each change of what it rests on plans anew.
namespace engine::gate {

// The alert that is due on a day, in days before the last: 90, 60, 30 or 7; none once the last day
// is over, or if this or a nearer one was given.
std::optional<std::uint64_t> due_alert(const GateBook& book, const Ending& ending,
                                       core::Date today);

// Of a party's evidence, absent the firm's. `today` is the day of the record that changes it.
void plan_evidence(GateBook& book, const std::optional<core::PartyId>& party, core::Date today);
void plan_signatures(GateBook& book, core::Date today);
void plan_mandate(GateBook& book, const core::StructureId& structure, const core::PartyId& client,
                  core::Date today);
// By the ages of a pack that was adopted: the firm's evidence and that of who is watched.
void plan_rechecks(GateBook& book, core::Date today);

// A manager whose sources are asked again from now on, or no more: he has applied and was not
// declined, or was let begin.
void watch(GateBook& book, const core::PartyId& manager, core::Date today);
void watch_no_more(GateBook& book, const core::PartyId& manager, core::Date today);

// Of what something may be due on a day: all of what something is, and little else. In the order of
// endings().
std::set<AgendaItem> items_due(const GateBook& book, core::Date today);

}  // namespace engine::gate
