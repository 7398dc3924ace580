#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/gate/decide.h"
#include "engine/gate_state.h"

// What the lists of names say of somebody, and who he is not.
// Source: docs/architecture.md, "The gate"; the bands: docs/decisions/0034-name-matching.md.
namespace engine::gate {

// Thousandths.
inline constexpr std::uint64_t kReviewFrom = 700;
inline constexpr std::uint64_t kHitFrom = 900;

// What another version found and nobody released is carried on, if this one lacks it or has it as
// less. Source: docs/decisions/0049-what-was-found-stays.md.
// Errors: NotFound/unknown_party, unknown_list; Conflict/list_superseded if the version is not the
//         newest, candidate_dropped, release_first if with what is carried there are too many;
//         InvalidInput/screening for a score below the review's band or over 1000, an entry twice,
//         too many.
Drafts decide(const Context& context, const RecordScreening& command);
// Errors: NotFound/unknown_candidate; Conflict/exists if it is released already.
Drafts decide(const Context& context, const ReleaseCandidate& command);

void apply(State& state, const ScreeningRecorded& body, const ledger::RecordView& record);
void apply(State& state, const CandidateReleased& body, const ledger::RecordView& record);

// What of a comparison two people are to look at: found or carried, and not released. An entry may
// stand twice: found, and carried as more.
struct Standing {
  std::string entry;
  ScreeningOutcome outcome = ScreeningOutcome::Review;
  bool carried = false;
};
std::vector<Standing> standing(const HeldScreening& held);

// The worst that a party's newest screenings found and nobody has released.
ScreeningOutcome outcome_of(const State& state, const core::PartyId& party);

// Whether a list names him or, of a client, one of his holders, and two people have not released
// them. It looks into one set: the accounts of an order are asked about one by one.
bool has_hit(const State& state, const core::PartyId& party);

// Of lists, matchers and entries. Errors: InvalidInput/screening at `field`.
core::Result<> check_screening_name(const std::string& name, const std::string& field);

// Errors: NotFound/unknown_party unless he is a manager, client or partner.
core::Result<> require_party(const Context& context, const core::PartyId& party);

}  // namespace engine::gate
