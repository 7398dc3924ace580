#pragma once

#include <cstdio>
#include <cstdlib>

namespace core {

// Ends the process with a line that says which expectation of ours did not hold.
[[noreturn]] inline void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "CHECK failed: %s at %s:%d\n", expression, file, line);
  std::abort();
}

}  // namespace core

// States what must hold if our own code is right. Never compiled out; input must not reach it unchecked.
#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::core::check_failed(#condition, __FILE__, __LINE__))
