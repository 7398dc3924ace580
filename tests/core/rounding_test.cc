#include "core/rounding.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core {
namespace {

TEST(ParseRounding, KnowsEachByItsName) {
  EXPECT_EQ(parse_rounding("floor").value(), Rounding::Floor);
  EXPECT_EQ(parse_rounding("ceiling").value(), Rounding::Ceiling);
  EXPECT_EQ(parse_rounding("down").value(), Rounding::Down);
  EXPECT_EQ(parse_rounding("up").value(), Rounding::Up);
  EXPECT_EQ(parse_rounding("half_even").value(), Rounding::HalfEven);
  EXPECT_EQ(parse_rounding("half_up").value(), Rounding::HalfUp);
  EXPECT_EQ(parse_rounding("half_down").value(), Rounding::HalfDown);
}

TEST(ParseRounding, RefusesEveryOtherWord) {
  for (const std::string_view name : {"", "half", "HALF_EVEN", "half-even", "floor ", "trunc"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(tests::outcome(parse_rounding(name)), "InvalidInput/unknown_choice");
  }
}

TEST(Grows, NeverWhereNothingWasCutOff) {
  for (const bool negative : {false, true}) {
    const CutOff exact{.negative = negative, .exact = true, .odd = true};
    for (const Rounding rounding :
         {Rounding::Floor, Rounding::Ceiling, Rounding::Down, Rounding::Up, Rounding::HalfEven,
          Rounding::HalfUp, Rounding::HalfDown}) {
      EXPECT_FALSE(grows(exact, rounding));
    }
  }
}

}  // namespace
}  // namespace core
