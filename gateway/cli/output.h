#pragma once

#include <string_view>

#include "core/result.h"

namespace gateway::cli {

// Writes to standard output, unbuffered by us. A closed pipe ends the program's output quietly.
void print(std::string_view text);
// "tally: reason at place: detail" on standard error; gives exit code 1.
int fail(const core::Error& error);

// The value, or the error is printed and the caller returns 1.
template <class T>
bool failed(const core::Result<T>& result, int& code) {
  if (result) return false;
  code = fail(result.error());
  return true;
}

}  // namespace gateway::cli
