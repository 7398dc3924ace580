#include "core/names/runs.h"

#include <algorithm>
#include <array>

#include "core/names/compare.h"
#include "core/names/sound.h"

namespace core::names {
namespace {

constexpr int kRunAlike = 830;  // How alike the run must be to the word.
constexpr std::size_t kRunLetters = 5;
constexpr std::size_t kRunConsonants = 3;
constexpr std::size_t kRunTokens = 3;

bool is_article(std::string_view word) { return word == "al" || word == "el" || word == "ul"; }

// Equal letters beside each other are one.
std::string collapsed(std::string_view letters) {
  std::string out;
  for (const char c : letters) {
    if (out.empty() || out.back() != c) out += c;
  }
  return out;
}

std::string joined_text(const std::vector<Token>& tokens, const Run& run) {
  std::string text;
  for (std::size_t i = 0; i < run.count; ++i) {
    if (run.article && i == 1) continue;
    text += tokens[run.first + i].text;
  }
  return text;
}

// How the run may be written as one word: as it is, or with the article's vowel and its l as the
// letter behind it.
std::vector<std::string> spellings_of(const std::vector<Token>& tokens, const Run& run) {
  std::vector<std::string> out{joined_text(tokens, run)};
  if (!run.article) return out;
  const std::string& before = tokens[run.first].text;
  const std::string& behind = tokens[run.first + 2u].text;
  for (const char vowel : {'u', 'e'}) out.push_back(before + vowel + behind.front() + behind);
  return out;
}

// The word that the run would be.
Token token_of_run(const std::string& text, const std::vector<Token>& tokens, const Run& run) {
  Token token;
  token.text = text;
  token.sound = sound_of(text);
  token.skeleton = skeleton_of(text);
  token.variant = text;
  int weight = 0;
  for (std::size_t i = 0; i < run.count; ++i) weight += tokens[run.first + i].weight;
  token.weight = std::min(weight, kWeightWhole);
  token.patronymic = tokens[run.first + run.count - 1u].patronymic;
  return token;
}

// The run as a word that is one with the token; of no text if it is none.
Token word_of_run(const std::vector<Token>& tokens, const Run& run, const Token& word) {
  std::size_t longest = 0;
  int parts = 0;  // How alike a part alone is.
  for (std::size_t i = 0; i < run.count; ++i) {
    const Token& part = tokens[run.first + i];
    longest = std::max(longest, part.text.size());
    parts = std::max(parts, token_score(part, word, false));
  }
  Token best;
  int most = std::max(kRunAlike - 1, parts);
  if (longest >= word.text.size()) return best;
  for (const std::string& text : spellings_of(tokens, run)) {
    Token joined = token_of_run(text, tokens, run);
    const int score = token_score(joined, word, false);
    if (score <= most) continue;
    most = score;
    best = std::move(joined);
  }
  return best;
}

// Joins the first run that is one word of the other's; false if there is none.
bool join_next(Name& name, const Name& other) {
  for (const Run& run : name.runs) {
    for (const Token& word : other.tokens) {
      if (word.consonants != run.consonants) continue;
      Token joined = word_of_run(name.tokens, run, word);
      if (joined.text.empty()) continue;
      const auto first = name.tokens.begin() + run.first;
      *first = std::move(joined);
      name.tokens.erase(first + 1, first + run.count);
      return true;
    }
  }
  return false;
}

bool any_meet(const Name& left, const Name& right) {
  return std::ranges::any_of(left.runs, [&right](const Run& run) {
    return std::ranges::find(right.tokens, run.consonants, &Token::consonants) !=
           right.tokens.end();
  });
}

}  // namespace

std::uint64_t consonants_of(std::string_view text, std::string_view skeleton) {
  const std::string letters = collapsed(skeleton);
  if (text.size() < kRunLetters || letters.size() < kRunConsonants) return 0;
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a.
  for (const char c : letters) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

std::vector<Run> runs_of(const std::vector<Token>& tokens) {
  std::vector<Run> runs;
  const auto add = [&](Run run) {
    std::string skeleton;
    for (std::size_t i = 0; i < run.count; ++i) {
      const Token& token = tokens[run.first + i];
      if (token.is_number) return;
      if (!run.article || i != 1) skeleton += token.skeleton;
    }
    run.consonants = consonants_of(joined_text(tokens, run), skeleton);
    if (run.consonants != 0) runs.push_back(run);
  };
  for (std::size_t first = 0; first < tokens.size(); ++first) {
    for (std::size_t count = 2; count <= kRunTokens && first + count <= tokens.size(); ++count) {
      const Run run{static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(count)};
      add(run);
      if (count == 3 && is_article(tokens[first + 1].text)) {
        add({run.first, run.count, true});
      }
    }
  }
  return runs;
}

Joined with_runs_joined(const Name& left, const Name& right) {
  Joined out;
  if (!any_meet(left, right) && !any_meet(right, left)) return out;
  out.left = left;
  out.right = right;
  Name* const both[] = {&out.left, &out.right};
  for (std::size_t i = 0; i < 2; ++i) {
    Name* const name = both[i];
    const Name* const other = both[1 - i];
    while (join_next(*name, *other)) {
      out.any = true;
      name->runs = runs_of(name->tokens);
    }
  }
  return out;
}

}  // namespace core::names
