#pragma once

#include <span>
#include <string_view>

#include "engine/gate_values.h"
#include "gateway/registers/answer.h"

// The Financial Services Register of the UK's Financial Conduct Authority.
// Source: its API, V0.1 (https://register.fca.org.uk/Developer/s/); docs/registers.md, "FCA".
namespace gateway::registers::fca {

// Reads all bodies that were fetched about one firm or person, of any endpoints and in any order.
// The reference is an FRN (or an IRN, for a person's pages). An endpoint whose pages do not add up
// to its total_count makes the evidence partial; so does any answer that disagrees with itself.
//
// Guarantees: fca.permission names activity, customer types, investment types and limitations in
//             the register's own words; firm_status stands in it if the firm's own page is there.
//             What was asked and not found is a fact fca.endpoint, not a silence. No names of
//             people.
// Errors: InvalidInput/json, register_body, register_date at the body and member;
//         InvalidInput/register_reference if a body is about another firm, or there is none.
core::Result<engine::Evidence> read(std::string_view reference, std::span<const Answer> answers);

}  // namespace gateway::registers::fca
