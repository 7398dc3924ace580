#include <gtest/gtest.h>

#include "tests/gateway/conformance/answers.h"

namespace gateway::conformance::tests {
namespace {

TEST(ConformanceValues, CborShowsTheValueOfItsOneEncoding) {
  EXPECT_EQ(answer("cbor-decode", R"({"data":"a2012002826161f5"})"),
            R"({"ok":true,"diagnostic":"{1: -1, 2: [\"a\", true]}"})");
  EXPECT_EQ(outcome("cbor-decode", R"({"data":"1817"})"), "refused: cbor");
  EXPECT_EQ(outcome("cbor-decode", R"({"data":""})"), "refused: cbor");
  EXPECT_EQ(outcome("cbor-decode", R"({"data":"0000"})"), "refused: cbor");
  EXPECT_EQ(outcome("cbor-decode", R"({"data":"0"})"), "error: hex at data");
}

TEST(ConformanceValues, IdentifiersAreJudgedWithAReason) {
  EXPECT_EQ(answer("lei", R"({"value":"7LTWFZYICNSX8D621K86"})"), R"({"ok":true})");
  EXPECT_EQ(outcome("lei", R"({"value":"7LTWFZYICNSX8D621K68"})"), "refused: identifier_check");
  EXPECT_EQ(outcome("isin", R"({"value":"US0378331005"})"), "ok");
  EXPECT_EQ(outcome("isin", R"({"value":"US0378331003"})"), "refused: identifier_check");
  EXPECT_EQ(outcome("iban", R"({"value":"GB29NWBK60161331926819"})"), "ok");
  EXPECT_EQ(outcome("iban", R"({"value":"US29NWBK60161331926819"})"),
            "refused: identifier_country");
  EXPECT_EQ(outcome("lei", R"({"value":""})"), "refused: identifier_length");
  EXPECT_EQ(outcome("iban", R"({"value":"\u0000\u0000"})"), "refused: identifier_length");
  EXPECT_EQ(outcome("lei", R"({"value":7})"), "error: wrong_type at value");
}

}  // namespace
}  // namespace gateway::conformance::tests
