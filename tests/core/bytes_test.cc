#include "core/bytes.h"

#include <gtest/gtest.h>

#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace core {
namespace {

TEST(Hex, PrintsLowerCase) { EXPECT_EQ(to_hex(Bytes{0x00, 0x9f, 0xa0, 0xff}), "009fa0ff"); }

TEST(Hex, ReadsWhatItPrints) {
  EXPECT_EQ(from_hex("009fa0ff").value(), (Bytes{0x00, 0x9f, 0xa0, 0xff}));
  EXPECT_EQ(from_hex("").value(), Bytes{});
}

TEST(Hex, RefusesAnythingElse) {
  for (const std::string_view text : {"0", "abc", "0G", "AB", "0x", " 0", "0 ", "/0", ":0", "`0"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(from_hex(text)), "InvalidInput/hex");
  }
}

// RFC 4648 section 10.
TEST(Base64, MatchesTheVectorsOfRfc4648) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    SCOPED_TRACE(plain);
    EXPECT_EQ(to_base64(as_bytes(plain)), encoded);
    EXPECT_EQ(as_text(from_base64(encoded).value()), plain);
  }
}

TEST(Base64, UsesTheAlphabetOfSection4) { EXPECT_EQ(to_base64(Bytes{0xfb, 0xff, 0xbf}), "+/+/"); }

TEST(Base64, RefusesTrailingBits) {
  // Zg== and Zm8= with bits set that carry nothing.
  for (const std::string_view text : {"Zh==", "Zo==", "Zm9=", "Zm+="}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(from_base64(text)), "InvalidInput/base64");
  }
}

TEST(Base64, RefusesWrongPadding) {
  for (const std::string_view text : {"Zg", "Zg=", "Zg===", "Zm8", "Zm8==", "Zm9v=", "Zm9v====",
                                      "=", "====", "Z===", "Zg==Zg=="}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(from_base64(text)), "InvalidInput/base64");
  }
}

TEST(Base64, RefusesForeignCharacters) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view text :
       {"Zm9v\n"sv, "Zm 9"sv, "Zm9-"sv, "Zm9_"sv, "Zm\0v"sv, "Zm9v\nZm"sv, "\xc3\xa9=="sv}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(from_base64(text)), "InvalidInput/base64");
  }
}

TEST(Base64, EveryTextItAcceptsIsTheOneItPrints) {
  constexpr std::string_view kLikely = "AQgwZz09+/=";
  int accepted = 0;
  for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    std::string text(numbers.below(3) * 4, 'A');
    for (char& character : text) character = kLikely[numbers.below(kLikely.size())];
    const auto bytes = from_base64(text);
    if (!bytes.has_value()) continue;
    ++accepted;
    EXPECT_EQ(to_base64(bytes.value()), text);
  }
  EXPECT_GT(accepted, 5'000);
}

}  // namespace
TEST(Base64, BytesBeyondAsciiAreRefused) {
  for (int byte = 0x80; byte <= 0xff; ++byte) {
    std::string text = "AAAA";
    text[2] = static_cast<char>(byte);
    EXPECT_FALSE(from_base64(text)) << byte;
  }
}

}  // namespace core
