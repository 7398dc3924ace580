#include "gateway/service/erasure.h"

#include "engine/dispatch/command_bytes.h"
#include "engine/personal_commands.h"
#include "gateway/service/erasure_request.h"
#include "gateway/service/personal_documents.h"
#include "gateway/service/queries.h"
#include "gateway/vault/key_backup.h"

namespace gateway::service {
namespace {

core::Result<> check_standing(const Standing& standing) {
  switch (standing.bar) {
    case Standing::Bar::None:
      return core::ok();
    case Standing::Bar::Retention:
      return core::conflict(
          "retention", standing.earliest ? core::to_string(*standing.earliest) : "",
          "The law still needs this person's records; not before this date. " + standing.why);
    case Standing::Bar::LegalHold:
      return core::conflict("legal_hold", "",
                            "A legal hold keeps this person's records. " + standing.why);
  }
  CHECK(false);
}

core::Result<> check_people(const ErasureOrder& order) {
  if (order.dry_run) return core::ok();
  if (!order.approver) {
    return core::invalid("missing_field", "approver",
                         "This command needs a second person: name an approver.");
  }
  if (*order.approver == order.actor) {
    return core::invalid("same_person", "approver", "Actor and approver must be two people.");
  }
  return core::ok();
}

// What there is to erase.
core::Result<ErasureReport> look(Book& book, const core::PartyId& person) {
  ErasureReport report;
  bool has_key = false;
  TRY(book.with_vault([&](vault::Vault& vault) -> core::Result<> {
    if (vault.locked()) return *vault.locked();
    if (vault.erased(person.bytes)) {
      return core::conflict("person_erased", person.hex(), "This person was erased before.");
    }
    has_key = vault.person_keys().contains(person.bytes);
    TRY(const vault::Person held, vault.person(person.bytes));
    report.names = held.names.size();
    report.fields = held.fields.size();
    TRY(const auto backup, vault::last_key_backup(vault.paths()));
    if (backup) report.key_backups_until = backup->expires_at();
    return core::ok();
  }));
  const documents::Store store(book.folder().documents());
  TRY(const auto sealed, documents_of(store, person));
  report.documents = sealed.size();
  if (has_key) return report;
  return core::not_found("nothing_held", person.hex(), "The vault holds nothing of this id.");
}

// One that is listed and could not be carried through, for want of space perhaps.
core::Result<> finish_earlier(Book& book) {
  return book.with_vault([](vault::Vault& vault) -> core::Result<> {
    if (vault.locked() || !vault.erasing() || !vault.erased(vault.erasing()->id)) {
      return core::ok();
    }
    return vault.finish_erasure(vault.erasures().list.back().size);
  });
}

Submission submission_of(const ErasureOrder& order, const ErasureReport& report,
                         const core::Hash& list_entry) {
  engine::ErasePersonalData command;
  command.erasure.bytes = report.erasure;
  command.list_entry = list_entry;
  command.names = report.names;
  command.fields = report.fields;
  command.documents = report.documents;
  Submission submission;
  submission.type = engine::ErasePersonalData::kType;
  submission.command = core::to_cbor(engine::dispatch::CommandBytes{{}, core::to_cbor(command)});
  submission.client_id = kErasureClient;
  submission.request_id = erasure_request_id(report.erasure);
  submission.actor = order.actor;
  submission.actor_authentication = order.actor_authentication;
  submission.approver = order.approver;
  return submission;
}

// Whether it may be on the disk all the same: then only the next opening knows.
bool is_open_question(const core::Error& error) {
  return error.reason == "outcome_unknown" || error.reason == "stopped";
}

}  // namespace

core::Result<ErasureReport> erase_person(Book& book, const Submit& submit,
                                         const StandingOf& standing, const ErasureOrder& order) {
  TRY(check_people(order));
  TRY(finish_earlier(book));
  TRY(const Standing stands, standing(order.person));
  TRY(check_standing(stands));
  TRY(ErasureReport report, look(book, order.person));
  if (order.dry_run) return report;
  core::SystemRandom random;
  random.fill(report.erasure);
  core::Hash list_entry;
  TRY(book.with_vault([&](vault::Vault& vault) -> core::Result<> {
    list_entry = vault::line_digest(report.erasure, vault.blinded(order.person.bytes));
    return vault.begin_erasure({order.person.bytes, report.erasure});
  }));
  ReceiptResult receipt = submit({submission_of(order, report, list_entry)}).front();
  if (!receipt) {
    if (!is_open_question(receipt.error())) {
      TRY(book.with_vault([](vault::Vault& vault) { return vault.drop_erasure(); }));
    }
    return std::move(receipt.error());
  }
  TRY(book.with_vault([&](vault::Vault& vault) {
    return vault.finish_erasure(receipt.value().first_seq + receipt.value().count);
  }));
  report.receipt = std::move(receipt.value());
  return report;
}

core::json::Value erasure_to_json(const ErasureReport& report) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  core::json::Object out{{"names", number(report.names)},
                         {"fields", number(report.fields)},
                         {"documents", number(report.documents)}};
  if (report.key_backups_until) {
    out.emplace_back("key_backups_until", core::to_string(*report.key_backups_until));
  }
  if (report.receipt) {
    out.emplace_back("erasure", core::to_hex(report.erasure));
    out.emplace_back("receipt", receipt_to_json(*report.receipt));
  } else {
    out.emplace_back("dry_run", true);
  }
  return out;
}

}  // namespace gateway::service
