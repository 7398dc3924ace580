#include "core/identifiers/country_names.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/identifiers/countries.h"

namespace core::identifiers {
namespace {

TEST(Countries, AreFoundByCodeAndUsualNames) {
  const Countries countries;
  EXPECT_EQ(countries.code_of("RU"), "RU");
  EXPECT_EQ(countries.code_of("Russian Federation"), "RU");
  EXPECT_EQ(countries.code_of("cyprus"), "CY");
  EXPECT_EQ(countries.code_of("Kosovo"), "XK");
  EXPECT_EQ(countries.code_of("xk"), "XK");
  EXPECT_EQ(countries.code_of("Atlantis"), "");
  EXPECT_EQ(countries.code_of("ZZ"), "");
}

// Each code of the one table finds itself, and its name in English does.
TEST(Countries, EveryCodeIsFound) {
  const Countries countries;
  for (std::string_view codes = country_codes(); codes.size() >= 2;) {
    const std::string_view code = codes.substr(0, 2);
    codes.remove_prefix(std::min<std::size_t>(codes.size(), 3));
    EXPECT_TRUE(is_country(code)) << code;
    EXPECT_EQ(countries.code_of(code), code);
  }
}

}  // namespace
}  // namespace core::identifiers
