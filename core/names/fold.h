#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/names/words.h"
#include "core/result.h"

namespace core::names {

enum class Kind { Person, Organisation, Thing };  // A thing is a vessel or an aircraft.

// How a name is written. The scripts that write whole syllables are told apart, because there a
// character weighs as much as a syllable, and the transliteration of one hides a difference.
enum class Script { Latin, Vowelless, Syllabic, OtherAlphabet };

struct Folded {
  std::string latin;  // Words of a-z and 0-9 with single spaces between them.
  // Of a syllabic name, Han simplified and kana as hiragana; of one in a script that is not
  // romanised, with its marks; else empty.
  std::u32string letters;
  Script script = Script::Latin;
  Form form = Form::None;  // Of a body, as Chinese, Japanese and Korean write it.
};

inline constexpr std::size_t kNameBytesMax = 1000;

// Brings names of all scripts to plain Latin letters: ICU's "Any-Latin; NFKD; [:Nonspacing Mark:]
// Remove; Latin-ASCII; Lower", with Cyrillic as passports write it (ж is zh). Arabic and Hebrew
// come out without their vowels. A body's name loses its legal form in Han, kana or Hangul, a
// person's in Hangul is parted after the family name. What is left of any name that has a letter or
// digit is not nothing. Making one takes milliseconds: keep one for each thread.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(Folder&&) noexcept;
  Folder& operator=(Folder&&) noexcept;

  // Errors: InvalidInput/name_text if it is not UTF-8 or longer than kNameBytesMax.
  Result<Folded> fold(std::string_view text, Kind kind = Kind::Thing) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

// Whether there is anything by which a name can be compared: a letter or digit of any script.
bool has_letters(std::string_view text);

}  // namespace core::names
