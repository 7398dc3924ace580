#pragma once

#include <optional>
#include <vector>

#include "core/ids.h"
#include "gateway/documents/store.h"
#include "gateway/service/folder.h"
#include "gateway/vault/vault.h"

// Documents about one person: sealed under his key before they reach the store, so that the digest
// is that of what is stored, and an erasure takes them too. Source: docs/formats/vault.md.
namespace gateway::service {

// Whose document it is, by how it begins; nothing of one that is not sealed.
// Errors: those of the store.
core::Result<std::optional<core::PartyId>> person_of_document(const documents::Store& store,
                                                              const core::Hash& digest);

// The same bytes, sealed. Errors when it is read: those of `source`.
documents::Store::Source seal_document(documents::Store::Source source, const core::PartyId& person,
                                       const core::Secret& key);
// Refuses a plain document that begins as a sealed one. Errors: InvalidInput/sealed_document.
documents::Store::Source plain_document(documents::Store::Source source);

// Gives what was sealed, piece by piece, once the stored bytes are known to be unaltered.
// Errors: those of the store; Corrupt/document if it does not open.
core::Result<> open_document(const documents::Store& store, const core::Hash& digest,
                             const core::Secret& key, const documents::Store::Visitor& visit);

// The key that opens a person's documents.
// Errors: NotFound/document_erased if he was erased; those of vault::Vault.
core::Result<> document_key(vault::Vault& vault, const core::PartyId& person, core::Secret& key);

// The digests of all that are sealed for a person. Reads how each begins. Errors: those of the
// store.
core::Result<std::vector<core::Hash>> documents_of(const documents::Store& store,
                                                   const core::PartyId& person);

}  // namespace gateway::service
