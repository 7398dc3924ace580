#include "core/iso4217.h"

#include <gtest/gtest.h>

namespace core {
namespace {

TEST(Iso4217, KnowsTheDecimalsOfACurrency) {
  const std::pair<std::string_view, int> expected[] = {
      {"AED", 2}, {"AUD", 2}, {"BHD", 3}, {"CHF", 2}, {"CLF", 4}, {"CLP", 0},
      {"EUR", 2}, {"GBP", 2}, {"HUF", 2}, {"IDR", 2}, {"IQD", 3}, {"IRR", 2},
      {"ISK", 0}, {"JPY", 0}, {"KRW", 0}, {"KWD", 3}, {"LBP", 2}, {"OMR", 3},
      {"RWF", 0}, {"TND", 3}, {"TWD", 2}, {"UGX", 0}, {"USD", 2}, {"UYI", 0},
      {"UYW", 4}, {"VND", 0}, {"XAF", 0}, {"XCG", 2}, {"YER", 2}, {"ZWG", 2}};
  for (const auto& [code, scale] : expected) {
    SCOPED_TRACE(code);
    const auto found = currency_scale(code);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(int{*found}, scale);
  }
}

TEST(Iso4217, LeavesOutCodesWithoutMinorUnits) {
  for (const std::string_view code : {"XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT",
                                      "XSU", "XTS", "XUA", "XXX"}) {
    SCOPED_TRACE(code);
    EXPECT_FALSE(currency_scale(code).has_value());
  }
}

TEST(Iso4217, LeavesOutCurrenciesOfThePast) {
  for (const std::string_view code : {"ANG", "BGN", "CUC", "DEM", "GRD", "HRK", "SLL", "ZWL"}) {
    SCOPED_TRACE(code);
    EXPECT_FALSE(currency_scale(code).has_value());
  }
}

TEST(Iso4217, KnowsOnlyExactCodes) {
  for (const std::string_view code : {"", "E", "EU", "eur", "Eur", "EUR ", " EUR", "EURO", "ZZZ"}) {
    SCOPED_TRACE(code);
    EXPECT_FALSE(currency_scale(code).has_value());
  }
}

TEST(Iso4217, HasOneHundredSixtyFiveCurrencies) {
  // List one has 178 codes from 2026 on; 13 of them have no minor units.
  int count = 0;
  std::string code = "AAA";
  for (code[0] = 'A'; code[0] <= 'Z'; ++code[0]) {
    for (code[1] = 'A'; code[1] <= 'Z'; ++code[1]) {
      for (code[2] = 'A'; code[2] <= 'Z'; ++code[2]) count += currency_scale(code) ? 1 : 0;
    }
  }
  EXPECT_EQ(count, 165);
}

TEST(Iso4217, TheDigestOfTheTableStays) {
  // It stands in the genesis record of every book: a change here is a new table, not a repair.
  EXPECT_EQ(to_hex(currency_table_digest().view()),
            "2c26b430d1c75c6439d00ed8d4b1a4761f27d68b53981ccbe42857bfb34cb096");
}

}  // namespace
}  // namespace core
