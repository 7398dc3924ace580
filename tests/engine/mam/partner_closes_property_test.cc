// What holds of what closes of block orders pay, whatever is ordered, filled and closed.

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/commission/amount.h"
#include "tests/engine/mam/paying_group.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::mam {
namespace {

using tests::decimal;

constexpr std::uint64_t kOrders = 3;

core::Decimal cents(std::uint64_t number) {
  return core::to_decimal(static_cast<core::Minor>(number), 2);
}

ProgrammeTerms drawn_terms(tests::Numbers& numbers) {
  ProgrammeTerms terms = partners::paying(PayBasis::PerLot, "0");
  terms.pays[0].rates[0].rate = cents(numbers.below(1'500));
  if (numbers.below(2) == 0) terms.pays.push_back(partners::pay(PayBasis::Commission, "0.37"));
  if (numbers.below(3) == 0) terms.pays.push_back(partners::pay(PayBasis::PerMillion, "3"));
  terms.tree = TreeTerms{};
  terms.tree->mode = static_cast<TreeMode>(numbers.below(3));
  if (terms.tree->mode != TreeMode::Differential) {
    terms.tree->levels = partners::decimals({"0.5", "0.3"});
  }
  if (numbers.below(2) == 0) terms.revenue_cap = cents(numbers.below(101));
  return terms;
}

struct DrawnClose {
  std::uint64_t order = 0;
  std::string name;
  std::string lots;
  std::string commission;
};

// A group of three clients, all brought by d or nobody, with its orders filled; and closes of all
// of them, in the order in which each must come.
class DrawnGroup {
 public:
  DrawnGroup(std::uint64_t seed, bool both_sides) : numbers(seed), group(drawn_terms(numbers)) {
    for (std::uint64_t number = 1; number <= 3; ++number) {
      group.add_account(number, static_cast<std::int64_t>(50 + numbers.below(400)));
      if (number == 1 || numbers.below(3) == 0) continue;
      EXPECT_EQ(group.run(AttributeClient{tests::client_id(number), group.d, group.now, false}),
                "done");
    }
    for (std::uint64_t order = 1; order <= kOrders; ++order) open(order, both_sides);
  }

  std::string run(const DrawnClose& close) {
    group.pass_seconds(static_cast<std::int64_t>(numbers.below(300)));
    return group.close(close.order, close.name, close.lots, "0", "0", close.commission);
  }

  tests::Numbers numbers;
  PayingGroup group;
  std::vector<std::vector<DrawnClose>> closes;  // By order.

 private:
  void open(std::uint64_t order, bool both_sides) {
    const Side side = both_sides && numbers.below(2) == 0 ? Side::Sell : Side::Buy;
    const std::uint64_t steps = 30 + numbers.below(500);
    ASSERT_EQ(group.accept(order, core::to_string(cents(steps)), side), "done");
    RecordFill fill{tests::id<core::OrderId>(order), "f", cents(steps), decimal("1.1"), false};
    if (numbers.below(2) == 0) {
      fill.commission = core::to_decimal(-static_cast<core::Minor>(numbers.below(900)), 2);
    }
    ASSERT_EQ(group.run(fill), "done");
    group.pass_seconds(static_cast<std::int64_t>(numbers.below(200)));
    const std::uint64_t first = 1 + numbers.below(steps - 1);
    closes.emplace_back();
    for (const std::uint64_t part : {first, steps - first}) {
      const auto paid = static_cast<core::Minor>(numbers.below(3'000)) - 200;
      closes.back().push_back({order, std::to_string(closes.back().size()),
                               core::to_string(cents(part)),
                               core::to_string(core::to_decimal(-paid, 2))});
    }
  }
};

// Each deal of the last command with its lines.
void expect_within_bounds(const PayingGroup& group) {
  const auto lines = group.last<PartnerLineAccrued>();
  for (const PartnerDealRecorded& body : group.last<PartnerDealRecorded>()) {
    core::Minor sum = 0;
    for (const PartnerLineAccrued& line : lines) {
      if (line.ticket == body.deal.ticket) sum += partners::to_accrual(line.amount).value();
    }
    const DealLeg& leg = body.legs.at(0);
    EXPECT_TRUE(sum <= partners::to_accrual(leg.cap).value());
    EXPECT_TRUE(sum <= std::max(partners::to_accrual(leg.revenue).value(), core::Minor{0}));
  }
}

void expect_posted_is_the_floor(const PayingGroup& group) {
  for (const core::PartyId& partner : {group.b, group.c, group.d}) {
    const Earnings& earnings = partners::earnings_of(group.state, partner, "EUR");
    EXPECT_TRUE(-group.balance(accounts::partner_accrued(partner)) ==
                commission::whole_units(earnings.exact, 2));
  }
}

// By account: lots and what the broker had of it, in cents.
using Totals = std::map<core::AccountId, std::pair<core::Minor, core::Minor>>;

void add_deals(const PayingGroup& group, Totals& totals) {
  for (const RecordPartnerDeal& deal : group.deals()) {
    auto& [lots, revenue] = totals[*deal.account];
    lots += core::to_minor(deal.lots, 2).value();
    revenue += core::to_minor(deal.commission.value_or(core::Decimal{}), 2).value() -
               core::to_minor(deal.bonus.value_or(core::Decimal{}), 2).value();
  }
}

TEST(PartnerClosesProperty, LinesStayWithinCapAndRevenueAndAllThatIsClosedCounts) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    DrawnGroup drawn(seed, true);
    PayingGroup& group = drawn.group;
    Totals totals;
    Totals charged;
    std::vector<std::size_t> done(kOrders, 0);
    for (std::uint64_t left = kOrders * 2; left > 0;) {
      const std::uint64_t order = drawn.numbers.below(kOrders);
      if (done[order] == 2) continue;
      ASSERT_EQ(drawn.run(drawn.closes[order][done[order]++]), "done");
      --left;
      expect_within_bounds(group);
      expect_posted_is_the_floor(group);
      add_deals(group, totals);
      for (const auto& part : group.last<CloseAllocated>()) {
        charged[part.account].first += part.steps;
        charged[part.account].second -= part.commission;
      }
      EXPECT_TRUE(group.last<PartnerDealAwaited>().empty());
    }
    for (std::uint64_t order = 1; order <= kOrders; ++order) {
      for (const auto& [account, share] : group.order(order).shares) {
        charged[account].second -= share.commission;
      }
    }
    // Nothing is left out and nothing counts twice, of those whom a partner brought.
    EXPECT_TRUE(totals.contains(PayingGroup::account(1)) ||
                charged[PayingGroup::account(1)].first == 0);
    for (const auto& [account, sums] : totals) EXPECT_TRUE(sums == charged.at(account));
  }
}

TEST(PartnerClosesProperty, ClosesOfSeveralOrdersEndAlikeHoweverTheyAreInterleaved) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    DrawnGroup one(seed, false);
    DrawnGroup two(seed, false);
    // Long enough for all, and alike.
    for (DrawnGroup* drawn : {&one, &two}) drawn->group.pass_seconds(3600);
    for (const auto& closes : one.closes) {
      for (const DrawnClose& close : closes) ASSERT_EQ(one.run(close), "done");
    }
    std::vector<std::size_t> done(kOrders, 0);
    for (std::uint64_t left = kOrders * 2; left > 0;) {
      const std::uint64_t order = two.numbers.below(kOrders);
      if (done[order] == 2) continue;
      ASSERT_EQ(two.run(two.closes[order][done[order]++]), "done");
      --left;
    }
    for (const core::PartyId& partner : {one.group.b, one.group.c, one.group.d}) {
      EXPECT_EQ(one.group.earned(partner), two.group.earned(partner));
      EXPECT_TRUE(one.group.balance(accounts::partner_accrued(partner)) ==
                  two.group.balance(accounts::partner_accrued(partner)));
    }
  }
}

TEST(PartnerClosesProperty, TakingAllBackLeavesNothing) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    DrawnGroup drawn(seed, true);
    PayingGroup& group = drawn.group;
    std::vector<std::string> tickets;
    for (const auto& closes : drawn.closes) {
      for (const DrawnClose& close : closes) {
        ASSERT_EQ(drawn.run(close), "done");
        for (const RecordPartnerDeal& deal : group.deals()) tickets.push_back(deal.ticket);
      }
    }
    for (std::size_t i = 0; i < tickets.size(); ++i) {
      const std::string& ticket = tickets[(i + seed) % tickets.size()];  // In another order.
      ASSERT_EQ(group.run(ReversePartnerDeal{"none", ticket, "all"}), "done");
    }
    for (const core::PartyId& partner : {group.b, group.c, group.d}) {
      EXPECT_EQ(group.earned(partner), "0");
      EXPECT_TRUE(group.balance(accounts::partner_accrued(partner)) == 0);
    }
  }
}

}  // namespace
}  // namespace engine::mam
