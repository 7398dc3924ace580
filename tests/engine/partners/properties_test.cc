// What holds of partners' earnings whatever happens.

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/commission/amount.h"
#include "tests/engine/partners/tree.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::partners {
namespace {

core::Decimal hundredths(std::uint64_t number) {
  return core::to_decimal(static_cast<core::Minor>(number), 2);
}

ProgrammeTerms drawn_terms(tests::Numbers& numbers) {
  ProgrammeTerms terms = paying(PayBasis::PerLot, "0");
  terms.pays[0].rates[0].rate = core::to_decimal(static_cast<core::Minor>(numbers.below(9'000)), 3);
  if (numbers.below(2) == 0) {
    terms.pays[0].rates[0].tiers = {{hundredths(300), hundredths(numbers.below(900))}};
  }
  if (numbers.below(2) == 0) terms.pays.push_back(pay(PayBasis::Commission, "0.333"));
  terms.tree = TreeTerms{};
  terms.tree->mode = static_cast<TreeMode>(numbers.below(3));
  if (terms.tree->mode != TreeMode::Differential) terms.tree->levels = decimals({"0.5", "0.3"});
  if (numbers.below(3) == 0) terms.revenue_cap = hundredths(numbers.below(101));
  return terms;
}

RecordPartnerDeal drawn_deal(tests::Numbers& numbers, std::uint64_t ticket) {
  RecordPartnerDeal deal = Tree::deal(std::to_string(ticket));
  deal.lots = hundredths(1 + numbers.below(300));
  deal.commission = hundredths(numbers.below(2'000));
  deal.side = numbers.below(2) == 0 ? Side::Buy : Side::Sell;
  if (numbers.below(3) == 0) deal.hedge_group = "g";
  if (numbers.below(4) == 0) deal.bonus_lots = hundredths(numbers.below(200));
  if (numbers.below(4) == 0) deal.share_at_open = hundredths(numbers.below(101));
  if (numbers.below(3) == 0) {
    deal.currency = "USD";
    deal.rate = core::to_decimal(static_cast<core::Minor>(700'001 + numbers.below(400'000)), 6);
  }
  return deal;
}

void expect_lines_within_bounds(const Tree& book) {
  core::Minor sum = 0;
  for (const auto& line : book.last<PartnerLineAccrued>()) {
    const core::Minor amount = to_accrual(line.amount).value();
    EXPECT_TRUE(amount > 0);
    sum += amount;
  }
  const DealLeg leg = book.leg();
  EXPECT_TRUE(sum <= to_accrual(leg.cap).value());
  EXPECT_TRUE(sum <= std::max(to_accrual(leg.revenue).value(), core::Minor{0}));
}

void expect_posted_is_the_floor(const Tree& book) {
  for (const core::PartyId& partner : {book.b, book.c, book.d}) {
    const Earnings& earnings = earnings_of(book.state, partner, "EUR");
    EXPECT_TRUE(book.accrued(partner) == commission::whole_units(earnings.exact, 2));
    EXPECT_TRUE(book.accrued(partner) == earnings.posted);
  }
}

TEST(PartnersProperty, LinesStayWithinTheCapAndPostingsAreTheFloorOfTheSum) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Tree book(drawn_terms(numbers));
    const std::uint64_t deals = 1 + numbers.below(8);
    for (std::uint64_t ticket = 0; ticket < deals; ++ticket) {
      ASSERT_EQ(book.run(drawn_deal(numbers, ticket)), "done");
      expect_lines_within_bounds(book);
      expect_posted_is_the_floor(book);
    }
  }
}

TEST(PartnersProperty, TakingAllDealsBackLeavesNothing) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Tree book(drawn_terms(numbers));
    const std::uint64_t deals = 1 + numbers.below(6);
    for (std::uint64_t ticket = 0; ticket < deals; ++ticket) {
      ASSERT_EQ(book.run(drawn_deal(numbers, ticket)), "done");
    }
    for (std::uint64_t i = 0; i < deals; ++i) {
      const std::uint64_t ticket = (i + seed) % deals;  // In another order.
      ASSERT_EQ(book.run(ReversePartnerDeal{"live-1", std::to_string(ticket), "all"}), "done");
    }
    expect_posted_is_the_floor(book);
    for (const core::PartyId& partner : {book.b, book.c, book.d}) {
      EXPECT_EQ(book.earned(partner), "0");
    }
    const PartnerBook& partners = *book.state.partner_book;
    const VolumeWindow& month = partners.windows.at(book.d).at(book.programme).at(202601);
    EXPECT_TRUE(month.lots == 0 && month.lines == 0 && month.revenue == 0);
    for (const auto& [key, sum] : month.rows) EXPECT_TRUE(sum.quantity == 0 && sum.paid == 0);
    for (const auto& [client, groups] : partners.hedges) {
      for (const auto& [key, sums] : groups) EXPECT_TRUE(sums.bought == 0 && sums.sold == 0);
    }
    const ServerDay& day = partners.servers.at("live-1").at(Tree::day("2026-01-05"));
    EXPECT_TRUE(day.deals == 0 && day.lots == 0);
  }
}

TEST(PartnersProperty, AStateThatWasSavedAndReadDecidesTheSameBytes) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    Tree book(drawn_terms(numbers));
    const std::uint64_t deals = 1 + numbers.below(4);
    for (std::uint64_t ticket = 0; ticket < deals; ++ticket) {
      ASSERT_EQ(book.run(drawn_deal(numbers, ticket)), "done");
    }
    const RecordPartnerDeal next = drawn_deal(numbers, deals);
    const auto before = decide(book.context(), next).value();
    const auto saved = core::to_cbor(*book.state.partner_book);
    *book.state.partner_book = core::from_cbor<PartnerBook>(saved).value();
    const auto after = decide(book.context(), next).value();
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(before[i].body, after[i].body);
  }
}

}  // namespace
}  // namespace engine::partners
