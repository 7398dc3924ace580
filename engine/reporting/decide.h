#pragma once

#include <vector>

#include "engine/context.h"
#include "ledger/record.h"

// Reports leave a trace: what they were made from, and the digests of what came out.
namespace engine::reporting {

// Errors: Conflict/exists if the report id was used; NotFound/unknown_structure, unknown_client.
core::Result<std::vector<ledger::Draft>> decide(const Context& context,
                                                const IssueReport& command);

void apply(State& state, const ReportIssued& body, const ledger::RecordView& record);

}  // namespace engine::reporting
