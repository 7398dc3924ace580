#include "core/cbor_diagnostic.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace core::cbor {
namespace {

std::string shown(std::string_view hex) {
  const auto text = diagnostic(from_hex(hex).value());
  return text.has_value() ? text.value() : tests::outcome(text);
}

// Source: RFC 8949 appendix A, as far as it lies in our subset; text there is in ASCII, with
// escapes.
TEST(Diagnostic, IsThatOfTheRfc) {
  const std::pair<const char*, const char*> vectors[] = {
      {"00", "0"},
      {"17", "23"},
      {"1818", "24"},
      {"1b000000e8d4a51000", "1000000000000"},
      {"1bffffffffffffffff", "18446744073709551615"},
      {"c249010000000000000000", "18446744073709551616"},
      {"3bffffffffffffffff", "-18446744073709551616"},
      {"c349010000000000000000", "-18446744073709551617"},
      {"20", "-1"},
      {"3903e7", "-1000"},
      {"f4", "false"},
      {"f5", "true"},
      {"40", "h''"},
      {"4401020304", "h'01020304'"},
      {"60", "\"\""},
      {"6449455446", "\"IETF\""},
      {"62225c", "\"\\\"\\\\\""},
      {"62c3bc", "\"\u00fc\""},
      {"64f0908591", "\"\U00010151\""},
      {"80", "[]"},
      {"83010203", "[1, 2, 3]"},
      {"8301820203820405", "[1, [2, 3], [4, 5]]"},
      {"a0", "{}"},
      {"a201020304", "{1: 2, 3: 4}"},
  };
  for (const auto& [hex, expected] : vectors) EXPECT_EQ(shown(hex), expected) << hex;
}

// Source: RFC 8949 appendix A: values that our records never hold.
TEST(Diagnostic, RefusesWhatLiesOutsideTheSubset) {
  for (const char* hex : {"f90000", "f93e00", "fb3ff199999999999a", "f97c00", "f6", "f7", "f0",
                          "f8ff", "c11a514b67b0", "d74401020304", "a26161016162820203"}) {
    EXPECT_EQ(shown(hex), "InvalidInput/cbor") << hex;
  }
}

// Source: RFC 8949 section 4.2.1.
TEST(Diagnostic, RefusesEveryOtherEncodingOfTheSameValue) {
  for (const char* hex : {"1817",
                          "190018",
                          "1a00000018",
                          "1b0000000000000018",
                          "3800",
                          "5800",
                          "7800",
                          "9800",
                          "b800",
                          "5f42010243030405ff",
                          "7f657374726561646d696e67ff",
                          "9f0102ff",
                          "bf0102ff",
                          "a203040102",  // Keys out of order.
                          "a201020102",  // A key twice.
                          "c24101",
                          "c2480000000000000001",  // An integer that needs no tag; a leading zero.
                          "",
                          "18",
                          "8301",
                          "a101",
                          "4401",
                          "0000"}) {
    EXPECT_EQ(shown(hex), "InvalidInput/cbor") << hex;
  }
}

TEST(Diagnostic, EndsAtTheDepthOfTheDecoder) {
  const auto nested = [](unsigned depth) {
    std::string hex;
    for (unsigned i = 0; i < depth; ++i) hex += "81";
    return hex + "00";
  };
  EXPECT_EQ(shown(nested(Decoder::kDepthMax)),
            std::string(Decoder::kDepthMax, '[') + "0" + std::string(Decoder::kDepthMax, ']'));
  EXPECT_EQ(shown(nested(Decoder::kDepthMax + 1)), "InvalidInput/cbor");
}

}  // namespace
}  // namespace core::cbor
