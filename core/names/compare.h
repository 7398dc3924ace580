#pragma once

#include <string>
#include <vector>

#include "core/names/name.h"

namespace core::names {

// Scores are thousandths, 0 to 1000. Source: docs/decisions/0034-name-matching.md, which says how
// the threshold was fixed and what was measured with it.
inline constexpr int kScoreMax = 1000;
// Two names with this score or more are taken for one in measurements.
inline constexpr int kMatchScore = 800;
inline constexpr int kPairedMin = 700;  // Below, two tokens are not one.
// What equal consonants are worth where vowels are not written or scripts are far apart, and of how
// many a whole name must be.
inline constexpr int kSkeletonScore = 880;
inline constexpr std::size_t kFarConsonantsMin = 4;

// Two tokens that were found to be one.
struct Aligned {
  std::string left;
  std::string right;
  int score = 0;
};

struct Comparison {
  int score = 0;
  std::vector<Aligned> aligned;        // In the left name's order.
  std::vector<std::string> left_only;  // Tokens that met none.
  std::vector<std::string> right_only;
};

// How alike two tokens are; 0 if too little for them to be one.
int token_score(const Token& left, const Token& right, bool vowelless);

// Weights of the tokens of either name that met none.
struct Unmatched {
  int left = 0;
  int right = 0;
};

// The score of names as far as their tokens make it: what the pairs' weights times their scores sum
// to, beside the weights of both sides of the pairs. It grows with what is paired.
std::int64_t score_of_weights(std::int64_t paired, std::int64_t weight, const Unmatched& unmatched,
                              Kind kind);

// How alike two words can at most be written. For bounds; none has more than kLettersMax letters.
struct Letters {
  int left = 0;  // How many each has.
  int right = 0;
  int left_only = 0;  // Different ones that the other word does not have.
  int right_only = 0;
  int cheap = 0;   // Of these, those that are an i or an l.
  int prefix = 0;  // Equal ones at the beginning, four at most.
};

// Whether words of a-z can be so alike as they are written, or, less kSoundCost, as they sound,
// that they are one. Never false for words that are.
bool may_be_spelled_alike(const Letters& letters, bool sound);

// The score of two names by all but which words of them meet: written together or apart, by
// initials, and by consonants if their scripts are far apart. What is below `least` may be any
// number below it, and is found out sooner.
int whole_score(const Name& left, const Name& right, int least = 0);

// How sure it is that two names are one. Order of tokens does not matter. A token that one name has
// and the other has not costs little; tokens on both sides that contradict each other cost much.
// Symmetric in its arguments up to the order of what is listed.
Comparison compare(const Name& left, const Name& right);

// The score alone, without the lists.
int score(const Name& left, const Name& right);

}  // namespace core::names
