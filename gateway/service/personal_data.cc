#include "gateway/service/personal_data.h"

#include <algorithm>
#include <map>

#include "core/files.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/personal_records.h"
#include "gateway/service/determinism.h"
#include "gateway/service/personal_documents.h"
#include "gateway/service/queries.h"
#include "gateway/vault/key_backup.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
using engine::RecordPersonalData;

constexpr std::string_view kKnownMembers[] = {"person", "fields", "kind", "request_id", "actor"};
constexpr std::size_t kPageRecords = 1000;

core::Result<> check_members(const Object& members) {
  for (const auto& [name, value] : members) {
    if (std::ranges::find(kKnownMembers, name) == std::end(kKnownMembers)) {
      return core::invalid("unknown_field", name, "No such field here; see docs/commands.md.");
    }
  }
  return core::ok();
}

core::Result<std::vector<vault::Field>> read_fields(const Value& line, const std::string& kind) {
  const Value* fields = line.find("fields");
  if (fields == nullptr || fields->as_object() == nullptr || fields->as_object()->empty()) {
    return core::invalid("missing_field", "fields",
                         "Give the personal fields, for example {\"name\": \"...\"}.");
  }
  if (fields->as_object()->size() > vault::kFieldsMax) {
    return core::invalid("too_long", "fields", "A person has at most 64 fields at once.");
  }
  std::vector<vault::Field> out;
  for (const auto& [name, value] : *fields->as_object()) {
    if (value.as_string() == nullptr) {
      return core::invalid("wrong_type", name, "A string is expected here.");
    }
    TRY(auto field, vault::check_field(kind, name, *value.as_string()));
    out.push_back(std::move(field));
  }
  // In one order, whatever the file's was: the same data is the same command.
  std::ranges::sort(out, {}, &vault::Field::field);
  return out;
}

// The salts of what is known; for the rest new ones. Gives what is to be added.
std::vector<vault::Field> give_salts(const vault::Person& known, const vault::Draw& draw,
                                     const core::PartyId& person,
                                     std::vector<vault::Field>& fields) {
  std::vector<vault::Field> added;
  for (vault::Field& field : fields) {
    const auto same = std::ranges::find_if(known.fields, [&](const vault::Field& other) {
      return other.kind == field.kind && other.field == field.field && other.text == field.text;
    });
    if (same != known.fields.end()) {
      field.salt = same->salt;
      continue;
    }
    // In a simulated book the salt follows from what it is for, the text included.
    draw("vault-salt " + person.hex() + " " + field.kind + " " + field.field + " " +
             core::to_hex(core::sha256(core::as_bytes(field.text)).bytes),
         field.salt);
    added.push_back(field);
  }
  return added;
}

RecordPersonalData command_of(const core::PartyId& person,
                              const std::vector<vault::Field>& fields) {
  RecordPersonalData command;
  command.person = person;
  for (const vault::Field& field : fields) {
    command.commitments.push_back({field.kind, field.field, vault::commitment(field)});
  }
  return command;
}

bool same_but_for_texts(const RecordPersonalData& recorded, const PersonalData& data) {
  return recorded.person == data.person &&
         std::ranges::equal(recorded.commitments, data.fields,
                            [](const auto& one, const vault::Field& field) {
                              return one.kind == field.kind && one.field == field.field;
                            });
}

core::Error erased_error(const core::PartyId& person) {
  return core::conflict("person_erased", person.hex(),
                        "This person was erased; nothing is recorded of the id any more.");
}

// The recorded command of a request, if it was of this kind.
core::Result<std::optional<core::Bytes>> recorded_command(Book& book, const Caller& caller,
                                                          const PersonalData& data) {
  std::optional<core::Bytes> out;
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    core::Sha256 sha256;
    TRY(const auto seq, view.index.find_request(
                            ledger::index::request_key(sha256, caller.client_id, data.request_id)));
    if (!seq || *seq >= view.size) return core::ok();
    TRY(const core::Bytes leaf, query_leaf(view, *seq));
    ledger::RecordView record;
    TRY(ledger::decode_record(leaf, record));
    TRY(const auto body, core::from_cbor<ledger::CommandBody>(record.body));
    if (body.type != RecordPersonalData::kType) return core::ok();
    TRY(const auto bytes, core::from_cbor<engine::dispatch::CommandBytes>(body.command));
    TRY(const auto recorded, core::from_cbor<RecordPersonalData>(bytes.fields));
    if (same_but_for_texts(recorded, data)) out = body.command;
    return core::ok();
  }));
  return out;
}

// The texts of an id that was erased are gone, so only what is not personal can be compared.
core::Result<Submission> submission_of_erased(Book& book, const PersonalData& data,
                                              const Caller& caller, Submission submission) {
  if (data.request_id.empty()) return erased_error(data.person);
  TRY(auto recorded, recorded_command(book, caller, data));
  if (!recorded) return erased_error(data.person);
  submission.command = std::move(*recorded);
  return submission;
}

using Digests = std::map<core::Hash, std::uint64_t>;

// Which record says what was committed to.
core::Result<Digests> recorded_digests(const BookView& view, const core::PartyId& person) {
  Digests out;
  ledger::index::PageQuery query;
  query.end = view.size;
  query.limit = kPageRecords;
  while (true) {
    TRY(const auto page, view.index.subject_records(person.bytes, query));
    for (const std::uint64_t seq : page.entries) {
      TRY(const core::Bytes leaf, query_leaf(view, seq));
      ledger::RecordView record;
      TRY(ledger::decode_record(leaf, record));
      if (record.kind != engine::PersonalDataRecorded::kKind || record.version != 1) continue;
      TRY(const auto body, core::from_cbor<engine::PersonalDataRecorded>(record.body));
      for (const auto& one : body.data.commitments) out.emplace(one.digest, seq);
    }
    if (!page.next) return out;
    query.from = *page.next;
  }
}

core::Result<vault::Person> held(const vault::Vault& vault, const core::PartyId& person) {
  if (!vault.locked() && vault.erased(person.bytes)) return erased_error(person);
  TRY(vault::Person out, vault.person(person.bytes));
  if (out.names.empty() && out.fields.empty()) {
    return core::not_found("nothing_held", person.hex(), "The vault holds nothing of this id.");
  }
  return out;
}

Array names_of(const vault::Person& person) {
  Array names;
  for (const std::string& name : person.names) names.emplace_back(name);
  return names;
}

}  // namespace

core::Result<PersonalData> read_personal_data(const Value& line, core::References& references) {
  if (line.as_object() == nullptr) {
    return core::invalid("wrong_type", "", "Personal data is a JSON object.");
  }
  TRY(check_members(*line.as_object()));
  PersonalData out;
  const Value* person = line.find("person");
  if (person == nullptr) return core::invalid("missing_field", "person", "Say whose data it is.");
  auto id = core::Codec<core::PartyId>::from_json(*person, &references);
  if (!id) return std::move(id.error()).within("person");
  out.person = id.value();
  const std::string kind(line.text("kind"));
  TRY(out.fields, read_fields(line, kind.empty() ? std::string(kPersonalKind) : kind));
  out.request_id = line.text("request_id");
  return out;
}

core::Result<Submission> store_personal_data(Book& book, const PersonalData& data,
                                             const Caller& caller, const core::PartyId& actor) {
  Submission submission;
  submission.type = RecordPersonalData::kType;
  submission.client_id = caller.client_id;
  submission.request_id = data.request_id;
  submission.actor = actor;
  submission.actor_authentication =
      caller.actor ? ledger::Authentication::Token : ledger::Authentication::AssertedLocal;
  std::vector<vault::Field> fields = data.fields;
  bool is_erased = false;
  TRY(book.with_vault([&](vault::Vault& vault) -> core::Result<> {
    if (vault.locked()) return *vault.locked();
    is_erased = vault.erased(data.person.bytes);
    if (is_erased) return core::ok();
    TRY(const vault::Person known, vault.person(data.person.bytes));
    const auto added =
        give_salts(known, vault_draw(book.genesis().simulated_seed), data.person, fields);
    return vault.add_fields(data.person.bytes, added);
  }));
  if (is_erased) return submission_of_erased(book, data, caller, std::move(submission));
  const core::Bytes bytes = core::to_cbor(command_of(data.person, fields));
  // Made of digests that stand in the book, so it tells nothing more than they do.
  if (submission.request_id.empty()) {
    submission.request_id = "personal-" + core::to_hex(core::sha256(bytes).bytes);
  }
  submission.command = core::to_cbor(engine::dispatch::CommandBytes{{}, bytes});
  return submission;
}

ReadAudit audit_in_folder(const Folder& folder, core::Clock& clock) {
  return [path = vault_paths(folder).folder + "/reads", &clock](const ReadOf& read) {
    const Object line{{"at", core::to_string(clock.now())},
                      {"actor", read.actor.hex()},
                      {"person", read.person.hex()},
                      {"what", read.what}};
    return core::append_file(path, core::json::print(line) + "\n");
  };
}

core::Result<Value> view_person(const vault::Vault& vault, const core::PartyId& person) {
  TRY(const vault::Person found, held(vault, person));
  std::map<std::pair<std::string, std::string>, std::string> newest;
  for (const vault::Field& field : found.fields) newest[{field.kind, field.field}] = field.text;
  Array fields;
  for (const auto& [name, text] : newest) {
    fields.push_back(Object{{"kind", name.first}, {"field", name.second}, {"text", text}});
  }
  return Value(
      Object{{"person", person.hex()}, {"names", names_of(found)}, {"fields", std::move(fields)}});
}

core::Result<Value> export_person(const BookView& view, const vault::Vault& vault,
                                  const std::string& documents_folder,
                                  const core::PartyId& person) {
  TRY(const vault::Person found, held(vault, person));
  TRY(const Digests digests, recorded_digests(view, person));
  Array fields;
  for (const vault::Field& field : found.fields) {
    const core::Hash digest = vault::commitment(field);
    Object one{{"kind", field.kind},
               {"field", field.field},
               {"text", field.text},
               {"salt", core::to_hex(field.salt)},
               {"digest", core::to_hex(digest.bytes)}};
    const auto seq = digests.find(digest);
    if (seq != digests.end()) one.emplace_back("seq", static_cast<std::int64_t>(seq->second));
    fields.push_back(std::move(one));
  }
  Array digests_of_documents;
  TRY(const auto sealed, documents_of(documents::Store(documents_folder), person));
  for (const core::Hash& digest : sealed)
    digests_of_documents.emplace_back(core::to_hex(digest.bytes));
  return Value(Object{
      {"book", view.genesis.origin},
      {"size", static_cast<std::int64_t>(view.size)},
      {"checkpoint", view.checkpoint},
      {"person", person.hex()},
      {"names", names_of(found)},
      {"fields", std::move(fields)},
      {"documents", std::move(digests_of_documents)},
      {"how_to_check",
       "digest = HMAC-SHA-256(key = salt, message = length || kind || length || field || text), "
       "lengths as 4 bytes with the highest first, texts as UTF-8. The record seq of the book "
       "carries the digest; tally prove --seq shows that it is in the book."}});
}

core::Result<Value> vault_status(const vault::Vault& vault, core::Instant now) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  Object out;
  if (vault.locked()) {
    out.emplace_back("locked", problem_to_json(*vault.locked()));
  } else {
    out.emplace_back("locked", nullptr);
  }
  out.emplace_back("names", number(vault.names().size()));
  out.emplace_back("entries", number(vault.entries()));
  out.emplace_back("keys", number(vault.keys()));
  out.emplace_back("missing_keys", number(vault.missing_keys().size()));
  out.emplace_back("erasure_under_way", vault.erasing().has_value());
  out.emplace_back("erasures", number(vault.erasures().list.size()));
  if (!vault.erasures().list.empty()) {
    out.emplace_back("newest_erasure", number(vault.erasures().list.back().size));
  }
  TRY(const auto backup, vault::last_key_backup(vault.paths()));
  if (backup) {
    constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
    out.emplace_back("key_backup",
                     Object{{"made_at", core::to_string(backup->made_at)},
                            {"age_days", (now.micros - backup->made_at.micros) / kMicrosPerDay},
                            {"max_age_days", number(backup->max_age_days)},
                            {"expires_at", core::to_string(backup->expires_at())}});
  }
  return Value(std::move(out));
}

}  // namespace gateway::service
