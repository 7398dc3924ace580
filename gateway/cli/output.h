#pragma once

#include <string_view>

#include "core/result.h"

namespace gateway::cli {

// Writes to standard output; whether it arrived is told by finish_output().
void print(std::string_view text);
// To be called last: flushes standard output. Gives `code`, or 1 with a message if something that
// was printed could not be written, so that a truncated export never looks whole.
int finish_output(int code);
// "tally: reason at place: detail" on standard error; gives exit code 1.
int fail(const core::Error& error);

// 0, or what fail() says.
int finish(const core::Result<>& done);

// The value, or the error is printed and the caller returns 1.
template <class T>
bool failed(const core::Result<T>& result, int& code) {
  if (result) return false;
  code = fail(result.error());
  return true;
}

}  // namespace gateway::cli
