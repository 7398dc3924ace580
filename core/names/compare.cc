#include "core/names/compare.h"

#include <algorithm>
#include <cstdlib>

#include "core/names/assign.h"
#include "core/names/edit.h"
#include "core/names/letters.h"
#include "core/names/runs.h"
#include "core/names/sound.h"
#include "core/names/words.h"

namespace core::names {
namespace {

// What two ways to be alike are worth, in thousandths. Fixed on the development half.
constexpr int kVariantScore = 960;
constexpr int kNicknameScore = 900;
constexpr int kInitialScore = 850;
constexpr int kDoubt = 12;          // Tenths by which what differs counts.
constexpr int kSoundCost = 30;      // What likeness in sound alone is worth less.
constexpr int kNotTheFather = 800;  // Of a name that is the father's on one side only.
constexpr int kFarAlike = 700;      // Of whole names by their consonants; below they have none.
constexpr int kJoinedAlike = 900;   // Of names compared as one word; and what they are worth less.
constexpr int kJoinedCost = 40;
constexpr std::size_t kJoinedMin = 5;
constexpr int kContradictionWeight = kWeightWhole;

// How two words are written alike; 0 if it is less than `least`.
int spelled_score(std::string_view left, std::string_view right, int least) {
  // What `alike` must be for that; whether the edit distance can still bring it about.
  const int alike_min = kScoreMax - (kScoreMax - least) * 10 / kDoubt;
  const int winkler = jaro_winkler(left, right);
  const int edit_min = std::max(0, (3 * alike_min - winkler) / 2);
  if (edit_min > kScoreMax) return 0;
  const int alike = (2 * edit_similarity(left, right, edit_min) + winkler) / 3;
  const int score = kScoreMax - (kScoreMax - alike) * kDoubt / 10;
  return score < least ? 0 : score;
}

bool is_initial_of(const Token& initial, const Token& word) {
  return initial.is_initial && word.text.size() > 1 && initial.text[0] == word.text[0];
}

// Words with an ending that many share are as alike as their stems, at most.
int stems_score(const Token& left, const Token& right) {
  const Stem one = stem_of(left.text);
  const Stem other = stem_of(right.text);
  if (one.kind == 0 || one.kind != other.kind) return kScoreMax;
  const int spelled = spelled_score(one.stem, other.stem, 0);
  const int sound = spelled_score(sound_of(one.stem), sound_of(other.stem), 0) - kSoundCost;
  return std::max({spelled, sound, 0});
}

int skeleton_score(std::string_view left, std::string_view right) {
  if (left.size() < 2 || right.size() < 2) return 0;
  return edit_similarity(left, right) * kSkeletonScore / kScoreMax;
}

struct Sums {
  std::int64_t paired = 0;  // Weights of both sides times the pair's score.
  std::int64_t weight = 0;  // Weights of both sides of the pairs.
  int left_only = 0;
  int right_only = 0;
  int pairs = 0;
};

using Table = std::vector<std::vector<int>>;

Table scores_of(const Name& left, const Name& right, bool vowelless) {
  const bool fathers = left.has_patronymic && right.has_patronymic;
  Table table(left.tokens.size(), std::vector<int>(right.tokens.size()));
  for (std::size_t i = 0; i < left.tokens.size(); ++i) {
    for (std::size_t j = 0; j < right.tokens.size(); ++j) {
      const Token& token = left.tokens[i];
      const Token& other = right.tokens[j];
      table[i][j] = token_score(token, other, vowelless);
      if (fathers && token.patronymic != other.patronymic) {
        table[i][j] = table[i][j] * kNotTheFather / kScoreMax;
      }
    }
  }
  return table;
}

// What counts in the pairing: what a pair says, and among equals the heavier one.
Table values_of(const Name& left, const Name& right, const Table& scores) {
  Table values = scores;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values[i].size(); ++j) {
      const int weight = left.tokens[i].weight + right.tokens[j].weight;
      values[i][j] = scores[i][j] < kPairedMin ? 0 : scores[i][j] * weight;
    }
  }
  return values;
}

struct Alignment {
  std::vector<std::size_t> partner;  // Of each left token, or kUnpaired.
  Table scores;
};

Alignment align(const Name& left, const Name& right, bool vowelless) {
  Alignment out;
  out.scores = scores_of(left, right, vowelless);
  out.partner = best_pairing(values_of(left, right, out.scores));
  for (std::size_t i = 0; i < out.partner.size(); ++i) {
    const std::size_t j = out.partner[i];
    if (j != kUnpaired && out.scores[i][j] < kPairedMin) out.partner[i] = kUnpaired;
  }
  return out;
}

Sums sums_of(const Name& left, const Name& right, const Alignment& alignment) {
  Sums sums;
  for (const Token& token : right.tokens) sums.right_only += token.weight;
  for (std::size_t i = 0; i < left.tokens.size(); ++i) {
    const std::size_t j = alignment.partner[i];
    if (j == kUnpaired) {
      sums.left_only += left.tokens[i].weight;
      continue;
    }
    const int weight = left.tokens[i].weight + right.tokens[j].weight;
    sums.right_only -= right.tokens[j].weight;
    sums.weight += weight;
    sums.paired += std::int64_t{weight} * alignment.scores[i][j];
    if (weight >= kContradictionWeight) ++sums.pairs;
  }
  return sums;
}

// What a whole token too many costs, in thousandths of its weight.
int extra_cost(Kind kind) { return kind == Kind::Person ? 300 : 500; }

int score_of(const Sums& sums, Kind kind) {
  std::int64_t score =
      score_of_weights(sums.paired, sums.weight, {sums.left_only, sums.right_only}, kind);
  // One word in common, and more on one side, is a family.
  const int extra = std::abs(sums.left_only - sums.right_only);
  if (kind == Kind::Person && sums.pairs == 1 && extra >= kContradictionWeight / 2)
    score = score * 9 / 10;
  return static_cast<int>(score);
}

int one_word_score(std::string_view left, std::string_view right, int least) {
  if (std::min(left.size(), right.size()) < kJoinedMin) return 0;
  if (std::max(left.size(), right.size()) > kLettersMax) return 0;
  const int alike = edit_similarity(left, right, std::min(least, kJoinedAlike));
  return alike >= kJoinedAlike ? alike - kJoinedCost : 0;
}

// Names written together or apart, or as another romanisation parts them: "FridrichBuchenberg".
int joined_score(const Name& left, const Name& right, int least) {
  if (left.tokens.size() == right.tokens.size()) return 0;
  return std::max(one_word_score(left.joined, right.joined, least),
                  one_word_score(left.joined_sound, right.joined_sound, least) - kSoundCost);
}

std::string skeleton_from(const Name& name, std::size_t first) {
  std::string out;
  for (std::size_t i = 0; i < name.tokens.size(); ++i) {
    out += name.tokens[(first + i) % name.tokens.size()].skeleton;
  }
  return out;
}

int best_turned(const std::string& whole, const Name& other, int least) {
  int best = 0;
  for (std::size_t first = 0; first < other.tokens.size(); ++first) {
    const std::string turned = skeleton_from(other, first);
    if (std::min(whole.size(), turned.size()) < kFarConsonantsMin) return 0;
    best = std::max(best, edit_similarity(whole, turned, std::max(best, least)));
  }
  return best;
}

// Names of scripts so far apart that only the consonants can be compared, with the family name
// before or behind.
int far_script_score(const Name& left, const Name& right, int least) {
  // Rounded down, so that nothing is lost that is worth the least.
  const int alike = std::max(kFarAlike, least * kScoreMax / kSkeletonScore);
  const int best = std::max(best_turned(skeleton_from(left, 0), right, alike),
                            best_turned(skeleton_from(right, 0), left, alike));
  return best * kSkeletonScore / kScoreMax;
}

// The initials of a body's three words or more beside its one word: "IRGC".
int acronym_score(const Name& left, const Name& right) {
  const auto is_acronym = [](const Name& word, const Name& whole) {
    if (word.tokens.size() != 1) return false;
    const auto known = acronyms_of(whole);
    return std::ranges::find(known, word.tokens.front().text) != known.end();
  };
  if (left.kind == Kind::Person || left.tokens.size() == right.tokens.size()) return 0;
  return is_acronym(left, right) || is_acronym(right, left) ? kInitialScore : 0;
}

// Forms that cannot be of one body; none says nothing.
bool forms_contradict(const Name& left, const Name& right) {
  return left.form != Form::None && right.form != Form::None && left.form != right.form;
}

bool generations_contradict(const Name& left, const Name& right) {
  return left.generation != 0 && right.generation != 0 && left.generation != right.generation;
}

int without_forms(const Name& left, const Name& right, const Sums& sums) {
  const int by_words = score_of(sums, left.kind);
  return generations_contradict(left, right) ? by_words
                                             : std::max(by_words, whole_score(left, right));
}

bool vowelless(const Name& left, const Name& right) {
  return left.script == Script::Vowelless || right.script == Script::Vowelless;
}

// Written in kana a word is read as it is romanised, and in Han it is not.
bool words_count_too(const Name& left, const Name& right) {
  return !letters_meet(left, right) || ((left.writing | right.writing) & (kHan | kHangul)) == 0;
}

// Numbers on both sides that met none: "Fund 2" and "Fund 3".
bool numbers_contradict(const Name& left, const Name& right, const Alignment& alignment) {
  std::vector<bool> met(right.tokens.size());
  bool left_only = false;
  for (std::size_t i = 0; i < left.tokens.size(); ++i) {
    if (alignment.partner[i] != kUnpaired) {
      met[alignment.partner[i]] = true;
    } else {
      left_only = left_only || left.tokens[i].is_number;
    }
  }
  bool right_only = false;
  for (std::size_t j = 0; j < right.tokens.size(); ++j) {
    right_only = right_only || (!met[j] && right.tokens[j].is_number);
  }
  return left_only && right_only;
}

int total(const Name& left, const Name& right, const Alignment& alignment) {
  int score = letters_meet(left, right) ? letters_score(left, right) : 0;
  if (words_count_too(left, right)) {
    Sums sums = sums_of(left, right, alignment);
    if (generations_contradict(left, right) || numbers_contradict(left, right, alignment)) {
      sums.left_only += kContradictionWeight;
      sums.right_only += kContradictionWeight;
    }
    score = std::max(score, without_forms(left, right, sums));
  }
  if (forms_contradict(left, right)) score = score * 9 / 10;
  return score;
}

Comparison compared(const Name& left, const Name& right, bool no_vowels) {
  const Alignment alignment = align(left, right, no_vowels);
  Comparison out;
  out.score = total(left, right, alignment);
  std::vector<bool> met(right.tokens.size());
  for (std::size_t i = 0; i < left.tokens.size(); ++i) {
    const std::size_t j = alignment.partner[i];
    if (j == kUnpaired) {
      out.left_only.push_back(left.tokens[i].text);
      continue;
    }
    met[j] = true;
    out.aligned.push_back({left.tokens[i].text, right.tokens[j].text, alignment.scores[i][j]});
  }
  for (std::size_t j = 0; j < met.size(); ++j) {
    if (!met[j]) out.right_only.push_back(right.tokens[j].text);
  }
  return out;
}

}  // namespace

std::int64_t score_of_weights(std::int64_t paired, std::int64_t weight, const Unmatched& unmatched,
                              Kind kind) {
  if (weight == 0) return 0;
  const int against = std::min(unmatched.left, unmatched.right);
  const int extra = std::max(unmatched.left, unmatched.right) - against;
  const std::int64_t whole = weight + 2 * against + std::int64_t{extra} * extra_cost(kind) / 1000;
  const std::int64_t score = paired / whole;
  // Contradicting tokens say that two are meant, however many others agree.
  return score - score * std::min(against, kContradictionWeight) / (kContradictionWeight * 4);
}

int whole_score(const Name& left, const Name& right, int least) {
  const bool far = left.script != right.script &&
                   (left.script != Script::Latin || right.script != Script::Latin);
  const int best = std::max(joined_score(left, right, least), acronym_score(left, right));
  return far ? std::max(best, far_script_score(left, right, least)) : best;
}

bool may_be_spelled_alike(const Letters& letters, bool sound) {
  if (letters.left == 0 || letters.right == 0) return true;
  const int least = sound ? kPairedMin + kSoundCost : kPairedMin;
  const int longest = std::max(letters.left, letters.right);
  // Each that the other does not have is changed into another, left out or put in.
  const int changed = std::max(letters.left_only, letters.right_only);
  const int cost = changed * kChangeMin - letters.cheap * (kChangeMin - kGapMin);
  const int gaps = std::abs(letters.left - letters.right) * kGapMin;
  const int edit = kScoreMax - std::max(cost, gaps) * (kScoreMax / kChangeWhole) / longest;
  const int met = std::min(letters.left - letters.left_only, letters.right - letters.right_only);
  const int jaro =
      met == 0 ? 0
               : (kScoreMax * met / letters.left + kScoreMax * met / letters.right + kScoreMax) / 3;
  const int winkler = jaro + letters.prefix * (kScoreMax - jaro) / 10;
  const int alike_min = kScoreMax - (kScoreMax - least) * 10 / kDoubt;
  return 2 * edit + winkler >= 3 * alike_min;
}

int token_score(const Token& left, const Token& right, bool vowelless) {
  if (left.text == right.text) return kScoreMax;
  if (left.is_number || right.is_number) return 0;
  if (left.is_letter || right.is_letter) return 0;
  if (left.variant == right.variant) return kVariantScore;
  if (is_initial_of(left, right) || is_initial_of(right, left)) return kInitialScore;
  int best = spelled_score(left.text, right.text, kPairedMin);
  const int sound = spelled_score(left.sound, right.sound, std::max(best, kPairedMin) + kSoundCost);
  best = std::max(best, sound - kSoundCost);
  if ((left.nicknames & right.nicknames) != 0) best = std::max(best, kNicknameScore);
  if (vowelless) {
    best = std::max(best, skeleton_score(left.skeleton, right.skeleton));
  }
  return best < kPairedMin ? best : std::min(best, stems_score(left, right));
}

int score(const Name& left, const Name& right) {
  const bool no_vowels = vowelless(left, right);
  const Joined joined = no_vowels ? Joined() : with_runs_joined(left, right);
  const int apart = total(left, right, align(left, right, no_vowels));
  if (!joined.any) return apart;
  return std::max(apart, total(joined.left, joined.right, align(joined.left, joined.right, false)));
}

Comparison compare(const Name& left, const Name& right) {
  const bool no_vowels = vowelless(left, right);
  const Joined joined = no_vowels ? Joined() : with_runs_joined(left, right);
  Comparison out = compared(left, right, no_vowels);
  if (!joined.any) return out;
  Comparison other = compared(joined.left, joined.right, false);
  return other.score > out.score ? other : out;
}

}  // namespace core::names
