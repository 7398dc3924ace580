#include "gateway/screening/consonants.h"

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>

#include "core/names/compare.h"
#include "core/names/edit.h"
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

// What may differ, of the longer name, of names that score a review by their consonants.
constexpr int kDiffer =
    core::names::kScoreMax -
    core::names::kReviewScore * core::names::kScoreMax / core::names::kSkeletonScore + 1;

// In hundredths of a change, times kScoreMax.
int most_of(const Consonants& left, const Consonants& right) {
  return kDiffer * kOther * static_cast<int>(std::max(left.size(), right.size()));
}

// So many changes, of which so many may be cheap, cost at least.
int least_of(int changes, int cheap) { return changes * kOther - cheap * (kOther - kDoubled); }

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
  const int most = most_of(*this, other);
  if (least_of(std::max(more, less), cheap) * core::names::kScoreMax > most) return false;
  // Two that change places part three pairs; whatever else changes parts fewer.
  const int parted = 3 * (most / (kOther * core::names::kScoreMax) + cheap);
  return std::popcount(pairs_ & ~other.pairs_) <= parted &&
         std::popcount(other.pairs_ & ~pairs_) <= parted;
}

Turned::Turned(const core::names::Name& name) : counted_(name) {
  for (const auto& token : name.tokens) {
    begins_.push_back(static_cast<std::uint16_t>(twice_.size()));
    for (const char c : token.skeleton) twice_.push_back(static_cast<std::uint8_t>(class_of(c)));
  }
  const std::vector<std::uint8_t> once = twice_;
  twice_.insert(twice_.end(), once.begin(), once.end());
}

Turns::Turns(const core::names::Name& name) : own_(name) {
  const std::size_t size = own_.twice_.size() / 2;
  if (size > core::names::kLettersMax) return;
  for (const std::size_t begin : own_.begins_) {
    Places& places = places_.emplace_back();
    for (std::size_t i = 0; i < size; ++i) {
      places[own_.twice_[begin + i]] |= std::uint64_t{1} << i;
    }
  }
}

// Hyyrö's bit-parallel distance with swaps: a column of the table of distances is two words of
// bits, for where it grows and where it shrinks.
int Turns::changes(const Places& places, std::size_t size, const std::uint8_t* text,
                   std::size_t text_size) {
  std::uint64_t grows = ~std::uint64_t{0};
  std::uint64_t shrinks = 0;
  std::uint64_t diagonal = 0;
  std::uint64_t before = 0;
  int count = static_cast<int>(size);
  for (std::size_t i = 0; i < text_size; ++i) {
    const std::uint64_t here = places[text[i]];
    const std::uint64_t swapped = ((~diagonal & here) << 1) & before;
    diagonal = (((here & grows) + grows) ^ grows) | here | shrinks | swapped;
    std::uint64_t more = shrinks | ~(diagonal | grows);
    std::uint64_t less = diagonal & grows;
    count += static_cast<int>(more >> (size - 1) & 1) - static_cast<int>(less >> (size - 1) & 1);
    more = more << 1 | 1;
    less <<= 1;
    grows = less | ~(diagonal | more);
    shrinks = more & diagonal;
    before = here;
  }
  return count;
}

bool Turns::may_meet(const Turned& other) const {
  const std::size_t size = own_.counted_.size();
  const std::size_t other_size = other.counted_.size();
  // The measure cuts longer ones.
  if (places_.empty() || size == 0 || other_size > core::names::kLettersMax) return true;
  const int cheap = own_.counted_.cheap() + other.counted_.cheap();
  const int most = most_of(own_.counted_, other.counted_);
  const auto near_enough = [&](const Places& places, std::size_t begin) {
    const int count = changes(places, size, other.twice_.data() + begin, other_size);
    return least_of(count, cheap) * core::names::kScoreMax <= most;
  };
  for (const std::size_t begin : other.begins_) {
    if (near_enough(places_.front(), begin)) return true;
  }
  for (std::size_t i = 1; i < places_.size(); ++i) {
    if (near_enough(places_[i], 0)) return true;
  }
  return false;
}

}  // namespace gateway::screening
