#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/json.h"
#include "gateway/service/book.h"
#include "gateway/service/statements.h"

// Erasing a person: the book says that somebody was erased, the vault forgets whom.
// Source: docs/formats/vault.md, docs/runbooks/erasure.md.
namespace gateway::service {

// Whether the law still needs the person's data.
struct Standing {
  enum class Bar { None, Retention, LegalHold };
  Bar bar = Bar::None;
  std::optional<core::Date> earliest;  // Of retention: the first day on which it may be erased.
  std::string why;                     // One sentence for people; names nobody.
};
using StandingOf = std::function<core::Result<Standing>(const core::PartyId& person)>;

// Nothing forbids it.
inline core::Result<Standing> no_bar(const core::PartyId&) { return Standing{}; }

struct ErasureOrder {
  core::PartyId person;
  core::PartyId actor;
  std::optional<core::PartyId> approver;
  ledger::Authentication actor_authentication = ledger::Authentication::AssertedLocal;
  bool dry_run = false;
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
// Errors:     Conflict/retention with the earliest date, Conflict/legal_hold, as `standing` says;
//             InvalidInput/missing_field, same_person of the approver; NotFound/nothing_held;
//             Conflict/person_erased; Unavailable/erasure_running; those of a locked vault and of
//             recording.
core::Result<ErasureReport> erase_person(Book& book, const Submit& submit,
                                         const StandingOf& standing, const ErasureOrder& order);

core::json::Value erasure_to_json(const ErasureReport& report);

}  // namespace gateway::service
