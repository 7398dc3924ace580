#include "gateway/screening/vocabulary.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <functional>

#include "core/names/compare.h"
#include "core/names/edit.h"

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
  for (std::size_t i = 0; i < std::min<std::size_t>(text.size(), 4); ++i) {
    first_four |= std::uint32_t{static_cast<unsigned char>(text[i])} << (8 * i);
  }
}

Vocabulary::Summary::Summary(const Token& token, bool is_vowelless)
    : text(token.text),
      sound(token.sound),
      skeleton(token.skeleton),
      variant(std::hash<std::string>()(token.variant)),
      nicknames(token.nicknames),
      vowelless(is_vowelless) {}

bool Vocabulary::Letters::mostly_in_common(const Letters& other) const {
  return 2 * std::popcount(bits & other.bits) >= std::max(count, other.count);
}

bool Vocabulary::Letters::may_be_spelled_alike(const Letters& other, bool sound) const {
  constexpr std::uint64_t kLetters = (std::uint64_t{1} << 26) - 1;
  constexpr std::uint64_t kCheap = std::uint64_t{1} << ('i' - 'a') | std::uint64_t{1}
                                                                         << ('l' - 'a');
  constexpr int kMax = static_cast<int>(core::names::kLettersMax);
  // Digits look like letters, and long words are cut.
  if (((bits | other.bits) & ~kLetters) != 0 || std::max(size, other.size) > kMax) return true;
  const int common = std::popcount(bits & other.bits);
  const std::uint64_t cheap = (bits ^ other.bits) & kCheap;
  const int same = std::countr_zero(first_four ^ other.first_four) / 8;
  return core::names::may_be_spelled_alike(
      {size, other.size, count - common, other.count - common,
       static_cast<int>((cheap >> ('i' - 'a') & 1) + (cheap >> ('l' - 'a') & 1)),
       std::min({same, size, other.size})},
      sound);
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
  words_.push_back(token);
  summaries_.emplace_back(token, vowelless);
  const auto at = static_cast<std::size_t>(kind);
  if (kinds_.size() <= at) kinds_.resize(at + 1);
  kinds_[at].push_back(next);
  return next;
}

bool Vocabulary::may_be_near(const Summary& left, const Summary& right) {
  const bool skeletons = left.vowelless || right.vowelless;
  if (left.text.mostly_in_common(right.text) || left.sound.mostly_in_common(right.sound)) {
    if (skeletons || left.text.may_be_spelled_alike(right.text, false)) return true;
    if (left.sound.may_be_spelled_alike(right.sound, true)) return true;
  }
  if (skeletons && left.skeleton.may_be_one(right.skeleton)) return true;
  if ((left.nicknames & right.nicknames) != 0 || left.variant == right.variant) return true;
  const bool initial = left.text.size == 1 || right.text.size == 1;
  return initial && ((left.text.first_four ^ right.text.first_four) & 0xff) == 0;
}

std::vector<Near> Vocabulary::near(const Token& token, Kind kind, bool vowelless) const {
  std::vector<Near> found;
  const auto at = static_cast<std::size_t>(kind);
  if (at >= kinds_.size()) return found;
  const Summary summary(token, vowelless);
  for (const std::uint32_t word : kinds_[at]) {
    if (!may_be_near(summary, summaries_[word])) continue;
    const bool skeletons = vowelless || summaries_[word].vowelless;
    const int score = core::names::token_score(token, words_[word], skeletons);
    if (score >= core::names::kPairedMin) found.push_back({word, score});
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &Near::score);
  return found;
}

}  // namespace gateway::screening
