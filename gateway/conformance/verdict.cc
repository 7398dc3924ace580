#include "gateway/conformance/verdict.h"

namespace gateway::conformance {

using core::json::Object;
using core::json::Value;

Object accepted() { return {{"ok", true}}; }

Value refused(const core::Error& error) {
  Object members{{"ok", false}};
  explain(error, members);
  return members;
}

Value verdict(const core::Result<>& judged) {
  if (judged) return accepted();
  return refused(judged.error());
}

void explain(const core::Error& error, Object& members) {
  members.emplace_back("reason", error.reason);
  if (!error.at.empty()) members.emplace_back("at", error.at);
  members.emplace_back("detail", error.detail);
}

}  // namespace gateway::conformance
