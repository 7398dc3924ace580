#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "core/identifiers/identifiers.h"
#include "tests/support/outcome.h"

namespace core::identifiers {
namespace {

std::string lei(std::string_view text) { return tests::outcome(check_lei(text)); }

// Source: the GLEIF register.
TEST(Lei, ThoseOfTheRegisterAreAccepted) {
  for (const char* text :
       {"506700GE1G29325QX363", "5493001KJTIIGC8Y1R12", "7LTWFZYICNSX8D621K86",
        "HWUPKR0MPOU8FGXBT394", "529900T8BM49AURSDO55", "INR2EJN1ERAN0W5ZP974"}) {
    EXPECT_EQ(lei(text), "a value") << text;
  }
}

TEST(Lei, AChangedOrSwappedCharacterIsRefused) {
  const std::string good = "7LTWFZYICNSX8D621K86";
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_EQ(lei(changed), "InvalidInput/identifier_check") << changed;
    if (i == 0 || good[i] == good[i - 1]) continue;
    changed = good;
    std::swap(changed[i], changed[i - 1]);
    EXPECT_NE(lei(changed), "a value") << changed;
  }
}

// 00 leaves the same remainder as 97, 01 as 98, and 99 as 02.
TEST(Lei, CheckDigitsBeyondTheirRangeAreRefusedThoughTheRemainderFits) {
  const std::pair<std::string, std::string> pairs[] = {
      {"TALLY000000000004397", "TALLY000000000004300"},
      {"TALLY000000000007598", "TALLY000000000007501"},
      {"TALLY000000000001002", "TALLY000000000001099"}};
  for (const auto& [good, bad] : pairs) {
    EXPECT_EQ(lei(good), "a value") << good;
    EXPECT_EQ(lei(bad), "InvalidInput/identifier_check") << bad;
  }
}

TEST(Lei, OtherLengthsAndCharactersAreRefused) {
  EXPECT_EQ(lei(""), "InvalidInput/identifier_length");
  EXPECT_EQ(lei("7LTWFZYICNSX8D621K8"), "InvalidInput/identifier_length");
  EXPECT_EQ(lei("7LTWFZYICNSX8D621K860"), "InvalidInput/identifier_length");
  EXPECT_EQ(lei("7LTW FZYICNSX8D621K8"), "InvalidInput/identifier_character");
  EXPECT_EQ(lei("7ltwfzyicnsx8d621k86"), "InvalidInput/identifier_character");
  EXPECT_EQ(lei("7LTWFZYICNSX8D621KA6"), "InvalidInput/identifier_character");
  EXPECT_EQ(lei("7LTWFZYICNSX8D621K\xc3\xa9"), "InvalidInput/identifier_character");
}

}  // namespace
}  // namespace core::identifiers
