#pragma once

#include <string>
#include <string_view>

namespace core::names {

// A word of a-z as it sounds, so that romanisations of one name agree: "kh" is h, "ou" is u, "sch"
// and "sh" are s, a doubled letter is one.
std::string sound_of(std::string_view word);

// Only the consonants, each as the first of those that are written for one another in other scripts
// (b for p, t for d, r for l); for names that come without vowels, or with more than they had.
std::string skeleton_of(std::string_view word);

}  // namespace core::names
