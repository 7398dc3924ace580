#pragma once

#include <cstdint>
#include <random>

#include "core/decimal.h"

namespace tests {

// Numbers for property tests: the same seed gives the same numbers everywhere.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : engine_(seed) {}

  // From 0 to `bound` - 1; bound > 0. Small bounds are not exactly even, which no test needs.
  std::uint64_t below(std::uint64_t bound) { return engine_() % bound; }

  // 0 <= x < 2^127, every length in bits equally likely, so that small and huge numbers both occur.
  core::Minor not_negative() {
    __extension__ using Wide = unsigned __int128;
    const Wide wide = Wide{engine_()} << 64 | engine_();
    return static_cast<core::Minor>(wide >> (1 + below(127)));
  }
  // |x| < 2^127
  core::Minor any() {
    const core::Minor number = not_negative();
    return below(2) == 0 ? number : -number;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace tests
