#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/json.h"
#include "gateway/service/book.h"
#include "gateway/service/statements.h"
#include "gateway/service/submission.h"

// Erasing a person: the book says that somebody was erased, the vault forgets whom.
// Source: docs/formats/vault.md, docs/runbooks/erasure.md.
namespace gateway::service {

struct ErasureOrder {
  core::PartyId person;
  core::PartyId actor;
  std::optional<core::PartyId> approver;
  ledger::Authentication actor_authentication = ledger::Authentication::AssertedLocal;
  bool dry_run = false;
  // What both people signed, of prepare_erasure(): once signatures are required.
  std::optional<core::json::Value> signed_line = {};
};

struct ErasureReport {
  std::uint64_t names = 0;
  std::uint64_t fields = 0;
  std::uint64_t documents = 0;
  vault::ErasureId erasure{};  // Zero of a dry run.
  std::optional<Receipt> receipt;
  // By then the last backup of the keys that still has his is to be gone.
  std::optional<core::Instant> key_backups_until;
};

// A dry run says what would be erased, or why not, and changes nothing.
//
// Guarantees: once the book has the record, the person is erased, whatever stops the process: the
//             next opening finishes it. Without the record nothing is.
// Errors:     Conflict/under_retention with the earliest date, Conflict/under_hold;
//             InvalidInput/missing_field, same_person of the approver; NotFound/nothing_held;
//             Conflict/person_erased; Unavailable/erasure_running; those of a locked vault and of
//             recording.
core::Result<ErasureReport> erase_person(Book& book, const Submit& submit, core::Clock& clock,
                                         const ErasureOrder& order);

// The command that erases the person, for both people to sign as client "vault"; it is good as long
// as no more is held of him. Records nothing. Errors: as erase_person().
core::Result<core::json::Value> prepare_erasure(Book& book, const Submit& submit,
                                                core::Clock& clock, const ErasureOrder& order);

core::json::Value erasure_to_json(const ErasureReport& report);

}  // namespace gateway::service
