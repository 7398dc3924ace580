#include "core/names/name.h"

#include <algorithm>

#include "core/names/sound.h"

namespace core::names {
namespace {

// Weights: a whole name says 8.
constexpr int kWeightWhole = 8;
constexpr int kWeightParticle = 1;
constexpr int kWeightInitial = 2;

bool all_digits(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_roman(std::string_view word) {
  return std::ranges::all_of(word, [](char c) { return c == 'i' || c == 'v' || c == 'x'; });
}

int weight_by_length(std::size_t letters) {
  return std::min(kWeightWhole, 2 + static_cast<int>(letters));
}

int weight_of(std::string_view word, Kind kind) {
  if (word.size() == 1) return kWeightInitial;
  if (kind == Kind::Person) {
    if (is_particle(word)) return kWeightParticle;
    const int weight = weight_by_length(word.size());
    return is_common_given(word) ? weight * 3 / 4 : weight;
  }
  if (is_filler(word)) return kWeightParticle;
  if (is_roman(word) || all_digits(word)) return 3;
  const int weight = weight_by_length(word.size());
  return is_generic(word) ? weight / 2 : weight;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// "forty 4" and "forty four" become "44".
std::vector<std::string> with_digits(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  int tens = 0;
  for (const std::string& word : words) {
    int number = number_of(word);
    if (number < 0 && word.size() == 1 && all_digits(word)) number = word[0] - '0';
    if (number < 0) {
      tens = 0;
      out.push_back(word);
    } else if (tens > 0 && number > 0 && number < 10) {
      out.back() = std::to_string(tens + number);
      tens = 0;
    } else {
      tens = number >= 20 ? number : 0;
      out.push_back(std::to_string(number));
    }
  }
  return out;
}

// "a b c company" becomes "abc company".
std::vector<std::string> with_initials_joined(const std::vector<std::string>& words) {
  std::vector<std::string> out;
  bool letters = false;
  for (const std::string& word : words) {
    const bool single = word.size() == 1 && !all_digits(word);
    if (single && letters) {
      out.back() += word;
    } else {
      out.push_back(word);
    }
    letters = single;
  }
  return out;
}

std::vector<std::string> organisation_words(std::vector<std::string> words, Form& form) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < words.size();) {
    const FormWords found = form_at(words, at);
    // "Company" and the like in the middle are part of the name; a form stands at an end.
    const bool at_end =
        at == 0 || at + found.words == words.size() || form_at(words, at + found.words).words > 0;
    if (found.words == 0 || (found.words == words.size()) || !at_end) {
      out.push_back(words[at++]);
      continue;
    }
    if (form == Form::None || found.form == Form::Limited) form = found.form;
    at += found.words;
  }
  return with_digits(with_initials_joined(out.empty() ? words : out));
}

bool is_initials(std::string_view word) {
  return word.size() == 2 && !is_particle(word) &&
         word.find_first_of("aeiouy0123456789") == std::string_view::npos;
}

// "jc" is "j c": two letters without a vowel are initials, where vowels are written.
std::vector<std::string> person_words(const std::vector<std::string>& words, Script script) {
  std::vector<std::string> out;
  const bool only_titles = std::ranges::all_of(words, is_title);
  for (const std::string& word : words) {
    if (!only_titles && is_title(word)) continue;
    if (script == Script::Latin && words.size() > 1 && is_initials(word)) {
      out.emplace_back(1, word[0]);
      out.emplace_back(1, word[1]);
    } else if (script == Script::Vowelless && word.size() > 4 && word.starts_with("al")) {
      out.emplace_back("al");  // Arabic writes the article and its word as one.
      out.push_back(word.substr(2));
    } else {
      out.push_back(word);
    }
  }
  return out;
}

Token token_of(const std::string& word, Kind kind) {
  Token token;
  token.text = word;
  token.sound = sound_of(word);
  token.skeleton = skeleton_of(word);
  token.variant = variant_of(word);
  token.weight = weight_of(word, kind);
  token.is_number = all_digits(word);
  if (kind == Kind::Person) token.nicknames = nicknames_of(word);
  return token;
}

}  // namespace

Result<Name> read_name(const Folder& folder, std::string_view text, Kind kind) {
  TRY(Folded folded, folder.fold(text));
  Name name;
  name.kind = kind;
  name.script = folded.script;
  name.letters = std::move(folded.letters);
  std::vector<std::string> words = split(folded.latin);
  words = kind == Kind::Person ? person_words(words, name.script)
                               : organisation_words(std::move(words), name.form);
  if (words.size() > kTokensMax) words.resize(kTokensMax);
  bool fathers = false;
  for (const std::string& word : words) {
    name.tokens.push_back(token_of(word, kind));
    name.tokens.back().patronymic = fathers && !is_particle(word);
    fathers = kind == Kind::Person && (is_filiation(word) || (fathers && is_particle(word)));
    name.has_patronymic = name.has_patronymic || name.tokens.back().patronymic;
    name.joined += word;
    name.joined_sound += name.tokens.back().sound;
  }
  return name;
}

}  // namespace core::names
