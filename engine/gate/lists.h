#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/gate/decide.h"
#include "engine/gate_state.h"

// Versions of the lists of names, and who was compared with them.
// Source: registers rulings 1 and 4; docs/decisions/0055-nobody-is-clear-unseen.md.
namespace engine::gate {

// Errors: InvalidInput/screening; Conflict/exists if it is the newest version already, list_older
//         if it was published before that.
Drafts decide(const Context& context, const RecordScreeningList& command);

void apply(State& state, const ScreeningListRecorded& body, const ledger::RecordView& record);

// Whether a version has less than half of the names that the list had at most since it last lost
// half of them: it may have been cut, at once or piece by piece.
bool has_shrunk(const State& state, const RecordScreeningList& command);

// The lists whose newest version a party was not compared with. In order.
std::vector<std::string> lists_to_screen(const State& state, const core::PartyId& party);

// That somebody was compared with every list as it stands now, and that there is one.
// Errors: Conflict/screen_first at `field`.
core::Result<> require_compared(const State& state, const core::PartyId& party,
                                std::string_view field);

// That somebody was compared with a list at all. New versions come every day, and do not stop whom
// the one before did not find.
// Errors: Conflict/screen_first at `field`.
core::Result<> require_ever_compared(const State& state, const core::PartyId& party,
                                     std::string_view field);

// Money is not paid to whom a list names, as long as nobody has released him; nor to a client one
// of whose holders it names; nor, once rules have begun, to whom nobody compared with the lists as
// they stand now.
// Errors: Conflict/screening_hit, screen_first at `field`.
core::Result<> require_payable(const Context& context, const core::PartyId& party,
                               std::string_view field);

}  // namespace engine::gate
