#include "gateway/conformance/conformance.h"

#include <algorithm>
#include <array>

#include "gateway/conformance/families.h"
#include "gateway/conformance/verdict.h"

namespace gateway::conformance {
namespace {

using core::json::Object;
using core::json::Value;

constexpr auto kOperations = std::to_array<Operation>({
    {"leaf-hash", leaf_hash},
    {"tree-root", tree_root},
    {"prove-inclusion", prove_inclusion},
    {"prove-consistency", prove_consistency},
    {"verify-inclusion", verify_inclusion},
    {"verify-consistency", verify_consistency},
    {"ed25519-verify", ed25519_verify},
    {"note-sign", note_sign},
    {"note-verify", note_verify},
    {"cbor-decode", cbor_decode},
    {"lei", lei},
    {"isin", isin},
    {"iban", iban},
    {"round", round},
    {"allocate", allocate},
    {"format-money", format_money},
    {"format-date", format_date},
});

core::Result<Value> answer(const Operation& operation, std::string_view line) {
  if (line.size() > kLineBytesMax) {
    return core::invalid("too_large", "", "A line has at most 4 MiB.");
  }
  TRY(const Value value, core::json::parse(line));
  if (value.as_object() == nullptr) {
    return core::invalid("wrong_type", "", "A line is a JSON object.");
  }
  return operation.answer(value);
}

}  // namespace

std::span<const Operation> operations() { return kOperations; }

const Operation* find_operation(std::string_view name) {
  const auto* const found = std::ranges::find(kOperations, name, &Operation::name);
  return found == kOperations.end() ? nullptr : found;
}

std::string answer_line(const Operation& operation, std::string_view line) {
  const auto answered = answer(operation, line);
  if (answered) return core::json::print(answered.value());
  Object error{{"code", core::code_name(answered.error().code)}};
  explain(answered.error(), error);
  return core::json::print(Object{{"ok", false}, {"error", std::move(error)}});
}

}  // namespace gateway::conformance
