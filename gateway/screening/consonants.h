#pragma once

#include <array>
#include <cstdint>

#include "core/names/name.h"

namespace gateway::screening {

// How often each consonant stands in a name, and which follow each other: what bounds how alike
// names of scripts that are far apart can be, in whatever order their words stand. Counting is so
// cheap that no key is needed.
class Consonants {
 public:
  explicit Consonants(const core::names::Name& name);

  // Whether the names' consonants can be so alike that they reach the review band. Never false for
  // names that do.
  bool may_meet(const Consonants& other) const;

 private:
  static constexpr std::size_t kClasses = 8;  // Those of core::names::skeleton_of(), and digits.

  std::array<std::uint8_t, kClasses> counts_{};
  std::uint16_t size_ = 0;
  std::uint16_t cheap_ = 0;  // Equal ones beside each other, where words meet, and digits.
  std::uint64_t pairs_ = 0;  // Which follow each other, the first the last too.
};

}  // namespace gateway::screening
