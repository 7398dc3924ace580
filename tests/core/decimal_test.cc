#include "core/decimal.h"

#include <gtest/gtest.h>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

constexpr Minor kMax = static_cast<Minor>(~__extension__ static_cast<unsigned __int128>(0) >> 1);
constexpr Minor kMin = -kMax - 1;
constexpr std::string_view kMaxText = "170141183460469231731687303715884105727";  // 2^127 - 1

std::string text(const Result<Minor>& result) {
  return result.has_value() ? to_string(result.value()) : tests::outcome(result);
}

TEST(Minor, PrintsTheWholeRange) {
  EXPECT_EQ(to_string(Minor{0}), "0");
  EXPECT_EQ(to_string(Minor{-7}), "-7");
  EXPECT_EQ(to_string(kMax), kMaxText);
  EXPECT_EQ(to_string(-kMax), "-" + std::string(kMaxText));
  EXPECT_EQ(to_string(kMin), "-170141183460469231731687303715884105728");
}

TEST(ParseDecimal, ReadsDigitsAndScale) {
  EXPECT_EQ(parse_decimal("0").value(), (Decimal{0, 0}));
  EXPECT_EQ(parse_decimal("12.5").value(), (Decimal{125, 1}));
  EXPECT_EQ(parse_decimal("-12.05").value(), (Decimal{-1205, 2}));
  EXPECT_EQ(parse_decimal("0.000000000000000001").value(), (Decimal{1, 18}));
  EXPECT_EQ(parse_decimal("100").value(), (Decimal{100, 0}));
}

TEST(ParseDecimal, DropsZerosAtTheEndOfTheDecimals) {
  EXPECT_EQ(parse_decimal("5.00").value(), (Decimal{5, 0}));
  EXPECT_EQ(parse_decimal("5.10").value(), (Decimal{51, 1}));
  EXPECT_EQ(parse_decimal("0.000").value(), (Decimal{0, 0}));
  EXPECT_EQ(parse_decimal("1.000000000000000000").value(), (Decimal{1, 0}));
}

TEST(ParseDecimal, RefusesWhatIsNotWrittenPlainly) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view written :
       {""sv,      "-"sv,    "."sv,   "-."sv,     "-0"sv,      "-0.00"sv, "01"sv,  "00"sv,
        "-01"sv,   "00.5"sv, ".5"sv,  "5."sv,     "-.5"sv,     "+1"sv,    "1e3"sv, "1E3"sv,
        " 1"sv,    "1 "sv,   "1,0"sv, "1.0.0"sv,  "--1"sv,     "1-"sv,    "0x1"sv, "1\0"sv,
        "1'000"sv, "NaN"sv,  "inf"sv, "\u0661"sv, "\u22121"sv, "1.5-"sv,  "1.-5"sv}) {
    SCOPED_TRACE(written);
    EXPECT_EQ(tests::outcome(parse_decimal(written)), "InvalidInput/decimal");
  }
}

TEST(ParseDecimal, RefusesMoreThanEighteenDecimalsAsWritten) {
  EXPECT_EQ(tests::outcome(parse_decimal("0.0000000000000000001")), "InvalidInput/decimal");
  EXPECT_EQ(tests::outcome(parse_decimal("1.0000000000000000000")), "InvalidInput/decimal");
}

TEST(ParseDecimal, TakesThirtyEightDigitsAndNotOneMore) {
  const std::string nines(38, '9');
  EXPECT_EQ(to_string(parse_decimal("-" + nines).value()), "-" + nines);
  const std::string with_point = nines.substr(18) + "." + nines.substr(20);
  EXPECT_EQ(to_string(parse_decimal("-" + with_point).value()), "-" + with_point);
  EXPECT_EQ(tests::outcome(parse_decimal("1" + std::string(38, '0'))), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(parse_decimal("1" + with_point)), "Overflow/overflow");
}

TEST(ParseDecimal, RefusesALongTextByItsLength) {
  EXPECT_EQ(tests::outcome(parse_decimal(std::string(41, '9'))), "InvalidInput/decimal");
  EXPECT_EQ(tests::outcome(parse_decimal(std::string(1'000'000, '1'))), "InvalidInput/decimal");
}

TEST(ParseDecimal, ReadsWhatIsPrinted) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const Minor minor = numbers.any() / 4;  // Below 10^38.
    const auto scale = static_cast<unsigned>(numbers.below(kScaleMax + 1));
    const Decimal value = to_decimal(minor, scale);
    EXPECT_EQ(parse_decimal(to_string(value)).value(), value);
    EXPECT_EQ(parse_decimal(print_fixed(minor, scale)).value(), value);
    EXPECT_EQ(to_string(to_minor(value, scale).value()), to_string(minor));
  }
}

TEST(ParseDecimal, AcceptsNoTextThatPrintsDifferently) {
  constexpr std::string_view kLikely = "0123.-+e ";
  int accepted = 0;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    std::string written(numbers.below(7), '0');
    for (char& character : written) character = kLikely[numbers.below(kLikely.size())];
    const auto value = parse_decimal(written);
    if (!value.has_value()) continue;
    ++accepted;
    const std::size_t point = written.find('.');
    const std::size_t decimals = point == std::string::npos ? 0 : written.size() - point - 1;
    const Minor minor = to_minor(value.value(), static_cast<unsigned>(decimals)).value();
    EXPECT_EQ(print_fixed(minor, static_cast<unsigned>(decimals)), written);
  }
  EXPECT_GT(accepted, 1'000);
}

TEST(PrintFixed, AlwaysWritesAllDecimals) {
  EXPECT_EQ(print_fixed(0, 2), "0.00");
  EXPECT_EQ(print_fixed(5, 2), "0.05");
  EXPECT_EQ(print_fixed(-5, 3), "-0.005");
  EXPECT_EQ(print_fixed(-12345, 2), "-123.45");
  EXPECT_EQ(print_fixed(12345, 0), "12345");
  EXPECT_EQ(print_fixed(kMin, 38), "-1.70141183460469231731687303715884105728");
}

TEST(ToMinor, CountsUnitsOfTheScale) {
  EXPECT_EQ(text(to_minor({125, 1}, 2)), "1250");
  EXPECT_EQ(text(to_minor({-125, 1}, 1)), "-125");
  EXPECT_EQ(text(to_minor({0, 0}, 200)), "0");
}

TEST(ToMinor, TakesAnUnnormalisedDecimalByItsValue) { EXPECT_EQ(text(to_minor({500, 2}, 0)), "5"); }

TEST(ToMinor, RefusesMoreDecimalsThanTheScale) {
  EXPECT_EQ(text(to_minor({125, 1}, 0)), "InvalidInput/precision");
  EXPECT_EQ(text(to_minor({1, 3}, 2)), "InvalidInput/precision");
  EXPECT_EQ(text(to_minor({1, 255}, 2)), "InvalidInput/precision");
}

TEST(ToMinor, RefusesWhatDoesNotFit) {
  EXPECT_EQ(text(to_minor({kMax, 0}, 1)), "Overflow/overflow");
  EXPECT_EQ(text(to_minor({-kMax, 0}, 1)), "Overflow/overflow");
  EXPECT_EQ(text(to_minor({1, 0}, 39)), "Overflow/overflow");
  EXPECT_EQ(text(to_minor({kMin, 0}, 0)), "Overflow/overflow");
}

TEST(ToDecimal, IsNormalised) {
  EXPECT_EQ(to_decimal(500, 2), (Decimal{5, 0}));
  EXPECT_EQ(to_decimal(-550, 2), (Decimal{-55, 1}));
  EXPECT_EQ(to_decimal(0, 18), (Decimal{0, 0}));
  EXPECT_EQ(to_decimal(500, 0), (Decimal{500, 0}));
}

TEST(CheckedArithmetic, GivesExactResults) {
  EXPECT_EQ(text(add(kMax - 1, 1)), kMaxText);
  EXPECT_EQ(text(subtract(5, 7)), "-2");
  EXPECT_EQ(text(multiply(-3, 4)), "-12");
  EXPECT_EQ(text(power_of_ten(0)), "1");
  EXPECT_EQ(text(power_of_ten(38)), "1" + std::string(38, '0'));
}

TEST(CheckedArithmetic, RefusesResultsOutsideOneHundredTwentySevenBits) {
  EXPECT_EQ(text(add(kMax, 1)), "Overflow/overflow");
  EXPECT_EQ(text(subtract(-kMax, 2)), "Overflow/overflow");
  EXPECT_EQ(text(multiply(kMax, 2)), "Overflow/overflow");
  EXPECT_EQ(text(multiply(kMin, -1)), "Overflow/overflow");
  EXPECT_EQ(text(power_of_ten(39)), "Overflow/overflow");
}

TEST(CheckedArithmetic, NeverGivesTheNumberWithoutANegation) {
  EXPECT_EQ(text(add(-kMax, -1)), "Overflow/overflow");
  EXPECT_EQ(text(subtract(-kMax, 1)), "Overflow/overflow");
  EXPECT_EQ(text(multiply(Minor{1} << 126, -2)), "Overflow/overflow");
  EXPECT_EQ(text(multiply_divide(kMin, 1, 1, Rounding::Down)), "Overflow/overflow");
}

// Tenths rounded to whole numbers: each row is a rounding, each column a numerator.
TEST(MultiplyDivide, RoundsAsNamed) {
  const int numerators[] = {-25, -24, -20, -16, -15, -14, -5, -1, 0, 1, 5, 14, 15, 16, 20, 24, 25};
  const std::pair<Rounding, std::string_view> rows[] = {
      {Rounding::Floor, "-3 -3 -2 -2 -2 -2 -1 -1 0 0 0 1 1 1 2 2 2"},
      {Rounding::Ceiling, "-2 -2 -2 -1 -1 -1 0 0 0 1 1 2 2 2 2 3 3"},
      {Rounding::Down, "-2 -2 -2 -1 -1 -1 0 0 0 0 0 1 1 1 2 2 2"},
      {Rounding::Up, "-3 -3 -2 -2 -2 -2 -1 -1 0 1 1 2 2 2 2 3 3"},
      {Rounding::HalfEven, "-2 -2 -2 -2 -2 -1 0 0 0 0 0 1 2 2 2 2 2"},
      {Rounding::HalfUp, "-3 -2 -2 -2 -2 -1 -1 0 0 0 1 1 2 2 2 2 3"},
      {Rounding::HalfDown, "-2 -2 -2 -2 -1 -1 0 0 0 0 0 1 1 2 2 2 2"}};
  for (const auto& [rounding, expected] : rows) {
    std::string row;
    std::string mirrored;
    for (const int numerator : numerators) {
      row += (row.empty() ? "" : " ") + text(multiply_divide(numerator, 1, 10, rounding));
      mirrored +=
          (mirrored.empty() ? "" : " ") + text(multiply_divide(1, -numerator, -10, rounding));
    }
    EXPECT_EQ(row, expected);
    // Minus by minus: only the sign of the quotient counts.
    EXPECT_EQ(mirrored, expected);
  }
}

TEST(MultiplyDivide, KeepsTheWholeProduct) {
  EXPECT_EQ(text(multiply_divide(kMax, kMax, kMax, Rounding::Down)), kMaxText);
  EXPECT_EQ(text(multiply_divide(kMax, -kMax, kMax, Rounding::Up)), "-" + std::string(kMaxText));
  EXPECT_EQ(text(multiply_divide(kMin, kMin, kMin, Rounding::Down)), "Overflow/overflow");
  EXPECT_EQ(text(multiply_divide(kMin, 1, 2, Rounding::Down)), to_string(kMin / 2));
}

TEST(MultiplyDivide, HalvesOfTheLargestDivisorAreExact) {
  const Minor half = kMax / 2;  // kMax is odd, so this is just below one half.
  EXPECT_EQ(text(multiply_divide(half, 1, kMax, Rounding::HalfUp)), "0");
  EXPECT_EQ(text(multiply_divide(half + 1, 1, kMax, Rounding::HalfEven)), "1");
  EXPECT_EQ(text(multiply_divide(Minor{1} << 126, 1, kMin, Rounding::HalfUp)), "-1");
  EXPECT_EQ(text(multiply_divide(Minor{1} << 126, 1, kMin, Rounding::HalfEven)), "0");
}

TEST(MultiplyDivide, RefusesAZeroDivisor) {
  EXPECT_EQ(text(multiply_divide(1, 1, 0, Rounding::Down)), "InvalidInput/division_by_zero");
  EXPECT_EQ(tests::outcome(divide_product(1, 1, 0)), "InvalidInput/division_by_zero");
}

TEST(MultiplyDivide, RefusesAQuotientThatDoesNotFit) {
  EXPECT_EQ(text(multiply_divide(kMax, 2, 1, Rounding::Down)), "Overflow/overflow");
  EXPECT_EQ(text(multiply_divide(kMax, kMax, 1, Rounding::Down)), "Overflow/overflow");
  EXPECT_EQ(tests::outcome(divide_product(kMax, -2, 1)), "Overflow/overflow");
  // (2^128 - 1) / 2 fits rounded down and not rounded up; 2^128 - 1 = 274177 * q.
  const Minor q = multiply_divide(kMax, 2, 274'177, Rounding::Up).value();
  EXPECT_EQ(text(multiply_divide(q, 274'177, 2, Rounding::Down)), kMaxText);
  EXPECT_EQ(text(multiply_divide(q, 274'177, 2, Rounding::Up)), "Overflow/overflow");
}

TEST(MultiplyDivide, AgreesWithNarrowArithmetic) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const Minor a = static_cast<Minor>(numbers.below(1ULL << 60)) - (Minor{1} << 59);
    const Minor b = static_cast<Minor>(numbers.below(1ULL << 60)) - (Minor{1} << 59);
    Minor c = static_cast<Minor>(numbers.below(1ULL << numbers.below(60))) - 9;
    if (c == 0) c = 1;
    EXPECT_EQ(text(multiply_divide(a, b, c, Rounding::Down)), to_string(a * b / c));
    const auto both = divide_product(a, b, c).value();
    EXPECT_EQ(to_string(both.quotient), to_string(a * b / c));
    EXPECT_EQ(to_string(both.remainder), to_string(a * b % c));
  }
}

TEST(MultiplyDivide, RoundingsKeepTheirOrder) {
  for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const Minor a = numbers.any();
    const Minor b = numbers.any();
    const Minor c = numbers.any();
    const auto floor = multiply_divide(a, b, c, Rounding::Floor);
    const auto ceiling = multiply_divide(a, b, c, Rounding::Ceiling);
    if (!floor.has_value() || !ceiling.has_value()) continue;
    const auto both = divide_product(a, b, c).value();
    EXPECT_EQ(to_string(ceiling.value() - floor.value()), both.remainder == 0 ? "0" : "1");
    for (const Rounding rounding :
         {Rounding::Down, Rounding::Up, Rounding::HalfEven, Rounding::HalfUp, Rounding::HalfDown}) {
      const Minor rounded = multiply_divide(a, b, c, rounding).value();
      EXPECT_TRUE(rounded == floor.value() || rounded == ceiling.value());
    }
  }
}

}  // namespace
}  // namespace core
