#include "gateway/screening/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "core/names/compare.h"

namespace gateway::screening {

using core::names::Kind;
using core::names::Token;

Vocabulary::Letters::Letters(const std::string& text) {
  for (const char c : text) {
    const bool letter = c >= 'a' && c <= 'z';
    bits |= std::uint64_t{1} << (letter ? c - 'a' : 26 + (c - '0') % 32);
  }
  count = std::popcount(bits);
  size = static_cast<int>(text.size());
}

bool Vocabulary::Letters::mostly_in_common(const Letters& other) const {
  return 2 * std::popcount(bits & other.bits) >= std::max(count, other.count);
}

bool Vocabulary::Letters::may_be_one(const Letters& other) const {
  using namespace core::names;
  // In a skeleton every letter that the other does not have is a whole change.
  constexpr int kDiffer = kScoreMax - kPairedMin * kScoreMax / kSkeletonScore + 1;
  const int more = std::popcount(bits & ~other.bits);
  const int less = std::popcount(other.bits & ~bits);
  const int changes = std::max({more, less, std::abs(size - other.size)});
  return changes * kScoreMax <= kDiffer * std::max(size, other.size);
}

std::uint32_t Vocabulary::add(const Token& token, Kind kind, bool vowelless) {
  const auto next = static_cast<std::uint32_t>(words_.size());
  const auto [place, is_new] = numbers_.try_emplace(WordKey{kind, vowelless, token.text}, next);
  if (!is_new) return place->second;
  words_.push_back({token, vowelless});
  summaries_.emplace_back(token);
  const auto at = static_cast<std::size_t>(kind);
  if (kinds_.size() <= at) kinds_.resize(at + 1);
  kinds_[at].push_back(next);
  return next;
}

bool Vocabulary::may_be_near(const Token& token, const Summary& summary, bool vowelless,
                             std::uint32_t word) const {
  const Summary& other = summaries_[word];
  if (summary.text.mostly_in_common(other.text)) return true;
  if (summary.sound.mostly_in_common(other.sound)) return true;
  const bool skeletons = vowelless || words_[word].vowelless;
  if (skeletons && summary.skeleton.may_be_one(other.skeleton)) return true;
  const Token& known = words_[word].token;
  if ((token.nicknames & known.nicknames) != 0 || token.variant == known.variant) return true;
  const bool initial = token.text.size() == 1 || known.text.size() == 1;
  return initial && token.text[0] == known.text[0];
}

std::vector<Near> Vocabulary::near(const Token& token, Kind kind, bool vowelless) const {
  std::vector<Near> found;
  const auto at = static_cast<std::size_t>(kind);
  if (at >= kinds_.size()) return found;
  const Summary summary(token);
  for (const std::uint32_t word : kinds_[at]) {
    if (!may_be_near(token, summary, vowelless, word)) continue;
    const bool skeletons = vowelless || words_[word].vowelless;
    const int score = core::names::token_score(token, words_[word].token, skeletons);
    if (score >= core::names::kPairedMin) found.push_back({word, score});
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &Near::score);
  return found;
}

}  // namespace gateway::screening
