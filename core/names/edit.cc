#include "core/names/edit.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace core::names {
namespace {

constexpr std::size_t kLetters = kLettersMax;

// Costs in hundredths of a whole change.
constexpr int kWhole = 100;
constexpr int kVowelForVowel = 60;
constexpr int kAlike = 60;
constexpr int kLooksAlike = 30;
constexpr int kDoubled = 30;
constexpr int kWeakLetter = 75;  // A vowel or an h that is there or not.
static_assert(kWhole == kChangeWhole &&
              std::min({kWeakLetter, kVowelForVowel, kAlike}) == kChangeMin);
static_assert(std::min(kLooksAlike, kDoubled) == kGapMin);

constexpr bool is_vowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

constexpr bool share_group(char a, char b, auto groups) {
  return std::ranges::any_of(groups, [&](std::string_view group) {
    return group.find(a) != std::string_view::npos && group.find(b) != std::string_view::npos;
  });
}

constexpr int change_cost(char a, char b) {
  constexpr auto kSounds = std::to_array<std::string_view>(
      {"bp", "dt", "gk", "ckq", "sz", "cs", "vw", "fv", "ijy", "mn", "gj", "hk", "cj"});
  constexpr auto kLooks = std::to_array<std::string_view>({"0o", "1il", "3e", "4a", "5s", "8b"});
  if (a == b) return 0;
  if (share_group(a, b, kLooks)) return kLooksAlike;
  if (is_vowel(a) && is_vowel(b)) return kVowelForVowel;
  return share_group(a, b, kSounds) ? kAlike : kWhole;
}

constexpr std::string_view kFolded = "abcdefghijklmnopqrstuvwxyz0123456789";

// Names are compared by the billion: what two letters cost is looked up, not worked out.
// Made at the start: compilers bound how much they work out themselves.
const auto kChangeCosts = [] {
  std::array<std::array<std::uint8_t, kFolded.size()>, kFolded.size()> costs{};
  for (std::size_t i = 0; i < kFolded.size(); ++i) {
    for (std::size_t j = 0; j < kFolded.size(); ++j) {
      costs[i][j] = static_cast<std::uint8_t>(change_cost(kFolded[i], kFolded[j]));
    }
  }
  return costs;
}();

// The letter's place in kFolded; any other byte counts as the last of it.
constexpr std::uint8_t place_of(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<std::uint8_t>(c - 'a');
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(26 + c - '0');
  return kFolded.size() - 1;
}

// Of the letter at `at` being there or not.
int gap_cost(std::string_view word, std::size_t at) {
  if (at > 0 && word[at - 1] == word[at]) return kDoubled;
  return is_vowel(word[at]) || word[at] == 'h' ? kWeakLetter : kWhole;
}

using Row = std::array<int, kLetters + 1>;

struct Word {
  explicit Word(std::string_view text) : size(text.size()) {
    for (std::size_t i = 0; i < size; ++i) {
      places[i] = place_of(text[i]);
      gaps[i] = gap_cost(text, i);
    }
  }

  std::size_t size;
  std::array<std::uint8_t, kLetters> places;
  std::array<int, kLetters> gaps;
};

// What must be changed; once it must be more than `most`, some number above that.
int edit_cost(std::string_view left, std::string_view right, int most) {
  const Word a(left);
  const Word b(right);
  std::array<Row, 3> rows;
  Row* before = &rows[0];
  Row* above = &rows[1];
  Row* row = &rows[2];
  (*above)[0] = 0;
  for (std::size_t j = 1; j <= b.size; ++j) (*above)[j] = (*above)[j - 1] + b.gaps[j - 1];
  int least_above = 0;
  for (std::size_t i = 1; i <= a.size; ++i) {
    const auto& costs = kChangeCosts[a.places[i - 1]];
    const int gap = a.gaps[i - 1];
    int cost = (*above)[0] + gap;
    int least = cost;
    (*row)[0] = cost;
    for (std::size_t j = 1; j <= b.size; ++j) {
      cost = std::min(
          {(*above)[j - 1] + costs[b.places[j - 1]], (*above)[j] + gap, cost + b.gaps[j - 1]});
      const bool swapped = i > 1 && j > 1 && a.places[i - 1] == b.places[j - 2] &&
                           a.places[i - 2] == b.places[j - 1];
      if (swapped) cost = std::min(cost, (*before)[j - 2] + kWhole);
      (*row)[j] = cost;
      least = std::min(least, cost);
    }
    // A swap reaches over one row.
    if (std::min(least, least_above) > most) return most + 1;
    least_above = least;
    Row* const spare = before;
    before = above;
    above = row;
    row = spare;
  }
  return (*above)[b.size];
}

}  // namespace

int edit_similarity(std::string_view a, std::string_view b, int least) {
  a = a.substr(0, kLetters);
  b = b.substr(0, kLetters);
  const int longest = static_cast<int>(std::max(a.size(), b.size()));
  if (longest == 0) return 1000;
  const int most = ((1001 - least) * longest * kWhole - 1) / 1000;
  const int alike = 1000 - edit_cost(a, b, most) * 1000 / (longest * kWhole);
  return alike < least ? 0 : std::max(0, alike);
}

int jaro_winkler(std::string_view a, std::string_view b) {
  a = a.substr(0, kLetters);
  b = b.substr(0, kLetters);
  if (a.empty() || b.empty()) return a.size() == b.size() ? 1000 : 0;
  const std::size_t longest = std::max(a.size(), b.size());
  const std::size_t reach = longest / 2 > 0 ? longest / 2 - 1 : 0;
  std::array<bool, kLetters> taken{};
  std::array<std::size_t, kLetters> partner{};
  int matches = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::size_t end = std::min(b.size(), i + reach + 1);
    for (std::size_t j = i > reach ? i - reach : 0; j < end; ++j) {
      if (taken[j] || a[i] != b[j]) continue;
      taken[j] = true;
      partner[static_cast<std::size_t>(matches++)] = i;
      break;
    }
  }
  if (matches == 0) return 0;
  int out_of_place = 0;
  std::size_t next = 0;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j] && a[partner[next++]] != b[j]) ++out_of_place;
  }
  const int size_a = static_cast<int>(a.size());
  const int size_b = static_cast<int>(b.size());
  const int jaro = (1000 * matches / size_a + 1000 * matches / size_b +
                    1000 * (2 * matches - out_of_place) / (2 * matches)) /
                   3;
  int prefix = 0;
  for (std::size_t i = 0; i < std::min({a.size(), b.size(), std::size_t{4}}) && a[i] == b[i]; ++i) {
    ++prefix;
  }
  return jaro + prefix * (1000 - jaro) / 10;
}

}  // namespace core::names
