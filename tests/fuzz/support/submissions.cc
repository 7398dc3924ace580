#include "tests/fuzz/support/submissions.h"

#include <algorithm>
#include <string>

#include "core/check.h"
#include "core/json.h"
#include "core/sha256.h"
#include "engine/dispatch/command_bytes.h"
#include "engine/dispatch/commands.h"

namespace fuzz {

core::Result<std::array<std::uint8_t, 16>> NamedIds::resolve(std::string_view name) {
  if (name.size() < 2 || name.size() > 65) {
    return core::invalid("reference", std::string(name), "A name has 1 to 64 characters.");
  }
  const core::Hash hash = core::sha256(core::as_bytes(name));
  std::array<std::uint8_t, 16> id{};
  std::copy_n(hash.bytes.begin(), id.size(), id.begin());
  return id;
}

void check_bytes(const gateway::service::Submission& submission) {
  CHECK(submission.command.size() <= gateway::service::kCommandBytesMax);
  const auto command = core::from_cbor<engine::dispatch::CommandBytes>(submission.command).value();
  CHECK(core::to_cbor(command) == submission.command);

  const auto* type = engine::dispatch::find_command(submission.type).value();
  const core::json::Value fields = type->to_json(command.fields).value();
  CHECK(type->from_json(fields, nullptr).value() == command.fields);
  CHECK(submission.approver || !engine::dispatch::needs_approver(*type, command.fields));
}

}  // namespace fuzz
