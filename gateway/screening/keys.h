#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/names/name.h"

// By what names are found that are one though their words are not.
namespace gateway::screening {

// Names stand in the index under the keys of one side and are looked up by those of the other.
enum class Side { Listed, Asked };

struct NameKey {
  std::uint64_t hash = 0;
  bool joined = false;  // Finds names that are written together or apart; others are sure enough.
  auto operator<=>(const NameKey&) const = default;
};

// The beginning and end of the whole name as if it were one word; the consonants of a name in a
// script that is not Latin; pairs of syllables of a script that writes them. In order, each once.
std::vector<NameKey> keys_of(const core::names::Name& name, Side side);

// Of a number or address.
std::uint64_t identifier_key(std::string_view value);

}  // namespace gateway::screening
