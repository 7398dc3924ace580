#pragma once

#include <span>
#include <string_view>

#include "engine/gate_values.h"
#include "gateway/registers/answer.h"

// ESMA's register of firms: Solr documents, parents and their children in one flat list.
// Source: https://registers.esma.europa.eu, core esma_registers_upreg; docs/registers.md, "ESMA".
namespace gateway::registers::esma {

// Reads the pages of one query by LEI. Every document counts once by its id; unless they are as
// many as numFound says, the evidence is partial.
//
// Guarantees: esma.upreg.service is what stands in the register now, with its end if it has one;
//             what was superseded or withdrawn is esma.upreg.service_history and gives what was so
//             as of a day. Host states are few in this register: their absence disproves nothing.
//             No fact names an instrument: the register has none.
// Errors: InvalidInput/identifier_* if the reference is no LEI; InvalidInput/json, register_body,
//         register_date at the document; InvalidInput/register_reference without an answer.
core::Result<engine::Evidence> read(std::string_view lei, std::span<const Answer> answers);

}  // namespace gateway::registers::esma
