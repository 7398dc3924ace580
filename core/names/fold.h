#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace core::names {

// How a name is written. The scripts that write whole syllables are told apart, because there a
// character weighs as much as a syllable, and the transliteration of one hides a difference.
enum class Script { Latin, Vowelless, Syllabic, OtherAlphabet };

struct Folded {
  std::string latin;       // Words of a-z and 0-9 with single spaces between them.
  std::u32string letters;  // Of a syllabic name, Han simplified; else empty.
  Script script = Script::Latin;
};

inline constexpr std::size_t kNameBytesMax = 1000;

// Brings names of all scripts to plain Latin letters: ICU's "Any-Latin; NFKD; [:Nonspacing Mark:]
// Remove; Latin-ASCII; Lower", with Cyrillic as passports write it (ж is zh). Arabic and Hebrew
// come out without their vowels. Making one takes milliseconds: keep one for each thread.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(Folder&&) noexcept;
  Folder& operator=(Folder&&) noexcept;

  // Errors: InvalidInput/name_text if it is not UTF-8 or longer than kNameBytesMax.
  Result<Folded> fold(std::string_view text) const;

 private:
  struct Rules;
  std::unique_ptr<Rules> rules_;
};

}  // namespace core::names
