#include "gateway/rpc/commands.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/utf8.h"
#include "gateway/service/submission.h"

namespace gateway::rpc {
namespace {

using core::json::Value;

// What a Command says beside its fields_json.
constexpr std::array<std::string_view, 7> kEnvelope = {
    "command", "request_id", "actor", "approver", "effective_at", "at", "dry_run"};

core::Result<> add_text(core::json::Object& object, std::string_view field,
                        const std::string& text) {
  if (text.empty()) return core::ok();
  TRY(check_text(text, field));
  object.emplace_back(field, text);
  return core::ok();
}

core::Result<core::json::Object> read_fields(const std::string& fields_json) {
  if (fields_json.empty()) return core::json::Object{};
  if (fields_json.size() > service::kCommandBytesMax) {
    return core::invalid("too_large", "", "A command has at most 1 MiB.");
  }
  TRY(Value value, core::json::parse(fields_json));
  core::json::Object* fields = value.as_object();
  if (fields == nullptr) return core::invalid("wrong_type", "", "The fields are a JSON object.");
  for (const auto& [name, unused] : *fields) {
    if (std::ranges::find(kEnvelope, name) != kEnvelope.end()) {
      return core::invalid("unknown_field", name, "This has a place of its own in the command.");
    }
  }
  return std::move(*fields);
}

}  // namespace

core::Result<Value> to_json(const tally::rpc::Command& command) {
  auto object = read_fields(command.fields_json);
  if (!object) return std::move(object.error()).within("fields_json");
  core::json::Object& line = object.value();
  TRY(add_text(line, "command", command.command));
  TRY(add_text(line, "request_id", command.request_id));
  TRY(add_text(line, "actor", command.actor));
  TRY(add_text(line, "approver", command.approver));
  TRY(add_text(line, "effective_at", command.effective_at));
  TRY(add_text(line, "at", command.at));
  if (command.dry_run) line.emplace_back("dry_run", true);
  return Value(std::move(line));
}

core::Result<> check_text(const std::string& text, std::string_view field) {
  if (core::is_utf8(text)) return core::ok();
  return core::invalid("utf8", std::string(field), "Text is written in UTF-8.");
}

}  // namespace gateway::rpc
