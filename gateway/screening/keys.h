#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/names/name.h"

// By what names are found that are one though their words are not.
namespace gateway::screening {

enum class KeyKind : char {
  Joined = 'j',   // Names that are written together or apart have one in common.
  Acronym = 'a',  // A word, and the initials of words.
  Letter = 'l',   // Of a script that is compared as written; the more in common the more alike.
  Identifier = '#'
};

struct NameKey {
  std::uint64_t hash = 0;
  KeyKind kind = KeyKind::Joined;
  auto operator<=>(const NameKey&) const = default;
};

// Joined: the consonants of the whole name as if it were one word, and in a name so long that one
// of them may differ also without each of them. Letters: each with how often it stood before. In
// order, each once. What the names' measure takes for one by these ways shares a key, but for what
// differs in two consonants and twenty letters.
std::vector<NameKey> keys_of(const core::names::Name& name);

// Of a number or address.
std::uint64_t identifier_key(std::string_view value);

}  // namespace gateway::screening
