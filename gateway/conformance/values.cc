#include "core/cbor_diagnostic.h"
#include "core/identifiers/identifiers.h"
#include "gateway/conformance/families.h"
#include "gateway/conformance/members.h"
#include "gateway/conformance/verdict.h"

namespace gateway::conformance {

using core::json::Object;
using core::json::Value;

core::Result<Value> cbor_decode(const Value& line) {
  TRY(const auto data, bytes(line, "data"));
  auto diagnostic = core::cbor::diagnostic(data);
  if (!diagnostic) return refused(diagnostic.error());
  Object members = accepted();
  members.emplace_back("diagnostic", std::move(diagnostic.value()));
  return members;
}

core::Result<Value> lei(const Value& line) {
  TRY(const std::string_view value, text(line, "value"));
  return verdict(core::identifiers::check_lei(value));
}

core::Result<Value> isin(const Value& line) {
  TRY(const std::string_view value, text(line, "value"));
  return verdict(core::identifiers::check_isin(value));
}

core::Result<Value> iban(const Value& line) {
  TRY(const std::string_view value, text(line, "value"));
  return verdict(core::identifiers::check_iban(value));
}

}  // namespace gateway::conformance
