#include "core/ids.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "tests/support/outcome.h"

namespace core {
namespace {

static_assert(!std::is_convertible_v<PartyId, AccountId>);

TEST(Ids, ReadWhatTheyPrint) {
  const std::string hex = "00112233445566778899aabbccddeeff";
  EXPECT_EQ(parse_id<AccountId>(hex).value().hex(), hex);
}

TEST(Ids, OrderAsTheirHexDoes) {
  const auto low = parse_id<OrderId>("00000000000000000000000000000001").value();
  const auto high = parse_id<OrderId>("01000000000000000000000000000000").value();
  EXPECT_LT(low, high);
}

TEST(Ids, RefuseAnythingButThirtyTwoHexDigits) {
  for (const std::string_view text :
       {"", "0011", "00112233445566778899aabbccddeef", "00112233445566778899aabbccddeeff00",
        "00112233445566778899AABBCCDDEEFF", "00112233-4455-6677-8899-aabbccdd",
        "00112233445566778899aabbccddeefg"}) {
    SCOPED_TRACE(text);
    EXPECT_EQ(tests::outcome(parse_id<PartyId>(text)), "InvalidInput/id");
  }
}

}  // namespace
}  // namespace core
