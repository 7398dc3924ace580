#include "core/amount.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core {
namespace {

constexpr Minor kMax = static_cast<Minor>(~__extension__ static_cast<unsigned __int128>(0) >> 1);

Amount amount(std::string_view code, Minor minor) { return {commodity(code).value(), minor}; }

std::string text(const Result<Amount>& result) {
  return result.has_value() ? to_string(result.value()) : tests::outcome(result);
}

TEST(Commodity, HasTheScaleOfItsKind) {
  const std::pair<std::string_view, int> expected[] = {{"EUR", 2},
                                                       {"JPY", 0},
                                                       {"IQD", 3},
                                                       {"UNIT.P1E1", 8},
                                                       {"LOT.S7", 8},
                                                       {"MARK.USD", 2},
                                                       {"OP.EUR", 2},
                                                       {"MARK.JPY", 0},
                                                       {"OP.BHD", 3},
                                                       {"UNIT.P", 8},
                                                       {"LOT.EURUSD", 8},
                                                       {"LOT.S7.1", 8},
                                                       {"UNIT.ABCDEFGHIJKLMNOPQR", 8}};
  for (const auto& [code, scale] : expected) {
    SCOPED_TRACE(code);
    const auto found = commodity(code);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found.value().code, code);
    EXPECT_EQ(int{found.value().scale}, scale);
  }
}

TEST(Commodity, RefusesEverythingElse) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view code : {""sv,
                                      "E"sv,
                                      "eur"sv,
                                      "EURO"sv,
                                      "XAU"sv,
                                      "XXX"sv,
                                      "UNIT"sv,
                                      "UNIT."sv,
                                      "LOT."sv,
                                      "MARK."sv,
                                      "OP."sv,
                                      "MARK.XAU"sv,
                                      "OP.eur"sv,
                                      "MARK.UNIT.P1"sv,
                                      "MARKUSD"sv,
                                      "UNIT.p1"sv,
                                      "UNIT.P-1"sv,
                                      "UNIT.P1."sv,
                                      "unit.P1"sv,
                                      "UNIT.P 1"sv,
                                      " EUR"sv,
                                      "EUR "sv,
                                      "EUR\0"sv,
                                      ".EUR"sv,
                                      "UNIT.\u0391"sv,
                                      "UNIT.ABCDEFGHIJKLMNOPQRS"sv}) {
    SCOPED_TRACE(code);
    EXPECT_EQ(tests::outcome(commodity(code)), "InvalidInput/commodity");
  }
}

TEST(Amount, PrintsAtItsScale) {
  EXPECT_EQ(to_string(amount("EUR", 10'000)), "100.00 EUR");
  EXPECT_EQ(to_string(amount("JPY", -5)), "-5 JPY");
  EXPECT_EQ(to_string(amount("UNIT.P1E1", 1)), "0.00000001 UNIT.P1E1");
}

TEST(Amount, AddsAndSubtractsWithinACommodity) {
  EXPECT_EQ(text(add(amount("EUR", 150), amount("EUR", -50))), "1.00 EUR");
  EXPECT_EQ(text(subtract(amount("EUR", 150), amount("EUR", 200))), "-0.50 EUR");
  EXPECT_EQ(text(negate(amount("EUR", 150))), "-1.50 EUR");
  EXPECT_EQ(text(negate(amount("EUR", 0))), "0.00 EUR");
}

TEST(Amount, RefusesToMixCommodities) {
  EXPECT_EQ(text(add(amount("EUR", 1), amount("USD", 1))), "InvalidInput/commodity_mismatch");
  EXPECT_EQ(text(subtract(amount("EUR", 1), amount("OP.EUR", 1))),
            "InvalidInput/commodity_mismatch");
  // One code at two scales is two commodities.
  EXPECT_EQ(text(add(amount("EUR", 1), Amount{{"EUR", 3}, 1})), "InvalidInput/commodity_mismatch");
}

TEST(Amount, RefusesSumsThatDoNotFit) {
  EXPECT_EQ(text(add(amount("EUR", kMax), amount("EUR", 1))), "Overflow/overflow");
  EXPECT_EQ(text(subtract(amount("EUR", -kMax), amount("EUR", 1))), "Overflow/overflow");
  EXPECT_EQ(text(negate(amount("EUR", -kMax - 1))), "Overflow/overflow");
}

TEST(ParseAmount, CountsTheSmallestUnit) {
  const Commodity eur = commodity("EUR").value();
  EXPECT_EQ(text(parse_amount("100.00", eur)), "100.00 EUR");
  EXPECT_EQ(text(parse_amount("-0.5", eur)), "-0.50 EUR");
  EXPECT_EQ(text(parse_amount("7", eur)), "7.00 EUR");
}

TEST(ParseAmount, RefusesFractionsOfTheSmallestUnit) {
  EXPECT_EQ(text(parse_amount("0.001", commodity("EUR").value())), "InvalidInput/precision");
  EXPECT_EQ(text(parse_amount("0.5", commodity("JPY").value())), "InvalidInput/precision");
}

TEST(ParseAmount, RefusesWhatIsNoDecimal) {
  EXPECT_EQ(text(parse_amount("1,00", commodity("EUR").value())), "InvalidInput/decimal");
  EXPECT_EQ(text(parse_amount("1.00 EUR", commodity("EUR").value())), "InvalidInput/decimal");
}

TEST(ParseAmount, RefusesWhatDoesNotFit) {
  const std::string nines(38, '9');
  EXPECT_EQ(text(parse_amount(nines, commodity("JPY").value())), nines + " JPY");
  EXPECT_EQ(text(parse_amount(nines, commodity("EUR").value())), "Overflow/overflow");
}

}  // namespace
}  // namespace core
