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
    {U'ё', "e"},
    {U'ж', "zh"},
    {U'й', "y"},
    {U'х', "kh"},
    {U'ц', "ts"},
    {U'ч', "ch"},
    {U'ш', "sh"},
    {U'щ', "shch"},
    {U'ъ', ""},
    {U'ь', ""},
    {U'ы', "y"},
    {U'э', "e"},
    {U'ю', "yu"},
    {U'я', "ya"},
    {U'є', "ie"},
    {U'ї', "i"},
    {U'і', "i"},
    {U'ґ', "g"},
    {U'ђ', "dj"},
    {U'љ', "lj"},
    {U'њ', "nj"},
    {U'џ', "dz"},
    {U'ћ', "c"},
    // Arabic as it is spoken at a word's end, where ICU says how it is written.
    {U'ة', "h"},
    {U'ى', "a"},
});

// Signs for sounds that plain Latin does not have, and quotes in their place: they part no words.
constexpr auto kSilent = std::to_array<char16_t>(
    {u'\u02b9', u'\u02ba', u'\u02bb', u'\u02bc', u'\u02bd', u'\u02be', u'\u02bf', u'\u02c0',
     u'\u02c1', u'\u05f3', u'\u2018', u'\u2019', u'\u201b', u'\u2032', u'\ua78c'});

struct WrittenForm {
  const char16_t* written;
  Form form;
};

// Legal forms as they stand after simplifying, the longest first. A group is no form but says as
// little.
constexpr auto kWrittenForms = std::to_array<WrittenForm>({
    {u"股份有限公司", Form::Stock},
    {u"有限责任公司", Form::Limited},
    {u"有限公司", Form::Limited},
    {u"株式会社", Form::Stock},
    {u"有限会社", Form::Limited},
    {u"合同会社", Form::Limited},
    {u"合资会社", Form::Partnership},
    {u"주식회사", Form::Stock},
    {u"유한회사", Form::Limited},
    {u"유한책임회사", Form::Limited},
    {u"(株)", Form::Stock},
    {u"(有)", Form::Limited},
    {u"(주)", Form::Stock},
    {u"(유)", Form::Limited},
    {u"集团", Form::None},
    {u"公司", Form::None},
});

struct Family {
  char16_t written;
  std::string_view latin;
};

// Korean family names as most of their bearers write them in Latin.
constexpr auto kFamilies = std::to_array<Family>({
    {u'김', "kim"},  {u'이', "lee"},  {u'리', "lee"},   {u'박', "park"}, {u'최', "choi"},
    {u'정', "jung"}, {u'강', "kang"}, {u'조', "cho"},   {u'윤', "yoon"}, {u'장', "jang"},
    {u'임', "lim"},  {u'림', "lim"},  {u'오', "oh"},    {u'한', "han"},  {u'신', "shin"},
    {u'서', "seo"},  {u'권', "kwon"}, {u'황', "hwang"}, {u'안', "ahn"},  {u'송', "song"},
    {u'류', "ryu"},  {u'유', "yoo"},  {u'홍', "hong"},  {u'전', "jeon"}, {u'고', "ko"},
    {u'문', "moon"}, {u'손', "son"},  {u'양', "yang"},  {u'배', "bae"},  {u'백', "baek"},
    {u'허', "huh"},  {u'남', "nam"},  {u'노', "roh"},   {u'로', "roh"},  {u'하', "ha"},
    {u'곽', "kwak"}, {u'성', "sung"}, {u'차', "cha"},   {u'주', "joo"},  {u'우', "woo"},
    {u'구', "koo"},  {u'민', "min"},  {u'진', "jin"},   {u'나', "na"},   {u'현', "hyun"},
});

constexpr int32_t kHangulNameMin = 2;  // Syllables of a whole name: of one, the family's.
constexpr int32_t kHangulNameMax = 4;

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

bool is_katakana(UChar32 letter) { return letter >= 0x30a1 && letter <= 0x30f6; }

std::u32string letters_of(const icu::UnicodeString& text) {
  constexpr UChar32 kToHiragana = 0x60;
  std::u32string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    UChar32 letter = text.char32At(i);
    if (is_katakana(letter)) letter -= kToHiragana;
    if (u_isalpha(letter)) out += static_cast<char32_t>(letter);
  }
  return out;
}

// Letters, digits and what stands above or below them.
std::u32string as_written(const icu::UnicodeString& text) {
  std::u32string out;
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 letter = text.char32At(i);
    const bool mark = (U_GET_GC_MASK(letter) & U_GC_M_MASK) != 0;
    if (u_isalnum(letter) || mark) out += static_cast<char32_t>(letter);
  }
  return out;
}

bool has_letters(const icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (u_isalnum(text.char32At(i))) return true;
  }
  return false;
}

// Whether letters of a script that ICU does not know to romanise are left.
bool has_unromanised(const icu::UnicodeString& latin) {
  for (int32_t i = 0; i < latin.length(); i = latin.moveIndex32(i, 1)) {
    const UChar32 letter = latin.char32At(i);
    if (u_isalpha(letter) && script_of_letter(letter) != Script::Latin) return true;
  }
  return false;
}

icu::UnicodeString without_silent(const icu::UnicodeString& latin) {
  icu::UnicodeString out;
  for (int32_t i = 0; i < latin.length(); ++i) {
    if (std::ranges::find(kSilent, latin.charAt(i)) == kSilent.end()) out.append(latin.charAt(i));
  }
  return out;
}

// The first that stands there says what body it is; all are left out, unless nothing else is.
icu::UnicodeString without_written_forms(const icu::UnicodeString& text, Form& form) {
  icu::UnicodeString out = text;
  Form first = Form::None;
  for (const WrittenForm& known : kWrittenForms) {
    const icu::UnicodeString written(known.written);
    if (out.indexOf(written) < 0) continue;
    if (first == Form::None) first = known.form;
    out.findAndReplace(written, u" ");
  }
  if (!has_letters(out)) return text;
  form = first;
  return out;
}

// A Hangul name of one word begins with the family's, nearly always one syllable.
icu::UnicodeString with_family_apart(const icu::UnicodeString& text) {
  icu::UnicodeString name = text;
  name.trim();
  if (name.length() < kHangulNameMin || name.length() > kHangulNameMax) return text;
  for (int32_t i = 0; i < name.length(); ++i) {
    if (name.charAt(i) < 0xac00 || name.charAt(i) > 0xd7a3) return text;
  }
  const auto family = std::ranges::find(kFamilies, name.charAt(0), &Family::written);
  if (family == kFamilies.end()) return name.insert(1, u' ');
  const icu::StringPiece latin(family->latin.data(), static_cast<int32_t>(family->latin.size()));
  return icu::UnicodeString::fromUTF8(latin).append(u' ').append(name.tempSubString(1));
}

const icu::Normalizer2& nfkc() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const normalizer = icu::Normalizer2::getNFKCInstance(status);
  CHECK(U_SUCCESS(status));
  return *normalizer;
}

icu::UnicodeString in_lower_case(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString raw =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  raw.findAndReplace(u"\u00b4", u"'");  // Else it becomes a space with a mark.
  icu::UnicodeString whole = nfkc().normalize(raw, status);
  CHECK(U_SUCCESS(status));
  return whole.toLower(icu::Locale::getRoot());
}

}  // namespace

struct Folder::Rules {
  std::unique_ptr<icu::Transliterator> chain;
  std::unique_ptr<icu::Transliterator> simplified;
};

Folder::Folder() : rules_(std::make_unique<Rules>()) {
  UErrorCode status = U_ZERO_ERROR;
  rules_->chain.reset(icu::Transliterator::createInstance(kChain, UTRANS_FORWARD, status));
  CHECK(U_SUCCESS(status));
  rules_->simplified.reset(
      icu::Transliterator::createInstance(u"Traditional-Simplified", UTRANS_FORWARD, status));
  CHECK(U_SUCCESS(status));
}

Folder::~Folder() = default;
Folder::Folder(Folder&&) noexcept = default;
Folder& Folder::operator=(Folder&&) noexcept = default;

Result<Folded> Folder::fold(std::string_view text, Kind kind) const {
  if (text.size() > kNameBytesMax || !is_utf8(text)) {
    return invalid("name_text", "", "A name is UTF-8 of at most 1000 bytes.");
  }
  Folded folded;
  if (all_ascii(text)) {
    folded.latin = words_of(lower_ascii(text));
    return folded;
  }
  icu::UnicodeString whole = in_lower_case(text);
  folded.script = script_of(whole);
  const bool syllabic = folded.script == Script::Syllabic;
  if (syllabic) {
    rules_->simplified->transliterate(whole);
    if (kind == Kind::Organisation) whole = without_written_forms(whole, folded.form);
    folded.letters = letters_of(whole);
  }
  icu::UnicodeString latin =
      romanised(syllabic && kind == Kind::Person ? with_family_apart(whole) : whole);
  rules_->chain->transliterate(latin);
  std::string bytes;
  without_silent(latin).toUTF8String(bytes);
  folded.latin = words_of(bytes);
  if (!syllabic && (folded.latin.empty() || has_unromanised(latin))) {
    folded.letters = as_written(whole);
  }
  return folded;
}

bool has_letters(std::string_view text) { return has_letters(in_lower_case(text)); }

}  // namespace core::names
