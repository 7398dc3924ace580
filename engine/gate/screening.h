#pragma once

#include <string_view>

#include "engine/gate/decide.h"

// What the lists of names say of somebody, and who he is not.
// Source: docs/architecture.md, "The gate"; the bands: docs/decisions/0034-name-matching.md.
namespace engine::gate {

// Thousandths.
inline constexpr std::uint64_t kReviewFrom = 700;
inline constexpr std::uint64_t kHitFrom = 900;

// Errors: InvalidInput/screening; Conflict/exists if it is the newest version already.
Drafts decide(const Context& context, const RecordScreeningList& command);
// Errors: NotFound/unknown_party, unknown_list; Conflict/list_superseded if the version is not the
//         newest; InvalidInput/screening for a score below the review's band or over 1000, an entry
//         twice, too many.
Drafts decide(const Context& context, const RecordScreening& command);
// Errors: NotFound/unknown_candidate; Conflict/exists if it is released already.
Drafts decide(const Context& context, const ReleaseCandidate& command);

void apply(State& state, const ScreeningListRecorded& body, const ledger::RecordView& record);
void apply(State& state, const ScreeningRecorded& body, const ledger::RecordView& record);
void apply(State& state, const CandidateReleased& body, const ledger::RecordView& record);

// The worst that a party's newest screenings found and nobody has released.
ScreeningOutcome outcome_of(const State& state, const core::PartyId& party);

// Money is not paid to whom a list names, as long as nobody has released him; nor to a client one
// of whose holders it names.
// Errors: Conflict/screening_hit at `field`. Source: registers rulings 1 and 4.
core::Result<> require_no_hit(const State& state, const core::PartyId& party,
                              std::string_view field);

// The lists whose newest version a party was not compared with. In order.
std::vector<std::string> lists_to_screen(const State& state, const core::PartyId& party);

// Errors: NotFound/unknown_party unless he is a manager, client or partner.
core::Result<> require_party(const Context& context, const core::PartyId& party);

}  // namespace engine::gate
