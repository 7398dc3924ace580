#pragma once

#include <compare>
#include <string_view>

#include "core/result.h"

namespace core {

// HalfUp takes a half away from zero (-2.5 becomes -3), as commerce does; HalfDown towards it.
enum class Rounding { Floor, Ceiling, Down, Up, HalfEven, HalfUp, HalfDown };

// "floor", "ceiling", "down", "up", "half_even", "half_up", "half_down".
// Errors: InvalidInput/unknown_choice.
Result<Rounding> parse_rounding(std::string_view name);

// What was cut off a magnitude: all that the rules of rounding look at.
struct CutOff {
  bool negative = false;  // The sign of the number that is rounded.
  bool exact = false;     // Nothing was cut off.
  bool odd = false;       // The last unit that is kept.
  std::strong_ordering half = std::strong_ordering::less;  // What was cut off against half a unit.
};

// Whether the magnitude that is kept grows by one unit. Every rounding in the product asks this.
bool grows(const CutOff& cut_off, Rounding rounding);

}  // namespace core
