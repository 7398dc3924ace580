#pragma once

#include <vector>

#include "engine/context.h"
#include "engine/retention_commands.h"
#include "engine/retention_records.h"
#include "ledger/record.h"

// Holds, longer retention, and the end of relationships.
namespace engine::retention {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// The firm's own rules are of at most so many years.
inline constexpr std::uint64_t kYearsMax = 100;

// Errors: Conflict/exists if a standing hold has this id; NotFound/unknown_subject unless the
// subject
//         is a client, manager or structure.
Drafts decide(const Context& context, const PlaceHold& command);
// Errors: NotFound/unknown_hold if no such hold stands.
Drafts decide(const Context& context, const ReleaseHold& command);
// Errors: InvalidInput/retention_years; Conflict/retention_shorter unless it is longer than what
// the
//         firm said before of the same class, counted alike.
Drafts decide(const Context& context, const ExtendRetention& command);
// Errors: NotFound/unknown_subject unless it is a client or manager; Conflict/relationship_open if
// he
//         has an open request.
Drafts decide(const Context& context, const EndRelationship& command);

void apply(State& state, const HoldPlaced& body, const ledger::RecordView& record);
void apply(State& state, const HoldReleased& body, const ledger::RecordView& record);
void apply(State& state, const RetentionExtended& body, const ledger::RecordView& record);
void apply(State& state, const RelationshipEnded& body, const ledger::RecordView& record);

}  // namespace engine::retention
