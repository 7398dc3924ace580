#include "engine/dispatch/inner_command.h"

#include "engine/dispatch/commands.h"

namespace engine::dispatch {

using core::json::Object;
using core::json::Value;

core::Result<LinkedCommand> inner_from_json(const Value& value, core::References* references) {
  const Object* members = value.as_object();
  if (members == nullptr) return core::invalid("wrong_type", "", "A command is a JSON object.");
  Object fields;
  LinkedCommand out;
  for (const auto& [name, member] : *members) {
    if (name != "command") {
      fields.emplace_back(name, member);
    } else if (member.as_string() != nullptr) {
      out.command = *member.as_string();
    }
  }
  if (out.command.empty()) {
    return core::invalid("missing_field", "command", "Name the command, for example \"deposit\".");
  }
  TRY(const CommandType* type, find_command(out.command));
  TRY(check_sender(*type));
  TRY(out.fields, type->from_json(Value(std::move(fields)), references));
  return out;
}

core::Result<Value> inner_to_json(std::string_view type_name, core::ByteView fields) {
  TRY(const CommandType* type, find_command(type_name));
  TRY(auto shown, type->to_json(fields));
  Object out{{"command", type_name}};
  if (shown.as_object() != nullptr) {
    for (auto& member : *shown.as_object()) out.push_back(std::move(member));
  }
  return Value(std::move(out));
}

}  // namespace engine::dispatch
