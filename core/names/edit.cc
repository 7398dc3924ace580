#include "core/names/edit.h"

#include <algorithm>
#include <array>
#include <vector>

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

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

bool share_group(char a, char b, auto groups) {
  return std::ranges::any_of(groups, [&](std::string_view group) {
    return group.find(a) != std::string_view::npos && group.find(b) != std::string_view::npos;
  });
}

int change_cost(char a, char b) {
  static constexpr auto kSounds = std::to_array<std::string_view>(
      {"bp", "dt", "gk", "ckq", "sz", "cs", "vw", "fv", "ijy", "mn", "gj", "hk", "cj"});
  static constexpr auto kLooks =
      std::to_array<std::string_view>({"0o", "1il", "3e", "4a", "5s", "8b"});
  if (a == b) return 0;
  if (share_group(a, b, kLooks)) return kLooksAlike;
  if (is_vowel(a) && is_vowel(b)) return kVowelForVowel;
  return share_group(a, b, kSounds) ? kAlike : kWhole;
}

// Of the letter at `at` being there or not.
int gap_cost(std::string_view word, std::size_t at) {
  if (at > 0 && word[at - 1] == word[at]) return kDoubled;
  return is_vowel(word[at]) || word[at] == 'h' ? kWeakLetter : kWhole;
}

using Row = std::array<int, kLetters + 1>;

int edit_cost(std::string_view a, std::string_view b) {
  Row before{};
  Row above{};
  Row row{};
  for (std::size_t j = 1; j <= b.size(); ++j) above[j] = above[j - 1] + gap_cost(b, j - 1);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = above[0] + gap_cost(a, i - 1);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j - 1] + change_cost(a[i - 1], b[j - 1]),
                         above[j] + gap_cost(a, i - 1), row[j - 1] + gap_cost(b, j - 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + kWhole);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

}  // namespace

int edit_similarity(std::string_view a, std::string_view b) {
  a = a.substr(0, kLetters);
  b = b.substr(0, kLetters);
  const int longest = static_cast<int>(std::max(a.size(), b.size()));
  if (longest == 0) return 1000;
  return std::max(0, 1000 - edit_cost(a, b) * 1000 / (longest * kWhole));
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
