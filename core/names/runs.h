#pragma once

#include "core/names/name.h"

// Neighbouring words that another romanisation writes as one: "Nur al-Din" and "Noureddine".
namespace core::names {

// Of a word that may be what others are joined to: equal for words with the same consonants; 0 if
// it has too few to tell.
std::uint64_t consonants_of(std::string_view text, std::string_view skeleton);

// The runs of two and three tokens that may be one word.
std::vector<Run> runs_of(const std::vector<Token>& tokens);

// The names with such runs of one joined as a word of the other is written, if there are any: a run
// and a word with the same consonants that sound alike.
struct Joined {
  bool any = false;
  Name left;
  Name right;
};
Joined with_runs_joined(const Name& left, const Name& right);

}  // namespace core::names
