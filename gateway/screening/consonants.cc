#include "gateway/screening/consonants.h"

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

#include "core/names/compare.h"
#include "core/names/particulars.h"

namespace gateway::screening {
namespace {

// Of core::names::edit_similarity(), in hundredths of a change: what another consonant costs, and
// what one of two equal ones costs.
constexpr int kOther = 100;
constexpr int kDoubled = 30;

constexpr std::string_view kConsonants = "bfkstlm";

std::size_t class_of(char c) {
  const std::size_t at = kConsonants.find(c);
  return at == kConsonants.npos ? kConsonants.size() : at;
}

}  // namespace

Consonants::Consonants(const core::names::Name& name) {
  std::string all;
  for (const auto& token : name.tokens) all += token.skeleton;
  size_ = static_cast<std::uint16_t>(std::min<std::size_t>(all.size(), UINT16_MAX));
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::uint8_t& count = counts_[class_of(all[i])];
    if (count < UINT8_MAX) ++count;
    const char next = all[(i + 1) % all.size()];
    const bool cheap = all[i] == next || class_of(all[i]) == kConsonants.size();
    cheap_ = static_cast<std::uint16_t>(cheap_ + (cheap ? 1 : 0));
    pairs_ |= std::uint64_t{1} << (class_of(all[i]) * kClasses + class_of(next));
  }
}

bool Consonants::may_meet(const Consonants& other) const {
  if (std::min(size_, other.size_) < core::names::kFarConsonantsMin) return false;
  int more = 0;
  int less = 0;
  for (std::size_t i = 0; i < kClasses; ++i) {
    const int difference = counts_[i] - other.counts_[i];
    more += std::max(difference, 0);
    less += std::max(-difference, 0);
  }
  const int cheap = cheap_ + other.cheap_;
  const int least = std::max(more, less) * kOther - cheap * (kOther - kDoubled);
  // What may differ, of the longer name, of names that score a review by their consonants.
  constexpr int kDiffer =
      core::names::kScoreMax -
      core::names::kReviewScore * core::names::kScoreMax / core::names::kSkeletonScore + 1;
  const int most = kDiffer * kOther * std::max(size_, other.size_);
  if (least * core::names::kScoreMax > most) return false;
  // Two that change places part three pairs; whatever else changes parts fewer.
  const int parted = 3 * (most / (kOther * core::names::kScoreMax) + cheap);
  return std::popcount(pairs_ & ~other.pairs_) <= parted &&
         std::popcount(other.pairs_ & ~pairs_) <= parted;
}

}  // namespace gateway::screening
