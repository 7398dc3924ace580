#include "ledger/invariants/zero_per_ring.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace ledger::invariants {
namespace {

__extension__ using Unsigned128 = unsigned __int128;
constexpr core::Minor kMax = static_cast<core::Minor>(~Unsigned128{0} >> 1);
constexpr std::uint32_t kEuro = 0;
constexpr std::uint32_t kDollar = 1;

ResolvedPosting posting(Ring ring, std::uint32_t commodity, core::Minor amount) {
  return {0, commodity, ring, false, amount};
}

std::string check(const std::vector<ResolvedPosting>& postings) {
  return tests::outcome(zero_per_ring(postings));
}

TEST(ZeroPerRing, NothingIsBalanced) { EXPECT_EQ(check({}), "a value"); }

TEST(ZeroPerRing, TwoSidesInOneRingAreBalanced) {
  EXPECT_EQ(check({posting(Ring::House, kEuro, 5), posting(Ring::House, kEuro, -5)}), "a value");
}

TEST(ZeroPerRing, ManySidesInTurnAreBalanced) {
  EXPECT_EQ(check({posting(Ring::House, kEuro, 5), posting(Ring::ClientMoney, kDollar, 1),
                   posting(Ring::House, kEuro, -2), posting(Ring::ClientMoney, kDollar, -1),
                   posting(Ring::House, kEuro, -3)}),
            "a value");
}

TEST(ZeroPerRing, OneSmallestUnitTooMuchIsRefused) {
  const auto refused = zero_per_ring(
      std::vector{posting(Ring::ClientMoney, kEuro, 5), posting(Ring::ClientMoney, kEuro, -4)});
  EXPECT_EQ(tests::outcome(refused), "InvalidInput/unbalanced");
  EXPECT_EQ(refused.error().at, "ring cm");
  EXPECT_NE(refused.error().detail.find("off by 1 "), std::string::npos);
}

TEST(ZeroPerRing, ASinglePostingIsRefused) {
  EXPECT_EQ(check({posting(Ring::Memo, kEuro, -1)}), "InvalidInput/unbalanced");
}

TEST(ZeroPerRing, RingsDoNotPayForEachOther) {
  EXPECT_EQ(check({posting(Ring::ClientMoney, kEuro, 5), posting(Ring::House, kEuro, -5)}),
            "InvalidInput/unbalanced");
}

TEST(ZeroPerRing, CommoditiesDoNotPayForEachOther) {
  EXPECT_EQ(check({posting(Ring::House, kEuro, 5), posting(Ring::House, kDollar, -5)}),
            "InvalidInput/unbalanced");
}

TEST(ZeroPerRing, ALaterRingIsCheckedToo) {
  const auto refused =
      zero_per_ring(std::vector{posting(Ring::House, kEuro, 5), posting(Ring::House, kEuro, -5),
                                posting(Ring::Memo, kEuro, 1)});
  EXPECT_EQ(refused.error().at, "ring memo");
}

TEST(ZeroPerRing, ASumBeyondTheBoundIsRefused) {
  EXPECT_EQ(check({posting(Ring::House, kEuro, kMax), posting(Ring::House, kEuro, 1),
                   posting(Ring::House, kEuro, -kMax), posting(Ring::House, kEuro, -1)}),
            "Overflow/overflow");
  EXPECT_EQ(check({posting(Ring::House, kEuro, kMax), posting(Ring::House, kEuro, -kMax)}),
            "a value");
}

}  // namespace
}  // namespace ledger::invariants
