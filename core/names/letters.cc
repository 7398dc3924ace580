#include "core/names/letters.h"

#include <algorithm>
#include <vector>

#include "core/names/compare.h"

namespace core::names {
namespace {

constexpr std::size_t kContradictingMax = 4;  // Letters on both sides; each takes a twelfth.
constexpr std::size_t kShortNameMin = 2;      // Letters of a body's short name that a longer has.

std::uint8_t writing_of_letter(char32_t c) {
  if (c >= 0xac00 && c <= 0xd7a3) return kHangul;
  if (c >= 0x3041 && c <= 0x30ff) return kKana;
  const bool han = c == 0x3005 || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
                   (c >= 0x20000 && c <= 0x323af);
  return han ? kHan : kUnromanised;
}

// The letters that stand in both in the same order: the most of them.
std::size_t in_common(const std::u32string& left, const std::u32string& right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (const char32_t letter : left) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = letter == right[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
      diagonal = above;
    }
  }
  return row.back();
}

int share_of(std::size_t shared, std::size_t left, std::size_t right) {
  return static_cast<int>(2 * kScoreMax * shared / (left + right));
}

// A body's whole short name within a name at most twice as long.
bool is_short_name(std::size_t shared, std::size_t left, std::size_t right, Kind kind) {
  const std::size_t shorter = std::min(left, right);
  return kind != Kind::Person && shared == shorter && shared >= kShortNameMin &&
         2 * shared >= std::max(left, right);
}

}  // namespace

std::uint8_t writing_of(std::u32string_view letters) {
  std::uint8_t writing = 0;
  for (const char32_t letter : letters) writing |= writing_of_letter(letter);
  return writing;
}

bool letters_meet(const Name& left, const Name& right) {
  return (left.writing & right.writing) != 0;
}

bool may_score(std::size_t shared, std::size_t left, std::size_t right, Kind kind, int least) {
  return share_of(shared, left, right) >= least || is_short_name(shared, left, right, kind);
}

int letters_score(const Name& left, const Name& right) {
  const std::size_t shared = in_common(left.letters, right.letters);
  const std::size_t a = left.letters.size();
  const std::size_t b = right.letters.size();
  const auto against = static_cast<int>(std::min({a - shared, b - shared, kContradictingMax}));
  int score = share_of(shared, a, b);
  score -= score * against / 12;
  return is_short_name(shared, a, b, left.kind) ? std::max(score, kMatchScore) : score;
}

}  // namespace core::names
