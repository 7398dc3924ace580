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

// How alike two tokens are.
int token_score(const Token& left, const Token& right, bool vowelless);

// How sure it is that two names are one. Order of tokens does not matter. A token that one name has
// and the other has not costs little; tokens on both sides that contradict each other cost much.
// Symmetric in its arguments up to the order of what is listed.
Comparison compare(const Name& left, const Name& right);

// The score alone, without the lists.
int score(const Name& left, const Name& right);

}  // namespace core::names
