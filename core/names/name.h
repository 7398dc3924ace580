#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/names/fold.h"
#include "core/names/words.h"

namespace core::names {

enum class Kind { Person, Organisation, Thing };  // A thing is a vessel or an aircraft.

struct Token {
  std::string text;      // Folded.
  std::string sound;     // core/names/sound.h.
  std::string skeleton;  // Its consonants.
  std::string variant;   // The name it is a variant of; itself if of none.
  std::uint64_t nicknames = 0;
  int weight = 0;           // What it says of who is meant; a rare word of six letters says 8.
  bool patronymic = false;  // Follows bin, ibn or ben.
  bool is_number = false;
};

// A name made ready to be compared, so that reading it is not done again for each pair.
struct Name {
  Kind kind = Kind::Person;
  std::vector<Token> tokens;  // In their order; without titles and legal forms.
  std::string joined;         // All tokens' texts, without spaces.
  std::string joined_sound;   // All tokens' sounds.
  std::u32string letters;     // As written, in a script that writes syllables; else empty.
  Script script = Script::Latin;
  Form form = Form::None;
  bool has_patronymic = false;
};

inline constexpr std::size_t kTokensMax = 24;  // What follows is left out; no list has so many.

// Reads a name: folds it, leaves out titles and legal forms, splits "Surname, Given" like any
// other. A name that has no letters has no tokens and is like nothing. Errors:
// InvalidInput/name_text.
Result<Name> read_name(const Folder& folder, std::string_view text, Kind kind);

}  // namespace core::names
