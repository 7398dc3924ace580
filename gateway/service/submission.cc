#include "gateway/service/submission.h"

#include <algorithm>

#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"

namespace gateway::service {
namespace {

bool is_request_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == ':';
}

core::Result<> check_request_id(const std::string& id) {
  if (!id.empty() && id.size() <= kRequestIdBytesMax &&
      std::ranges::all_of(id, is_request_character)) {
    return core::ok();
  }
  return core::invalid("request_id", "request_id",
                       "A request id has 1 to 128 letters, digits, '.', '_', '-' or ':'.");
}

// Takes a member out of the object.
std::optional<core::json::Value> take(core::json::Object& object, std::string_view name) {
  const auto found = std::ranges::find(object, name, &core::json::Member::first);
  if (found == object.end()) return std::nullopt;
  core::json::Value value = std::move(found->second);
  object.erase(found);
  return value;
}

template <class T>
core::Result<std::optional<T>> take_as(core::json::Object& object, std::string_view name,
                                       core::References* references) {
  const auto value = take(object, name);
  if (!value) return std::optional<T>{};
  auto decoded = core::Codec<T>::from_json(*value, references);
  if (!decoded) return std::move(decoded.error()).within(name);
  return std::optional<T>(std::move(decoded.value()));
}

core::Error missing(std::string field, std::string detail) {
  return core::invalid("missing_field", std::move(field), std::move(detail));
}

core::Result<core::PartyId> actor_of(const std::optional<core::PartyId>& named,
                                     const Caller& caller, bool is_signed) {
  if (caller.actor) {
    if (named && *named != *caller.actor && !is_signed) {
      return core::invalid("actor_mismatch", "actor",
                           "The token belongs to another actor; leave the field out, or sign the "
                           "command.");
    }
    return named.value_or(*caller.actor);
  }
  if (named) return *named;
  return missing("actor", "Name who gives the command, for example \"actor\": \"@ops\".");
}

}  // namespace

core::Result<Submission> read_submission(core::json::Value line, const Caller& caller,
                                         core::References& references,
                                         const std::string& fallback_request_id) {
  core::json::Object* members = line.as_object();
  if (members == nullptr) return core::invalid("wrong_type", "", "A command is a JSON object.");
  core::json::Object& fields = *members;
  TRY(const auto type_name, take_as<std::string>(fields, "command", nullptr));
  if (!type_name) return missing("command", "Name the command, for example \"deposit\".");
  TRY(const auto* type, engine::dispatch::find_command(*type_name));
  if (!caller.only_signs) {
    TRY(engine::dispatch::check_sender(*type));
  }
  TRY(const auto request_id, take_as<std::string>(fields, "request_id", nullptr));
  TRY(const auto actor, take_as<core::PartyId>(fields, "actor", &references));
  TRY(const auto approver, take_as<core::PartyId>(fields, "approver", &references));
  TRY(const auto effective_at, take_as<core::Instant>(fields, "effective_at", nullptr));
  TRY(const auto at, take_as<core::Instant>(fields, "at", nullptr));
  TRY(const auto dry_run, take_as<bool>(fields, "dry_run", nullptr));
  TRY(auto signed_part, take_as<SignedPart>(fields, "signed", nullptr));

  Submission submission;
  submission.type = *type_name;
  submission.client_id = caller.client_id;
  submission.request_id = request_id.value_or(fallback_request_id);
  if (submission.request_id.empty()) {
    return missing("request_id", "Give each command an id of your own, so that it can be retried.");
  }
  TRY(check_request_id(submission.request_id));
  if (signed_part) submission.signed_part = std::move(*signed_part);
  const bool is_signed = !submission.signed_part.signatures.empty();
  TRY(submission.actor, actor_of(actor, caller, is_signed));
  submission.must_be_signed = caller.actor && submission.actor != *caller.actor;
  submission.actor_authentication =
      caller.actor ? ledger::Authentication::Token : ledger::Authentication::AssertedLocal;
  submission.approver = approver;
  if (approver && *approver == submission.actor) {
    return core::invalid("same_person", "approver", "Actor and approver must be two people.");
  }
  submission.at = at;
  submission.dry_run = dry_run.value_or(false);
  // What is left in the object are the command's own fields.
  TRY(auto bytes, type->from_json(line, &references));
  if (!approver && engine::dispatch::needs_approver(*type, bytes)) {
    return missing("approver",
                   "This command needs a second person: name an approver, or propose it.");
  }
  submission.command =
      core::to_cbor(engine::dispatch::CommandBytes{effective_at, std::move(bytes)});
  return submission;
}

}  // namespace gateway::service
