#include "ledger/invariants/interfund_mirror.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace ledger::invariants {
namespace {

constexpr std::uint32_t kEuro = 0;
constexpr std::uint32_t kDollar = 1;

ResolvedPosting client_leg(core::Minor amount, std::uint32_t commodity = kEuro) {
  return {0, commodity, Ring::ClientMoney, true, amount};
}
ResolvedPosting house_leg(core::Minor amount, std::uint32_t commodity = kEuro) {
  return {1, commodity, Ring::House, true, amount};
}
ResolvedPosting other(core::Minor amount, std::uint32_t commodity = kEuro) {
  return {2, commodity, Ring::House, false, amount};
}

std::string check(const std::vector<ResolvedPosting>& postings) {
  return tests::outcome(interfund_mirror(postings));
}

TEST(InterfundMirror, RecordsWithoutThePairAreLeftAlone) {
  EXPECT_EQ(check({}), "a value");
  EXPECT_EQ(check({other(5), other(-3)}), "a value");
}

TEST(InterfundMirror, EqualAndOppositeLegsPass) {
  EXPECT_EQ(check({client_leg(-5), other(1), house_leg(5), other(-6)}), "a value");
}

TEST(InterfundMirror, LegsInSeveralPartsPass) {
  EXPECT_EQ(check({client_leg(-5), client_leg(-1), house_leg(4), house_leg(2)}), "a value");
}

TEST(InterfundMirror, OneLegAloneIsRefused) {
  EXPECT_EQ(check({client_leg(-5), other(5)}), "InvalidInput/interfund_mirror");
  EXPECT_EQ(check({house_leg(5), other(-5)}), "InvalidInput/interfund_mirror");
}

TEST(InterfundMirror, LegsOfOneSignAreRefused) {
  EXPECT_EQ(check({client_leg(5), house_leg(5)}), "InvalidInput/interfund_mirror");
}

TEST(InterfundMirror, UnequalLegsAreRefused) {
  EXPECT_EQ(check({client_leg(-5), house_leg(6)}), "InvalidInput/interfund_mirror");
}

TEST(InterfundMirror, EachCommodityIsMirroredByItself) {
  EXPECT_EQ(check({client_leg(-5, kEuro), house_leg(5, kDollar)}), "InvalidInput/interfund_mirror");
  EXPECT_EQ(check({client_leg(-5), house_leg(5), client_leg(7, kDollar), house_leg(-7, kDollar)}),
            "a value");
  EXPECT_EQ(check({client_leg(-5), house_leg(5), client_leg(7, kDollar)}),
            "InvalidInput/interfund_mirror");
}

}  // namespace
}  // namespace ledger::invariants
