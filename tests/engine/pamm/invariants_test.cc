// What holds whatever the terms and whatever happens. Source: managed accounts, section 9,
// "Invariants to property-test", as ruling 4 limits them.

#include <algorithm>
#include <random>

#include "engine/state_parts.h"
#include "tests/engine/pamm/pool.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::pamm {
namespace {

constexpr std::uint64_t kInvestors = 4;
constexpr core::Minor kWallet = 10'000'000;

template <class T>
T one_of(tests::Numbers& numbers, std::initializer_list<T> choices) {
  return *(choices.begin() + numbers.below(choices.size()));
}

core::Decimal percent(int number) {
  return tests::decimal(std::to_string(number / 100) + "." + (number % 100 < 10 ? "0" : "") +
                        std::to_string(number % 100));
}

HurdleTerms some_hurdle(tests::Numbers& numbers) {
  HurdleTerms hurdle;
  hurdle.rate = percent(one_of(numbers, {3, 8, 20}));
  hurdle.kind = one_of(numbers, {HurdleKind::Hard, HurdleKind::Soft, HurdleKind::CatchUp});
  if (hurdle.kind == HurdleKind::CatchUp) hurdle.catch_up = core::Decimal{5, 1};
  hurdle.period = one_of(numbers, {HurdlePeriod::SinceLastCharge, HurdlePeriod::EachPeriod});
  return hurdle;
}

PerformanceTerms some_performance(tests::Numbers& numbers) {
  PerformanceTerms terms;
  terms.scope = one_of(numbers, {MarkScope::Investor, MarkScope::Investor, MarkScope::Lot});
  if (numbers.below(3) == 0) terms.hurdle = some_hurdle(numbers);
  if (numbers.below(3) == 0) {
    terms.tiers = {{percent(5), percent(10)}, {std::nullopt, percent(25)}};
    terms.tier_mode = one_of(numbers, {TierMode::Marginal, TierMode::Whole});
  }
  terms.withdrawal_rule = one_of(numbers, {WithdrawalRule::ProportionalRestore,
                                           WithdrawalRule::Proportional, WithdrawalRule::Absolute});
  terms.withdrawal_charge = one_of(numbers, {WithdrawalCharge::ProRata, WithdrawalCharge::Full});
  terms.blocked_mark = one_of(numbers, {BlockedMark::Moves, BlockedMark::Stays});
  // Together they would charge at once what the last period's hurdle had blocked; no offer may.
  if (terms.hurdle && terms.hurdle->period == HurdlePeriod::EachPeriod) {
    terms.blocked_mark = BlockedMark::Moves;
  }
  terms.lot_order = one_of(numbers, {LotOrder::Fifo, LotOrder::ProRata});
  if (terms.scope == MarkScope::Investor && numbers.below(4) == 0) {
    terms.look_back_periods = 1 + numbers.below(3);
  }
  return terms;
}

OfferTerms some_terms(tests::Numbers& numbers) {
  OfferTerms terms;
  terms.management_fee_rate = percent(one_of(numbers, {0, 2, 10}));
  terms.performance_fee_rate = percent(one_of(numbers, {0, 20, 100}));
  terms.mark_basis = one_of(numbers, {MarkBasis::Net, MarkBasis::Gross});
  terms.entry_fee_rate = percent(one_of(numbers, {0, 0, 1}));
  if (numbers.below(4) != 0) terms.performance = some_performance(numbers);
  if (numbers.below(3) == 0) {
    terms.management = ManagementTerms{
        one_of(numbers,
               {ManagementBase::Opening, ManagementBase::Closing, ManagementBase::Average}),
        one_of(numbers,
               {DayCount::Act365, DayCount::Business252, DayCount::Thirty360, DayCount::Twelfth}),
        {},
        {}};
  }
  if (numbers.below(4) == 0) {
    terms.tax = TaxTerms{percent(19), "CY", one_of(numbers, {TaxMode::OnTop, TaxMode::Included})};
  }
  if (numbers.below(4) == 0) terms.shares = ShareTerms{percent(25), {}, {}};
  if (numbers.below(4) == 0) terms.annual_cap = core::Decimal{3, 2};
  if (numbers.below(4) == 0) {
    terms.exit_fee =
        ExitTerms{percent(1), {}, one_of(numbers, {FeeRecipient::House, FeeRecipient::Pool})};
  }
  if (numbers.below(4) == 0) terms.reserve = ReserveTerms{{5, 1}, 2, {2, 1}};
  return terms;
}

// Requests of a day, given in some order.
struct Wish {
  std::uint64_t client = 0;
  bool redemption = false;
  std::optional<core::Minor> cents;
};

std::vector<Wish> some_wishes(tests::Numbers& numbers) {
  std::vector<Wish> wishes;
  const std::uint64_t count = numbers.below(6);
  for (std::uint64_t i = 0; i < count; ++i) {
    Wish wish{1 + numbers.below(kInvestors), numbers.below(2) == 0, {}};
    if (!wish.redemption || numbers.below(3) != 0) {
      wish.cents = static_cast<core::Minor>(1 + numbers.below(500'000));
    }
    wishes.push_back(wish);
  }
  return wishes;
}

// Those that were taken.
std::vector<Wish> ask(Pool& pool, const std::vector<Wish>& wishes) {
  std::vector<Wish> taken;
  for (const Wish& wish : wishes) {
    const auto done = wish.redemption ? pool.redeem(wish.client, wish.cents)
                                      : pool.subscribe(wish.client, *wish.cents);
    if (done == "done") taken.push_back(wish);
  }
  return taken;
}

core::Minor total(const Pool& pool) {
  core::Minor sum = 0;
  for (std::uint64_t client = 1; client <= kInvestors; ++client) sum += pool.entitlement(client);
  return sum;
}

void expect_fees_follow_marks(const Pool& pool) {
  for (const FeeCharged& fee : pool.last<FeeCharged>()) {
    core::Minor taken = fee.shares.empty() ? fee.amount : 0;
    for (const FeeShare& share : fee.shares) taken += share.amount;
    EXPECT_EQ(fee.equity_before - fee.equity_after, taken);
    EXPECT_GE(fee.equity_after, 0);
    if (fee.fee != FeeKind::Performance) {
      EXPECT_EQ(fee.mark_after, fee.mark_before);
      continue;
    }
    EXPECT_GT(fee.measured.value_or(fee.equity_before), fee.mark_before);
    EXPECT_GE(fee.mark_after, fee.mark_before);
    if (fee.amount == 0) {
      EXPECT_GT(fee.forfeited.value_or(0), 0);
    }
  }
}

void expect_priced(const Pool& pool, core::Minor equity) {
  const auto completed = pool.last<RolloverCompleted>();
  ASSERT_EQ(completed.size(), 1u);
  core::Minor attributed = 0;
  for (const ResultAttributed& result : pool.last<ResultAttributed>()) {
    attributed += result.entitlement_after;
  }
  if (completed[0].units_before > 0) {
    EXPECT_EQ(attributed, equity);
  }
  EXPECT_EQ(completed[0].equity_after, total(pool));
  core::Minor units = 0;
  core::Minor lots = 0;
  core::Minor lot_marks = 0;
  core::Minor marks = 0;
  for (std::uint64_t client = 1; client <= kInvestors; ++client) {
    units += pool.units(client);
    for (const Lot& lot : pool.investor(client).lots) {
      lots += lot.units;
      lot_marks += lot.mark;
    }
    marks += pool.mark(client);
    EXPECT_EQ(pool.investor(client).opening, pool.entitlement(client));
    // Nobody owns units that are worth nothing, and nothing is owned without units.
    EXPECT_TRUE(pool.units(client) > 0 || pool.entitlement(client) == 0);
  }
  EXPECT_EQ(units, completed[0].units_after);
  if (lots != 0) {
    EXPECT_EQ(lots, units);
    // Marks of what was wiped out are there still.
    EXPECT_LE(lot_marks, marks);
  }
  EXPECT_EQ(pool.balance(accounts::undistributed(pool.structure)), 0);
  expect_fees_follow_marks(pool);
}

void expect_same(const Pool& one, const Pool& other) {
  for (std::uint64_t client = 1; client <= kInvestors; ++client) {
    SCOPED_TRACE(client);
    EXPECT_EQ(one.entitlement(client), other.entitlement(client));
    EXPECT_EQ(one.units(client), other.units(client));
    EXPECT_EQ(one.mark(client), other.mark(client));
    EXPECT_EQ(one.wallet(client), other.wallet(client));
    EXPECT_EQ(one.state.strategies.at(core::StrategyId{one.structure.bytes})
                  .released.contains(tests::client_id(client)),
              other.state.strategies.at(core::StrategyId{one.structure.bytes})
                  .released.contains(tests::client_id(client)));
  }
  EXPECT_EQ(one.balance(accounts::manager_fees(one.manager)),
            other.balance(accounts::manager_fees(other.manager)));
}

// The state as it is saved and read again decides the same, to the byte.
void expect_replayable(const Pool& pool, const Rollover& command) {
  const auto saved = core::from_cbor<State>(core::to_cbor(pool.state));
  ASSERT_TRUE(saved);
  const Context context = pool.context();
  const Context again{saved.value(), context.books,       context.now,  context.effective_at,
                      context.past,  context.command_seq, context.actor};
  const auto first = decide(context, command);
  const auto second = decide(again, command);
  ASSERT_EQ(first.has_value(), second.has_value());
  if (!first) return;
  ASSERT_EQ(first.value().size(), second.value().size());
  for (std::size_t i = 0; i < first.value().size(); ++i) {
    EXPECT_EQ(first.value()[i].body, second.value()[i].body);
  }
}

struct Life {
  Pool pool;
  explicit Life(const OfferTerms& terms) : pool(terms) {
    for (std::uint64_t client = 1; client <= kInvestors; ++client) {
      pool.add_investor(client, kWallet);
    }
  }
};

TEST(PoolProperty, WhateverHappensTheBooksHold) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const OfferTerms terms = some_terms(numbers);
    Life one(terms);
    Life other(terms);
    for (int step = 0; step < 8; ++step) {
      SCOPED_TRACE(step);
      auto wishes = ask(one.pool, some_wishes(numbers));
      std::mt19937_64 order(seed);
      std::ranges::shuffle(wishes, order);
      ASSERT_EQ(ask(other.pool, wishes).size(), wishes.size());
      const core::Minor before = total(one.pool);
      const core::Minor equity = before * static_cast<core::Minor>(numbers.below(2'200)) / 1'000;
      const auto days = static_cast<std::int32_t>(1 + numbers.below(40));
      const bool period_end = numbers.below(2) == 0;
      one.pool.pass(days);
      other.pool.pass(days);
      const RecordValuation value = one.pool.worth(equity);
      const Rollover rollover{one.pool.structure, one.pool.day, period_end, {}};
      ASSERT_EQ(one.pool.run(value), "done");
      ASSERT_EQ(other.pool.run(value), "done");
      expect_replayable(one.pool, rollover);
      ASSERT_EQ(one.pool.run(rollover), "done");
      expect_priced(one.pool, equity);
      ASSERT_EQ(other.pool.run(rollover), "done");
      expect_same(one.pool, other.pool);
      if (::testing::Test::HasFailure()) return;
    }
  }
}

TEST(PoolProperty, ASecondCrystallisationAtOnePriceIsFree) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    OfferTerms terms = some_terms(numbers);
    terms.management_fee_rate = percent(0);
    terms.management.reset();
    terms.reserve.reset();
    terms.exit_fee.reset();
    Life life(terms);
    for (std::uint64_t client = 1; client <= kInvestors; ++client) {
      life.pool.subscribe(client, static_cast<core::Minor>(1 + numbers.below(1'000'000)));
    }
    ASSERT_EQ(life.pool.price(1, 0), "done");
    const core::Minor start = total(life.pool);
    ASSERT_EQ(life.pool.price(
                  30, start * static_cast<core::Minor>(500 + numbers.below(2'000)) / 1'000, true),
              "done");
    ASSERT_EQ(life.pool.price(1, total(life.pool), true), "done");
    core::Minor charged = 0;
    for (const FeeCharged& fee : life.pool.last<FeeCharged>()) charged += fee.amount;
    // A gross mark is above the equity after the fee, and so is a net one at it.
    EXPECT_EQ(charged, 0);
  }
}

TEST(PoolProperty, SplittingADepositChangesNothing) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    const OfferTerms terms = some_terms(numbers);
    Life whole(terms);
    Life split(terms);
    const core::Minor first = static_cast<core::Minor>(1 + numbers.below(900'000));
    const core::Minor second = static_cast<core::Minor>(1 + numbers.below(900'000));
    for (Life* life : {&whole, &split}) {
      life->pool.subscribe(1, 333'333);
      life->pool.subscribe(2, 777'777);
      ASSERT_EQ(life->pool.price(1, 0), "done");
      // Two leaves below or above the mark, and comes back.
      const core::Minor equity =
          total(life->pool) * static_cast<core::Minor>(400 + seed % 900) / 700;
      life->pool.redeem(2, 50'000);
      ASSERT_EQ(life->pool.price(9, equity), "done");
    }
    whole.pool.subscribe(2, first + second);
    split.pool.subscribe(2, first);
    split.pool.subscribe(2, second);
    for (Life* life : {&whole, &split}) {
      ASSERT_EQ(life->pool.price(9, total(life->pool) + 12'345), "done");
    }
    expect_same(whole.pool, split.pool);
    for (Life* life : {&whole, &split}) {
      ASSERT_EQ(life->pool.price(20, total(life->pool) * 3 / 2, true), "done");
    }
    expect_same(whole.pool, split.pool);
  }
}

// Ruling 4: for an equity at or below the mark, without entry or exit fees. With a second investor
// a cent of a valuation may be split by less than a unit's rounding, so his units are compared
// instead.
TEST(PoolProperty, OutAndInAtOnePriceLeavesEquityAndMark) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    tests::Numbers numbers(seed);
    OfferTerms terms;
    terms.performance_fee_rate = percent(20);
    terms.performance = PerformanceTerms{};
    terms.performance->withdrawal_rule =
        one_of(numbers, {WithdrawalRule::ProportionalRestore, WithdrawalRule::Absolute});
    Life life(terms);
    const bool alone = numbers.below(2) == 0;
    life.pool.subscribe(1, static_cast<core::Minor>(100'000 + numbers.below(900'000)));
    if (!alone) {
      life.pool.subscribe(2, static_cast<core::Minor>(100'000 + numbers.below(900'000)));
    }
    ASSERT_EQ(life.pool.price(1, 0), "done");
    const core::Minor fallen =
        total(life.pool) * static_cast<core::Minor>(500 + numbers.below(501)) / 1'000;
    ASSERT_EQ(life.pool.price(1, fallen), "done");
    const core::Minor equity = life.pool.entitlement(1);
    const core::Minor mark = life.pool.mark(1);
    // Who leaves alone with everything would end the pool's epoch.
    const core::Minor out =
        1 + static_cast<core::Minor>(numbers.below(static_cast<std::uint64_t>(equity - 1)));
    life.pool.redeem(1, out);
    ASSERT_EQ(life.pool.price(1, fallen), "done");
    life.pool.subscribe(1, out);
    ASSERT_EQ(life.pool.price(1, total(life.pool)), "done");
    EXPECT_EQ(life.pool.mark(1), mark);
    const core::Minor change = life.pool.entitlement(1) - equity;
    EXPECT_LE(alone ? change * change : change * change - 1, 0) << core::to_string(change);
  }
}

}  // namespace
}  // namespace engine::pamm
