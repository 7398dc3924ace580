#pragma once

#include <cstddef>
#include <string_view>

// How alike two words are, in thousandths: 1000 is equal. Whole numbers, so that a score is the
// same on every machine; every division rounds down.
namespace core::names {

inline constexpr std::size_t kLettersMax = 64;  // Longer words are compared by their beginning.

// Hundredths of a change: a whole one, the least for which a letter becomes another (an i and an l
// are less, and so is a letter that looks like a digit), and the least of all.
inline constexpr int kChangeWhole = 100;
inline constexpr int kChangeMin = 60;
inline constexpr int kGapMin = 30;

// Jaro-Winkler with a prefix of up to four letters that counts a tenth.
int jaro_winkler(std::string_view a, std::string_view b);

// 1000 less what must be changed, weighed against the longer word. Letters that sound or look alike
// (i and y, s and z, o and 0) cost less than others, so do vowels, a doubled letter and two letters
// that changed places. What would be below `least` is 0, and is found out sooner.
int edit_similarity(std::string_view a, std::string_view b, int least = 0);

}  // namespace core::names
