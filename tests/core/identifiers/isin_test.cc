#include <gtest/gtest.h>

#include <string>

#include "core/identifiers/identifiers.h"
#include "tests/support/outcome.h"

namespace core::identifiers {
namespace {

std::string isin(std::string_view text) { return tests::outcome(check_isin(text)); }

// Source: the numbers under which these securities are traded; the first three stand in ISO 6166's
// own explanations of the check digit.
TEST(Isin, ThoseOfSecuritiesAreAccepted) {
  for (const char* text : {"US0378331005", "AU0000XVGZA3", "GB0002634946", "DE000BASF111",
                           "JP3633400001", "CY0101162119", "EU0009652783", "FR0000120271",
                           "CH0012221716", "US5949181045", "GR0114033583"}) {
    EXPECT_EQ(isin(text), "a value") << text;
  }
}

TEST(Isin, PrefixesThatAreNoCountryAreKnown) {
  for (const char* text : {"XS0000000009", "EZ0000000003", "ZZ0000000008"}) {
    EXPECT_EQ(isin(text), "a value") << text;
  }
  // Good check digits, and nobody's prefix.
  for (const char* text : {"AA0000000006", "XX0000000004"}) {
    EXPECT_EQ(isin(text), "InvalidInput/identifier_country") << text;
  }
}

TEST(Isin, AnyChangedDigitIsRefused) {
  const std::string good = "US0378331005";
  for (std::size_t i = 2; i < good.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = good;
      changed[i] = digit;
      EXPECT_EQ(isin(changed), changed == good ? "a value" : "InvalidInput/identifier_check");
    }
  }
}

TEST(Isin, OtherLengthsAndCharactersAreRefused) {
  EXPECT_EQ(isin(""), "InvalidInput/identifier_length");
  EXPECT_EQ(isin("US037833100"), "InvalidInput/identifier_length");
  EXPECT_EQ(isin("US03783310055"), "InvalidInput/identifier_length");
  EXPECT_EQ(isin("us0378331005"), "InvalidInput/identifier_character");
  EXPECT_EQ(isin("U50378331005"), "InvalidInput/identifier_character");
  EXPECT_EQ(isin("US037833100O"), "InvalidInput/identifier_character");
  EXPECT_EQ(isin("US03783310 5"), "InvalidInput/identifier_character");
  EXPECT_EQ(isin("US-378331005"), "InvalidInput/identifier_character");
}

}  // namespace
}  // namespace core::identifiers
