#include "core/written_decimal.h"

#include <gtest/gtest.h>

#include <climits>

#include "core/decimal.h"
#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

constexpr Rounding kAll[] = {Rounding::Floor,    Rounding::Ceiling, Rounding::Down,    Rounding::Up,
                             Rounding::HalfEven, Rounding::HalfUp,  Rounding::HalfDown};

std::string rounded(std::string_view text, int scale, Rounding rounding) {
  const auto result = round_written(text, scale, rounding);
  return result.has_value() ? result.value() : tests::outcome(result);
}

TEST(RoundWritten, RoundsAsNamed) {
  const std::pair<Rounding, std::string_view> rows[] = {
      {Rounding::Floor, "-3 -3 -2 -1 0 0 1 2 2"},   {Rounding::Ceiling, "-2 -2 -1 0 0 1 2 3 3"},
      {Rounding::Down, "-2 -2 -1 0 0 0 1 2 2"},     {Rounding::Up, "-3 -3 -2 -1 0 1 2 3 3"},
      {Rounding::HalfEven, "-3 -2 -2 0 0 0 2 2 3"}, {Rounding::HalfUp, "-3 -3 -2 -1 0 1 2 3 3"},
      {Rounding::HalfDown, "-3 -2 -1 0 0 0 1 2 3"}};
  for (const auto& [rounding, expected] : rows) {
    std::string row;
    for (const char* text :
         {"-2.51", "-2.5", "-1.5", "-0.5", "0", "0.5", "1.5", "2.5", "2.500001"}) {
      row += (row.empty() ? "" : " ") + rounded(text, 0, rounding);
    }
    EXPECT_EQ(row, expected);
  }
}

TEST(RoundWritten, AlwaysWritesAllDecimalsOfTheScale) {
  EXPECT_EQ(rounded("1", 2, Rounding::HalfEven), "1.00");
  EXPECT_EQ(rounded("0", 3, Rounding::HalfEven), "0.000");
  EXPECT_EQ(rounded("-7.1", 1, Rounding::HalfEven), "-7.1");
  EXPECT_EQ(rounded("0.1", 2, Rounding::HalfEven), "0.10");
  EXPECT_EQ(rounded("1.005", 2, Rounding::HalfUp), "1.01");
  EXPECT_EQ(rounded("9.995", 2, Rounding::HalfUp), "10.00");
  EXPECT_EQ(rounded("99.999", 0, Rounding::Down), "99");
}

TEST(RoundWritten, ANegativeScaleRoundsToTensAndHundreds) {
  EXPECT_EQ(rounded("1250", -2, Rounding::HalfEven), "1200");
  EXPECT_EQ(rounded("1350", -2, Rounding::HalfEven), "1400");
  EXPECT_EQ(rounded("-1250.01", -2, Rounding::HalfEven), "-1300");
  EXPECT_EQ(rounded("999", -1, Rounding::Up), "1000");
  EXPECT_EQ(rounded("50", -2, Rounding::HalfEven), "0");
  EXPECT_EQ(rounded("50", -2, Rounding::HalfUp), "100");
  EXPECT_EQ(rounded("7", -3, Rounding::HalfUp), "0");
  EXPECT_EQ(rounded("7", -3, Rounding::Ceiling), "1000");
  EXPECT_EQ(rounded("-7", -3, Rounding::Floor), "-1000");
  EXPECT_EQ(rounded("0", -3, Rounding::Up), "0");
}

TEST(RoundWritten, NeverWritesMinusZero) {
  EXPECT_EQ(rounded("-0.004", 2, Rounding::HalfEven), "0.00");
  EXPECT_EQ(rounded("-0.004", 2, Rounding::Ceiling), "0.00");
  EXPECT_EQ(rounded("-4", -1, Rounding::Down), "0");
}

TEST(RoundWritten, AHalfIsSeenAcrossAnyNumberOfDigits) {
  const std::string zeros(900, '0');
  EXPECT_EQ(rounded("0.5" + zeros, 0, Rounding::HalfEven), "0");
  EXPECT_EQ(rounded("0.5" + zeros + "1", 0, Rounding::HalfEven), "1");
  EXPECT_EQ(rounded("0.4" + std::string(900, '9'), 0, Rounding::HalfUp), "0");
  EXPECT_EQ(rounded(std::string(999, '9') + ".9", 0, Rounding::HalfUp),
            "1" + std::string(999, '0'));
}

TEST(RoundWritten, AgreesWithTheArithmeticOfAmounts) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const Minor minor = numbers.any() / 4;
    const auto from = static_cast<unsigned>(numbers.below(19));
    const auto to = static_cast<unsigned>(numbers.below(from + 1));
    const Minor unit = power_of_ten(from - to).value();
    for (const Rounding rounding : kAll) {
      EXPECT_EQ(rounded(print_fixed(minor, from), static_cast<int>(to), rounding),
                print_fixed(multiply_divide(minor, 1, unit, rounding).value(), to));
    }
  }
}

TEST(RoundWritten, RefusesWhatIsNotWrittenPlainly) {
  for (const std::string_view text : {"", "-", ".", "1.", ".5", "+1", "1e3", "01", "-0", "-0.00",
                                      " 1", "1 ", "1,5", "NaN", "--1", "0x1"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(rounded(text, 2, Rounding::HalfEven), "InvalidInput/decimal");
  }
}

TEST(RoundWritten, TakesAThousandDigitsAndNotOneMore) {
  const std::string most = std::string(500, '1') + "." + std::string(500, '1');
  EXPECT_EQ(rounded(most, 0, Rounding::Down), std::string(500, '1'));
  EXPECT_EQ(rounded(most + "1", 0, Rounding::Down), "InvalidInput/decimal");
  EXPECT_EQ(rounded("1", 1000, Rounding::Down), "1." + std::string(1000, '0'));
  EXPECT_EQ(rounded("1", -1000, Rounding::Up), "1" + std::string(1000, '0'));
  for (const int scale : {1001, -1001, INT_MAX, INT_MIN}) {
    EXPECT_EQ(rounded("1", scale, Rounding::Down), "InvalidInput/scale_range");
  }
}

}  // namespace
}  // namespace core
