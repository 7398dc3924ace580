#pragma once

#include <sodium.h>

#include "core/check.h"

namespace core {

// Starts libsodium; needed before its keys and random numbers, cheap and thread-safe to repeat.
// For the .cc files of core/ that call libsodium only.
inline void start_sodium() {
  static const bool kStarted = sodium_init() >= 0;
  CHECK(kStarted);
}

}  // namespace core
