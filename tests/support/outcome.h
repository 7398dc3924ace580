#pragma once

#include <string>

#include "core/result.h"

namespace tests {

// "InvalidInput/decimal", or "a value": what a test of a refusal compares.
template <class T>
std::string outcome(const core::Result<T>& result) {
  if (result.has_value()) return "a value";
  return std::string(core::code_name(result.error().code)) + "/" + result.error().reason;
}

}  // namespace tests
