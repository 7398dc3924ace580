#include "core/names/name.h"

#include <algorithm>
#include <array>

#include "core/names/letters.h"
#include "core/names/runs.h"
#include "core/names/sound.h"

namespace core::names {
namespace {

// Weights: a whole name says 8.
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

// "1st" is "1".
std::string without_ordinal_end(const std::string& word) {
  static constexpr auto kEnds = std::to_array<std::string_view>({"st", "nd", "rd", "th"});
  if (word.size() < 3) return word;
  const std::string digits = word.substr(0, word.size() - 2);
  const bool ordinal = std::ranges::find(kEnds, word.substr(digits.size())) != kEnds.end();
  return ordinal && all_digits(digits) ? digits : word;
}

bool says_number(std::string_view word) { return all_digits(word) || number_of(word) >= 0; }

// "no 5" is "5", "forty 4", "forty four" and "forty fourth" become "44".
std::vector<std::string> with_digits(const std::vector<std::string>& words) {
  static constexpr auto kNumber =
      std::to_array<std::string_view>({"no", "nr", "num", "number", "nomer"});
  std::vector<std::string> out;
  int tens = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = without_ordinal_end(words[i]);
    const bool before_number =
        i + 1 < words.size() && says_number(without_ordinal_end(words[i + 1]));
    if (before_number && std::ranges::find(kNumber, word) != kNumber.end()) continue;
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

// What "Jr" or "III" at a name's end say.
std::uint8_t generation_of(std::string_view word) {
  static constexpr auto kGenerations = std::to_array<std::array<std::string_view, 3>>(
      {{"sr", "senior", "snr"}, {"jr", "junior", "ii"}, {"iii"}, {"iv"}});
  for (std::size_t i = 0; i < kGenerations.size(); ++i) {
    if (!word.empty() && std::ranges::find(kGenerations[i], word) != kGenerations[i].end()) {
      return static_cast<std::uint8_t>(i + 1);
    }
  }
  return 0;
}

// Takes what says the generation from a name of more than two words.
std::uint8_t take_generation(std::vector<std::string>& words) {
  constexpr std::size_t kWordsMin = 3;
  if (words.size() < kWordsMin) return 0;
  const std::uint8_t generation = generation_of(words.back());
  if (generation != 0) words.pop_back();
  return generation;
}

Token token_of(const std::string& word, Kind kind) {
  Token token;
  token.text = word;
  token.sound = sound_of(word);
  token.skeleton = skeleton_of(word);
  token.variant = variant_of(word);
  token.weight = weight_of(word, kind);
  token.is_number = all_digits(word);
  token.consonants = token.is_number ? 0 : consonants_of(word, token.skeleton);
  token.is_letter = kind != Kind::Person && word.size() == 1;
  if (kind != Kind::Person) return token;
  token.nicknames = nicknames_of(word);
  token.is_initial = word.size() == 1 && !token.is_number;
  if (token.variant == word) token.variant = korean_of(word);
  return token;
}

}  // namespace

std::vector<std::string> acronyms_of(const Name& name) {
  constexpr std::size_t kLettersMin = 3;
  std::vector<std::string> out;
  if (name.kind == Kind::Person || name.tokens.size() < kLettersMin) return out;
  std::string all;
  std::string without_fillers;
  for (const Token& token : name.tokens) {
    all += token.text.front();
    if (!is_filler(token.text)) without_fillers += token.text.front();
  }
  if (without_fillers.size() >= kLettersMin && without_fillers != all) {
    out.push_back(std::move(without_fillers));
  }
  out.push_back(std::move(all));
  return out;
}

Result<Name> read_name(const Folder& folder, std::string_view text, Kind kind) {
  TRY(Folded folded, folder.fold(text, kind));
  Name name;
  name.kind = kind;
  name.script = folded.script;
  name.letters = std::move(folded.letters);
  name.writing = writing_of(name.letters);
  name.form = folded.form;
  std::vector<std::string> words = split(folded.latin);
  if (kind == Kind::Person) name.generation = take_generation(words);
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
  if (name.script != Script::Vowelless) name.runs = runs_of(name.tokens);
  return name;
}

}  // namespace core::names
