#pragma once

#include "gateway/http/routes.h"

// Names and personal data. Source: docs/openapi.yaml; docs/formats/vault.md.
namespace gateway::http {

Answer get_vault(const Call& call);
// Takes personal data in and records what it commits to. Answers the receipt.
Answer post_person(const Call& call);
// What is held of a person, once it is noted who looked.
Answer get_person(const Call& call);
Answer get_person_export(const Call& call);
// Erases a person, or says what would be erased.
Answer post_erasure(const Call& call);

// Notes a read, where the server's reads are noted. Errors: those of the audit.
core::Result<> note_read(const Call& call, const core::PartyId& person, std::string what);
// The id of a person whom the book knows, or that stands there.
core::Result<core::PartyId> known_person(const Call& call, std::string_view name,
                                         std::string_view field);

}  // namespace gateway::http
