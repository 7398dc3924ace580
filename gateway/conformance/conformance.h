#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "core/json.h"

// The product's own functions, one call a line of JSON, so that outsiders can hold them to vectors
// of their own. Source: docs/conformance.md.
namespace gateway::conformance {

inline constexpr std::size_t kLineBytesMax = std::size_t{4} * 1024 * 1024;
// Leaves of a tree, weights of a split.
inline constexpr std::size_t kListMax = 65'536;

struct Operation {
  std::string_view name;
  // The answer to one line, which may be {"ok": false, "reason": ...}.
  // Errors: whatever makes the line one that cannot be judged.
  core::Result<core::json::Value> (*answer)(const core::json::Value& line);
};

// In the order of docs/conformance.md.
std::span<const Operation> operations();
// Null if there is none of that name.
const Operation* find_operation(std::string_view name);

// One line's answer, without a line end: what the operation says, or {"ok": false, "error": {...}}
// if the line is none that it can judge.
std::string answer_line(const Operation& operation, std::string_view line);

}  // namespace gateway::conformance
