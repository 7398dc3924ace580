#include "core/rounding.h"

#include <algorithm>
#include <array>

#include "core/check.h"

namespace core {
namespace {

struct Name {
  std::string_view text;
  Rounding rounding;
};

constexpr auto kNames = std::to_array<Name>({
    {"floor", Rounding::Floor},
    {"ceiling", Rounding::Ceiling},
    {"down", Rounding::Down},
    {"up", Rounding::Up},
    {"half_even", Rounding::HalfEven},
    {"half_up", Rounding::HalfUp},
    {"half_down", Rounding::HalfDown},
});

}  // namespace

Result<Rounding> parse_rounding(std::string_view name) {
  const auto* const found = std::ranges::find(kNames, name, &Name::text);
  if (found != kNames.end()) return found->rounding;
  return invalid("unknown_choice", "",
                 "Choose floor, ceiling, down, up, half_even, half_up or half_down.");
}

bool grows(const CutOff& cut_off, Rounding rounding) {
  if (cut_off.exact) return false;
  switch (rounding) {
    case Rounding::Floor:
      return cut_off.negative;
    case Rounding::Ceiling:
      return !cut_off.negative;
    case Rounding::Down:
      return false;
    case Rounding::Up:
      return true;
    case Rounding::HalfEven:
      return cut_off.half > 0 || (cut_off.half == 0 && cut_off.odd);
    case Rounding::HalfUp:
      return cut_off.half >= 0;
    case Rounding::HalfDown:
      return cut_off.half > 0;
  }
  check_failed("rounding is one of the seven", __FILE__, __LINE__);
}

}  // namespace core
