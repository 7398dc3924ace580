#pragma once

#include <span>
#include <string_view>

#include "engine/gate_values.h"
#include "gateway/registers/answer.h"

// Legal entity identifiers. Source: GLEIF API v1 (https://www.gleif.org/en/lei-data/gleif-api), in
// JSON:API; docs/registers.md, "GLEIF".
namespace gateway::registers::gleif {

// Reads the record of an LEI from a lookup or from a page of a search. The entity's status and the
// registration's are two things: a lapsed registration was not renewed, which closes no company.
//
// Guarantees: one fact gleif.lei if the record is there; the next renewal is the evidence's expiry,
//             unless the registration has lapsed.
// Errors: InvalidInput/identifier_* if the reference is no LEI; InvalidInput/json, register_body;
//         InvalidInput/register_reference if a record's own LEI is no LEI, or there is no answer.
core::Result<engine::Evidence> read(std::string_view lei, std::span<const Answer> answers);

}  // namespace gateway::registers::gleif
