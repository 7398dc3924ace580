#include "core/names/fold.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>

#include "core/check.h"
#include "core/utf8.h"

namespace core::names {
namespace {

constexpr const char16_t* kChain =
    u"Any-Latin; NFKD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower";

struct Romanised {
  char32_t letter;
  std::string_view latin;
};

// Source: ICAO Doc 9303 part 3, section 6.B, where ICU's scholarly letters (ISO 9) lose their
// marks.
constexpr auto kCyrillic = std::to_array<Romanised>({
    {U'ё', "e"},  {U'ж', "zh"},   {U'й', "y"},  {U'х', "kh"}, {U'ц', "ts"}, {U'ч', "ch"},
    {U'ш', "sh"}, {U'щ', "shch"}, {U'ъ', ""},   {U'ь', ""},   {U'ы', "y"},  {U'э', "e"},
    {U'ю', "yu"}, {U'я', "ya"},   {U'є', "ie"}, {U'ї', "i"},  {U'і', "i"},  {U'ґ', "g"},
    {U'ђ', "dj"}, {U'љ', "lj"},   {U'њ', "nj"}, {U'џ', "dz"}, {U'ћ', "c"},
});

Script script_of_letter(UChar32 letter) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(letter, &status)) {
    case USCRIPT_ARABIC:
    case USCRIPT_HEBREW:
    case USCRIPT_SYRIAC:
      return Script::Vowelless;
    case USCRIPT_HAN:
    case USCRIPT_HANGUL:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::Syllabic;
    case USCRIPT_LATIN:
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
      return Script::Latin;
    default:
      return Script::OtherAlphabet;
  }
}

bool all_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters and digits stay, apostrophes vanish, everything else parts words.
std::string words_of(std::string_view lower) {
  std::string out;
  bool apart = false;
  for (const char c : lower) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c == '\'' || c == '`') continue;
    if (c == '&') {
      out += out.empty() ? "and" : " and";
      apart = true;
    } else if (!kept) {
      apart = true;
    } else {
      if (apart && !out.empty()) out += ' ';
      apart = false;
      out += c;
    }
  }
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

icu::UnicodeString romanised(const icu::UnicodeString& lower) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < lower.length(); i = lower.moveIndex32(i, 1)) {
    const UChar32 letter = lower.char32At(i);
    const auto known =
        std::ranges::find(kCyrillic, static_cast<char32_t>(letter), &Romanised::letter);
    if (known == kCyrillic.end()) {
      out.append(letter);
    } else {
      out.append(icu::UnicodeString::fromUTF8(
          icu::StringPiece(known->latin.data(), static_cast<int32_t>(known->latin.size()))));
    }
  }
  return out;
}

// The script of most letters; of as many, the one that stands first in Script.
Script script_of(const icu::UnicodeString& text) {
  std::array<std::size_t, 4> letters{};
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 letter = text.char32At(i);
    if (u_isalpha(letter)) ++letters[static_cast<std::size_t>(script_of_letter(letter))];
  }
  return static_cast<Script>(std::ranges::max_element(letters) - letters.begin());
}

std::u32string letters_of(const icu::UnicodeString& text) {
  std::u32string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 letter = text.char32At(i);
    if (u_isalpha(letter)) out += static_cast<char32_t>(letter);
  }
  return out;
}

}  // namespace

struct Folder::Rules {
  std::unique_ptr<icu::Transliterator> chain;
  std::unique_ptr<icu::Transliterator> simplified;
  const icu::Normalizer2* nfkc = nullptr;

  icu::UnicodeString lower(std::string_view text) const {
    UErrorCode status = U_ZERO_ERROR;
    const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
    icu::UnicodeString whole = nfkc->normalize(icu::UnicodeString::fromUTF8(piece), status);
    CHECK(U_SUCCESS(status));
    return whole.toLower(icu::Locale::getRoot());
  }
};

Folder::Folder() : rules_(std::make_unique<Rules>()) {
  UErrorCode status = U_ZERO_ERROR;
  rules_->chain.reset(icu::Transliterator::createInstance(kChain, UTRANS_FORWARD, status));
  CHECK(U_SUCCESS(status));
  rules_->simplified.reset(
      icu::Transliterator::createInstance(u"Traditional-Simplified", UTRANS_FORWARD, status));
  CHECK(U_SUCCESS(status));
  rules_->nfkc = icu::Normalizer2::getNFKCInstance(status);
  CHECK(U_SUCCESS(status));
}

Folder::~Folder() = default;
Folder::Folder(Folder&&) noexcept = default;
Folder& Folder::operator=(Folder&&) noexcept = default;

Result<Folded> Folder::fold(std::string_view text) const {
  if (text.size() > kNameBytesMax || !is_utf8(text)) {
    return invalid("name_text", "", "A name is UTF-8 of at most 1000 bytes.");
  }
  Folded folded;
  if (all_ascii(text)) {
    folded.latin = words_of(lower_ascii(text));
    return folded;
  }
  icu::UnicodeString whole = rules_->lower(text);
  folded.script = script_of(whole);
  if (folded.script == Script::Syllabic) {
    rules_->simplified->transliterate(whole);
    folded.letters = letters_of(whole);
  }
  icu::UnicodeString latin = romanised(whole);
  rules_->chain->transliterate(latin);
  std::string bytes;
  latin.toUTF8String(bytes);
  folded.latin = words_of(bytes);
  return folded;
}

}  // namespace core::names
