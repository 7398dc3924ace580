#include "core/names/sound.h"

#include <algorithm>
#include <array>

namespace core::names {
namespace {

struct Spelling {
  std::string_view written;
  std::string_view sound;
};

// The longest first.
constexpr auto kSpellings = std::to_array<Spelling>({
    {"shch", "s"}, {"tsch", "c"}, {"sch", "s"}, {"tch", "c"}, {"dzh", "j"}, {"ieu", "iu"},
    {"sh", "s"},   {"ch", "c"},   {"zh", "j"},  {"kh", "h"},  {"gh", "g"},  {"ph", "f"},
    {"th", "t"},   {"dh", "d"},   {"ck", "k"},  {"dj", "j"},  {"dz", "z"},  {"ts", "c"},
    {"tz", "c"},   {"hs", "s"},   {"ou", "u"},  {"oo", "u"},  {"ee", "i"},  {"ie", "i"},
    {"ij", "i"},   {"iy", "i"},   {"yi", "i"},  {"ey", "ei"}, {"ay", "ei"}, {"ai", "ei"},
    {"aj", "ei"},  {"ej", "ei"},  {"ii", "i"},  {"oe", "o"},  {"ue", "u"},  {"ae", "a"},
    {"ce", "se"},  {"ci", "si"},  {"cy", "si"}, {"q", "k"},   {"w", "v"},   {"y", "i"},
    {"c", "k"},
});

bool sounds_as_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

struct Replaced {
  std::size_t taken;
  std::string_view sound;
};

Replaced spelling_at(std::string_view word, std::size_t at) {
  const std::string_view rest = word.substr(at);
  if (rest.front() == 'x') return {1, at == 0 ? "s" : "ks"};
  for (const Spelling& spelling : kSpellings) {
    if (rest.starts_with(spelling.written)) return {spelling.written.size(), spelling.sound};
  }
  return {1, rest.substr(0, 1)};
}

// An h that only lengthens the vowel before it.
bool silent_h(std::string_view word, std::size_t at) {
  return word[at] == 'h' && at > 0 && sounds_as_vowel(word[at - 1]) &&
         (at + 1 == word.size() || !sounds_as_vowel(word[at + 1]));
}

char consonant_of(char c) {
  static constexpr auto kGroups =
      std::to_array<std::string_view>({"bp", "fvw", "kgqhx", "szcj", "td", "lr", "mn"});
  for (const std::string_view group : kGroups) {
    if (group.find(c) != std::string_view::npos) return group.front();
  }
  return c;
}

}  // namespace

std::string sound_of(std::string_view word) {
  std::string out;
  for (std::size_t at = 0; at < word.size();) {
    if (silent_h(word, at)) {
      ++at;
      continue;
    }
    const Replaced replaced = spelling_at(word, at);
    for (const char c : replaced.sound) {
      if (out.empty() || out.back() != c) out += c;
    }
    at += replaced.taken;
  }
  return out;
}

std::string skeleton_of(std::string_view word) {
  std::string out;
  std::string consonants(word);
  std::erase(consonants, 'w');  // Arabic writes u and o with it.
  for (const char c : sound_of(consonants)) {
    // An h is as often there as not.
    if (sounds_as_vowel(c) || c == 'h') continue;
    const char consonant = consonant_of(c);
    if (out.empty() || out.back() != consonant) out += consonant;
  }
  return out;
}

}  // namespace core::names
