#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "gateway/conformance/conformance.h"

namespace gateway::conformance::tests {

// The answer to a line, as the program prints it.
inline std::string answer(std::string_view operation, std::string_view line) {
  return answer_line(*find_operation(operation), line);
}

// "ok"; "refused: reason" where it was judged; "error: reason at member" where it could not be.
inline std::string outcome(std::string_view operation, std::string_view line) {
  const auto value = core::json::parse(answer(operation, line)).value();
  const core::json::Value* const ok = value.find("ok");
  if (ok == nullptr || *ok->as_bool()) return "ok";
  const core::json::Value* const error = value.find("error");
  if (error == nullptr) return "refused: " + std::string(value.text("reason"));
  std::string text = "error: " + std::string(error->text("reason"));
  if (!error->text("at").empty()) text += " at " + std::string(error->text("at"));
  return text;
}

}  // namespace gateway::conformance::tests
