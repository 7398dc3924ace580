#pragma once

#include <array>
#include <cstdint>
#include <vector>

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

  std::size_t size() const { return size_; }
  int cheap() const { return cheap_; }

 private:
  static constexpr std::size_t kClasses = 8;  // Those of core::names::skeleton_of(), and digits.

  std::array<std::uint8_t, kClasses> counts_{};
  std::uint16_t size_ = 0;
  std::uint16_t cheap_ = 0;  // Equal ones beside each other, where words meet, and digits.
  std::uint64_t pairs_ = 0;  // Which follow each other, the first the last too.
};

// A name's consonants one after the other, begun with each of its words, as the measure turns them.
class Turned {
 public:
  explicit Turned(const core::names::Name& name);

 private:
  friend class Turns;

  Consonants counted_;
  std::vector<std::uint8_t> twice_;    // Their classes, the whole name two times.
  std::vector<std::uint16_t> begins_;  // Of the words.
};

// The same of the name that others are compared with.
class Turns {
 public:
  explicit Turns(const core::names::Name& name);

  // Whether the least number of changes between the consonants, in any turn that the measure tries,
  // can be so small that the names reach the review band. Never false for names that do.
  bool may_meet(const Turned& other) const;

 private:
  // Bits of a text's places, for each class of consonants.
  using Places = std::array<std::uint64_t, 8>;

  // The least number of letters that are changed, left out, put in or swapped with the next.
  static int changes(const Places& places, std::size_t size, const std::uint8_t* text,
                     std::size_t text_size);

  Turned own_;
  std::vector<Places> places_;  // Of each turn; the first is the name as it stands.
};

}  // namespace gateway::screening
