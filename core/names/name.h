#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/names/fold.h"
#include "core/names/words.h"

namespace core::names {

struct Token {
  std::string text;      // Folded.
  std::string sound;     // core/names/sound.h.
  std::string skeleton;  // Its consonants.
  std::string variant;   // The name it is a variant of; itself if of none.
  std::uint64_t nicknames = 0;
  int weight = 0;           // What it says of who is meant; a rare word of six letters says 8.
  bool patronymic = false;  // Follows bin, ibn or ben.
  bool is_number = false;
  bool is_initial = false;       // A person's single letter.
  bool is_letter = false;        // A body's, as in "Fund I": no other word is like it.
  std::uint64_t consonants = 0;  // Of the skeleton; 0 if the word is too short to be written apart.
};

// Neighbouring tokens that may be written as one ("Nur al-Din", "Noureddine").
struct Run {
  std::uint8_t first = 0;
  std::uint8_t count = 0;        // 2 or 3.
  bool article = false;          // The one in the middle is the Arabic article, and assimilated.
  std::uint64_t consonants = 0;  // As Token::consonants of the word that it would be.
};

inline constexpr int kWeightWhole = 8;  // What a whole name says of who is meant.

// A name made ready to be compared, so that reading it is not done again for each pair.
struct Name {
  Kind kind = Kind::Person;
  std::vector<Token> tokens;  // In their order; without titles and legal forms.
  std::string joined;         // All tokens' texts, without spaces.
  std::string joined_sound;   // All tokens' sounds.
  std::vector<Run> runs;      // In a script that writes vowels.
  std::u32string letters;     // Folded::letters.
  std::uint8_t writing = 0;   // What letters are of: core/names/letters.h.
  Script script = Script::Latin;
  std::uint8_t generation = 0;  // 1 for Sr or I, 2 for Jr or II, ...; 0 if it is not said.
  Form form = Form::None;
  bool has_patronymic = false;
};

inline constexpr std::size_t kTokensMax = 24;  // What follows is left out; no list has so many.

// How a body of three words or more may be written by its initials: those of all its words, and
// those of its words that are no fillers.
std::vector<std::string> acronyms_of(const Name& name);

// Reads a name: folds it, leaves out titles and legal forms, splits "Surname, Given" like any
// other. A name that has no letters has no tokens and is like nothing. Errors:
// InvalidInput/name_text.
Result<Name> read_name(const Folder& folder, std::string_view text, Kind kind);

}  // namespace core::names
