#include "gateway/service/erasure.h"

#include "core/ids.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/personal_commands.h"
#include "gateway/service/erasure_request.h"
#include "gateway/service/personal_documents.h"
#include "gateway/service/queries.h"
#include "gateway/service/retention.h"
#include "gateway/vault/key_backup.h"

namespace gateway::service {
namespace {

core::Result<> check_retention(Book& book, core::Clock& clock, const core::PartyId& person) {
  core::Instant now;
  TRY(book.read([&](const BookView& view) {
    now = now_in(view, clock);
    return core::ok();
  }));
  TRY(const auto standing, erasure_standing(book, person.bytes, now));
  return check_erasure(standing);
}

core::Result<> check_people(const ErasureOrder& order) {
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

engine::ErasePersonalData command_of(const ErasureReport& report, const core::Hash& list_entry) {
  engine::ErasePersonalData command;
  command.erasure.bytes = report.erasure;
  command.list_entry = list_entry;
  command.names = report.names;
  command.fields = report.fields;
  command.documents = report.documents;
  return command;
}

Submission submission_of(const ErasureOrder& order, const ErasureReport& report,
                         const core::Hash& list_entry) {
  const engine::ErasePersonalData command = command_of(report, list_entry);
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

// The signatures of the line that both signed.
core::Result<> take_signed(const core::json::Value& line, SignedPart& part) {
  const core::json::Value* given = line.find("signed");
  if (given == nullptr) {
    return core::invalid("missing_field", "signed", "Have both people sign the line: tally sign.");
  }
  auto read = core::from_json<SignedPart>(*given, nullptr);
  if (!read) return std::move(read.error()).within("signed");
  part = std::move(read.value());
  return core::ok();
}

core::Result<core::Hash> list_entry_of(Book& book, const ErasureReport& report,
                                       const core::PartyId& person) {
  core::Hash entry;
  TRY(book.with_vault([&](vault::Vault& vault) {
    entry = vault::line_digest(report.erasure, vault.blinded(person.bytes));
    return core::ok();
  }));
  return entry;
}

// Whether the line is about this person, and about all that is held of him now: nobody can see that
// in it.
core::Result<> check_line(Book& book, const core::json::Value& line, const core::PartyId& person,
                          ErasureReport& report) {
  auto erasure = core::parse_id_bytes(line.text("erasure"));
  if (!erasure) return std::move(erasure.error()).within("erasure");
  report.erasure = erasure.value();
  TRY(const core::Hash list_entry, list_entry_of(book, report, person));
  const core::json::Value expected = core::to_json(command_of(report, list_entry));
  for (const auto& [name, value] : *expected.as_object()) {
    const core::json::Value* given = line.find(name);
    if (given != nullptr && *given == value) continue;
    return core::conflict("another_erasure", name,
                          "The line is about another person, or about less or more than is held of "
                          "him now: prepare it anew.");
  }
  return core::ok();
}

}  // namespace

core::Result<core::json::Value> prepare_erasure(Book& book, const Submit& submit,
                                                core::Clock& clock, const ErasureOrder& order) {
  TRY(check_people(order));
  TRY(check_retention(book, clock, order.person));
  TRY(ErasureReport report, look(book, order.person));
  core::SystemRandom random;
  random.fill(report.erasure);
  TRY(const core::Hash list_entry, list_entry_of(book, report, order.person));
  Submission submission = submission_of(order, report, list_entry);
  submission.dry_run = true;
  TRY(const Receipt dry, submit({submission}).front());
  core::json::Object line{{"command", submission.type},
                          {"request_id", submission.request_id},
                          {"actor", order.actor.hex()},
                          {"approver", order.approver->hex()}};
  const core::json::Value fields = core::to_json(command_of(report, list_entry));
  for (const auto& member : *fields.as_object()) line.push_back(member);
  line.emplace_back("signed",
                    core::json::Object{{"outcome_digest", dry.preview->text("outcome_digest")}});
  return core::json::Value(std::move(line));
}

core::Result<ErasureReport> erase_person(Book& book, const Submit& submit, core::Clock& clock,
                                         const ErasureOrder& order) {
  if (!order.dry_run) {
    TRY(check_people(order));
  }
  TRY(finish_earlier(book));
  TRY(check_retention(book, clock, order.person));
  TRY(ErasureReport report, look(book, order.person));
  if (order.signed_line) {
    TRY(check_line(book, *order.signed_line, order.person, report));
  }
  if (order.dry_run) return report;
  SignedPart part;
  if (order.signed_line) {
    TRY(take_signed(*order.signed_line, part));
  } else {
    core::SystemRandom random;
    random.fill(report.erasure);
  }
  TRY(const core::Hash list_entry, list_entry_of(book, report, order.person));
  Submission submission = submission_of(order, report, list_entry);
  submission.signed_part = std::move(part);
  submission.must_be_signed = order.signed_line.has_value();
  TRY(book.with_vault([&](vault::Vault& vault) {
    return vault.begin_erasure({order.person.bytes, report.erasure});
  }));
  ReceiptResult receipt = submit({submission}).front();
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
