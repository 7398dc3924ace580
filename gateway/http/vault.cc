#include "gateway/http/vault.h"

#include "core/time.h"
#include "gateway/service/queries.h"

namespace gateway::http {
namespace {

using core::json::Object;
using core::json::Value;

// The body of a request to erase.
struct ErasureBody {
  std::optional<core::PartyId> actor;
  std::optional<core::PartyId> approver;
  bool dry_run = false;
  bool prepare = false;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "actor", self.actor);
    field(2, "approver", self.approver);
    field(3, "dry_run", self.dry_run);
    field(4, "prepare", self.prepare);
  }
};

// Runs a query on the book and its vault together.
core::Result<Value> ask_vault(
    const Call& call,
    const std::function<core::Result<Value>(const service::BookView&, const vault::Vault&)>&
        query) {
  Value out;
  TRY(call.service.book.read([&](const service::BookView& view) {
    return call.service.book.with_vault([&](const vault::Vault& vault) -> core::Result<> {
      TRY(out, query(view, vault));
      return core::ok();
    });
  }));
  return out;
}

// The person of the path, who may be new, and the body's fields.
core::Result<service::PersonalData> read_person(const Call& call) {
  TRY(Value body, core::json::parse(call.request.body));
  if (body.as_object() == nullptr) {
    return core::invalid("wrong_type", "", "Personal data is a JSON object.");
  }
  for (const std::string_view name : {"person", "actor"}) {
    if (body.find(name) != nullptr) {
      return core::invalid("unknown_field", std::string(name),
                           "The path says whose data it is, and the token who gives it.");
    }
  }
  body.as_object()->emplace_back("person", call.variable("person"));
  service::PersonalData data;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    auto read = service::read_personal_data(body, store);
    if (!read) {
      store.discard();
      return std::move(read.error());
    }
    data = std::move(read.value());
    return store.save();
  }));
  return data;
}

// Who erases, and how: the people of the line that both signed, or those of the body. The token's
// actor, unless another one is to sign.
core::Result<ErasureBody> read_erasure_body(const Call& call, Value& body,
                                            service::ErasureOrder& order) {
  Value people = body;
  if (const Value* line = body.find("signed"); line != nullptr) {
    // Who signed says the line; of the rest only that it be a dry run.
    order.signed_line = *line;
    Object& members = *people.as_object();
    std::erase_if(members, [](const auto& member) { return member.first == "signed"; });
    for (const char* name : {"actor", "approver"}) {
      if (line->find(name) != nullptr) members.emplace_back(name, *line->find(name));
    }
  }
  ErasureBody read;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    TRY(read, core::from_json<ErasureBody>(people, &known));
    return core::ok();
  }));
  const core::PartyId token = call.service.caller.actor.value_or(core::PartyId{});
  if (read.prepare && (read.dry_run || order.signed_line)) {
    return core::invalid("unused_field", "prepare", "Prepare an erasure, or do it, or look only.");
  }
  if (read.actor && *read.actor != token && !read.prepare && !order.signed_line) {
    return core::invalid("actor_mismatch", "actor",
                         "The token belongs to another actor; leave the field out, or sign.");
  }
  order.actor = read.actor.value_or(token);
  order.actor_authentication = ledger::Authentication::Token;
  order.approver = read.approver;
  order.dry_run = read.dry_run;
  return read;
}

}  // namespace

core::Result<core::PartyId> known_person(const Call& call, std::string_view name,
                                         std::string_view field) {
  core::PartyId out;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto person = core::Codec<core::PartyId>::from_json(Value(name), &known);
    if (!person) return std::move(person.error()).within(field);
    out = person.value();
    return core::ok();
  }));
  return out;
}

core::Result<> note_read(const Call& call, const core::PartyId& person, std::string what) {
  const service::ReadOf read{call.service.caller.actor.value_or(core::PartyId{}), person,
                             std::move(what)};
  if (call.service.audit) return call.service.audit(read);
  // The log of reads has it by the answer itself.
  if (call.service.access != nullptr) return core::ok();
  core::SystemClock clock;
  return service::audit_in_folder(call.service.book.folder(), clock)(read);
}

Answer get_vault(const Call& call) {
  TRY(const Value status, ask_vault(call, [](const service::BookView&, const vault::Vault& vault) {
        return service::vault_status(vault, core::SystemClock().now());
      }));
  return respond_json(status);
}

Answer post_person(const Call& call) {
  TRY(const auto data, read_person(call));
  std::vector<service::Submission> commands;
  TRY(auto command,
      service::store_personal_data(call.service.book, data, call.service.caller,
                                   call.service.caller.actor.value_or(core::PartyId{})));
  commands.push_back(std::move(command));
  TRY(const auto receipt, call.service.sequencer.submit(std::move(commands)).front());
  return respond_json(service::receipt_to_json(receipt), receipt.hit ? 200 : 201);
}

Answer get_person(const Call& call) {
  TRY(const auto person, known_person(call, call.variable("person"), "person"));
  TRY(const Value shown, ask_vault(call, [&](const service::BookView&, const vault::Vault& vault) {
        return service::view_person(vault, person);
      }));
  TRY(note_read(call, person, "view"));
  return respond_json(shown);
}

Answer get_person_export(const Call& call) {
  TRY(const auto person, known_person(call, call.variable("person"), "person"));
  TRY(const Value shown,
      ask_vault(call, [&](const service::BookView& view, const vault::Vault& vault) {
        return service::export_person(view, vault, call.service.book.folder().documents(), person);
      }));
  TRY(note_read(call, person, "export"));
  return respond_json(shown);
}

Answer post_erasure(const Call& call) {
  TRY(Value body, core::json::parse(call.request.body));
  service::ErasureOrder order;
  TRY(order.person, known_person(call, call.variable("person"), "person"));
  TRY(const ErasureBody read, read_erasure_body(call, body, order));
  core::SystemClock clock;
  const auto submit = [&](std::vector<service::Submission> commands) {
    return call.service.sequencer.submit(std::move(commands));
  };
  if (read.prepare) {
    TRY(const Value line, service::prepare_erasure(call.service.book, submit, clock, order));
    return respond_json(line);
  }
  TRY(const auto report, service::erase_person(call.service.book, submit, clock, order));
  return respond_json(service::erasure_to_json(report), report.receipt ? 201 : 200);
}

}  // namespace gateway::http
