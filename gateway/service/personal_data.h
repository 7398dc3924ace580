#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "gateway/service/book.h"

// What the vault holds of a person: taken in, shown, given to him. Source: docs/formats/vault.md.
namespace gateway::service {

// {"person": "@anna", "fields": {"name": "Anna ...", ..}, "kind": "person", "request_id": ..}
struct PersonalData {
  core::PartyId person;
  std::vector<vault::Field> fields;  // Without their salts.
  std::string request_id;            // "" = one that follows from the content.
};

inline constexpr std::string_view kPersonalKind = "person";

// Errors: InvalidInput/missing_field, unknown_field, wrong_type, personal_field, text, too_long,
//         and the person's.
core::Result<PersonalData> read_personal_data(const core::json::Value& line,
                                              core::References& references);

// Puts the texts into the vault, durably, and gives the command that records what they commit to.
// A text that is there already keeps its salt, so that the same data is the same command. Of a
// person who was erased, a request id that is known is answered as it was if it named the same
// fields.
// Errors: those of vault::Vault; Conflict/person_erased.
core::Result<Submission> store_personal_data(Book& book, const PersonalData& data,
                                             const Caller& caller, const core::PartyId& actor);

// Somebody looks at a person's data: it is noted before anything is shown.
struct ReadOf {
  core::PartyId actor;
  core::PartyId person;
  std::string what;  // "view", "export", "document"
};
using ReadAudit = std::function<core::Result<>(const ReadOf&)>;

// Of a book without a log of reads: a line for each in DIR/vault/reads, fsynced.
ReadAudit audit_in_folder(const Folder& folder, core::Clock& clock);

// {"person": id, "names": [..], "fields": [{"kind", "field", "text"}]}, the newest text of each.
// Errors: NotFound/nothing_held; Conflict/person_erased; those of vault::Vault.
core::Result<core::json::Value> view_person(const vault::Vault& vault, const core::PartyId& person);

// Everything that is held of the person, for himself: each text with its salt, what it commits to
// and the record that says so, the documents of the folder, and how to check it.
core::Result<core::json::Value> export_person(const BookView& view, const vault::Vault& vault,
                                              const std::string& documents_folder,
                                              const core::PartyId& person);

// {"locked": null or a problem, "names": .., "entries": .., "keys": .., "missing_keys": ..,
//  "erasures": .., "newest_erasure": size or absent, "key_backup": {..} or absent}
core::Result<core::json::Value> vault_status(const vault::Vault& vault, core::Instant now);

}  // namespace gateway::service
