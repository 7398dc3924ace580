// What holds of accounts' fees and marks whatever the terms and whatever happens. Source: managed
// accounts, section 9, "Invariants to property-test", as ruling 4 limits them.

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/state_parts.h"
#include "tests/engine/trading/charged_group.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

namespace engine::trading {
namespace {

constexpr std::uint64_t kAccounts = 3;
constexpr std::int64_t kWallet = 100'000;

template <class T>
T one_of(tests::Numbers& numbers, std::initializer_list<T> choices) {
  return *(choices.begin() + numbers.below(choices.size()));
}

std::string cents(core::Minor amount) { return core::to_string(core::Decimal{amount, 2}); }

core::Decimal shortest(core::Minor amount) {
  unsigned scale = 2;
  for (; scale > 0 && amount % 10 == 0; --scale) amount /= 10;
  return {amount, static_cast<std::uint8_t>(scale)};
}

PerformanceTerms some_performance(tests::Numbers& numbers) {
  PerformanceTerms terms;
  if (numbers.below(3) == 0) {
    terms.hurdle = {decimal("0.08"), one_of(numbers, {HurdleKind::Hard, HurdleKind::Soft}), {}, {}};
  }
  terms.base = one_of(numbers, {FeeBase::Equity, FeeBase::Equity, FeeBase::BeforeManagementFee});
  terms.withdrawal_rule = one_of(numbers, {WithdrawalRule::ProportionalRestore,
                                           WithdrawalRule::Proportional, WithdrawalRule::Absolute});
  terms.withdrawal_charge = one_of(numbers, {WithdrawalCharge::ProRata, WithdrawalCharge::Full});
  return terms;
}

OfferTerms some_terms(tests::Numbers& numbers) {
  OfferTerms terms = performance(one_of<const char*>(numbers, {"0.2", "1", "0.05"}),
                                 one_of(numbers, {MarkBasis::Net, MarkBasis::Gross}));
  terms.management_fee_rate = decimal(one_of<const char*>(numbers, {"0", "0.02", "0.1"}));
  terms.performance = some_performance(numbers);
  if (numbers.below(3) == 0) terms.shares = ShareTerms{decimal("0.25"), {}, {}};
  if (numbers.below(3) == 0) {
    terms.tax =
        TaxTerms{decimal("0.19"), "CY", one_of(numbers, {TaxMode::OnTop, TaxMode::Included})};
  }
  if (numbers.below(4) == 0) terms.reserve = ReserveTerms{decimal("0.5"), 2, decimal("0.2")};
  if (numbers.below(4) == 0) terms.annual_cap = decimal("0.03");
  return terms;
}

// A group to which the same happens for the same seed.
class Story {
 public:
  explicit Story(std::uint64_t seed) : numbers(seed), group(some_terms(numbers)) {
    for (std::uint64_t number = 1; number <= kAccounts; ++number) {
      group.add_client_account(number, kWallet);
      run(FundAccount{Group::account(number), decimal("1000")});
    }
  }

  // Deposits, withdrawals, results, valuations and charges.
  void step() {
    const std::uint64_t number = 1 + numbers.below(kAccounts);
    day += static_cast<std::int64_t>(numbers.below(3));
    group.at_day(day);
    switch (numbers.below(6)) {
      case 0:
        run(FundAccount{Group::account(number), some_money(50'000)});
        break;
      case 1:
        run(DefundAccount{Group::account(number), some_money(80'000)});
        break;
      case 2:
        trade();
        break;
      case 3:
        value_at(number, group.equity(number) * some_change() / 100);
        break;
      default:
        charge(numbers.below(3) != 0);
    }
    check(numbers.below(2) == 0);
  }

  // Fees of all accounts, valued as they stand.
  void charge(bool period_end) {
    for (std::uint64_t n = 1; n <= kAccounts; ++n) value_at(n, group.equity(n));
    run(ChargeAccountFees{
        group.structure, group.date(static_cast<std::int32_t>(day)), {}, period_end});
    fees_are_right();
  }

  void value_at(std::uint64_t number, core::Minor equity) {
    run(ValueAccount{Group::account(number), shortest(std::max<core::Minor>(equity, 0)), {}});
  }

  template <class Command>
  std::string run(const Command& command) {
    const std::string outcome = group.run(command);
    if (outcome == "done") fees_are_right();
    return outcome;
  }

  // Of the last command.
  void fees_are_right() {
    for (const AccountFeeCharged& one : group.last<AccountFeeCharged>()) {
      const FeeCharged& fee = one.fee;
      core::Minor sum = 0;
      for (const FeeShare& share : fee.shares) sum += share.amount;
      EXPECT_TRUE(fee.equity_before - fee.equity_after == (fee.shares.empty() ? fee.amount : sum));
      EXPECT_TRUE(fee.amount >= 0 && fee.equity_after >= 0);
      if (fee.fee != FeeKind::Performance) continue;
      const core::Minor measured = fee.measured.value_or(fee.equity_before);
      EXPECT_TRUE(measured > fee.mark_before) << cents(measured) << " " << cents(fee.mark_before);
      EXPECT_TRUE(fee.amount <= measured - fee.mark_before);
      EXPECT_TRUE(fee.mark_after >= fee.mark_before);
    }
  }

  void check(bool all) {
    core::Minor released = 0;
    for (const auto& [client, stack] : group.state.trading->losses[group.strategy]) {
      for (const WithdrawnLoss& lost : stack) {
        released +=
            lost.loss - fees::restored_in_all(lost.amount, lost.loss, lost.returned).value();
      }
    }
    core::Minor in_books = 0;
    for (std::uint64_t n = 1; n <= kAccounts; ++n) {
      in_books += group.released(n);
      EXPECT_TRUE(group.mark(n) >= 0);
    }
    EXPECT_TRUE(released == in_books) << cents(released) << " " << cents(in_books);
    core::Minor held = 0;
    for (const auto& [id, account] : group.state.trading->accounts) {
      for (const HeldFee& one : account.standing.investor.held) held += one.amount;
      // Valuations and flows keep the books' balance in mind.
      if (account.valued && all) {
        EXPECT_TRUE(account.valued->balance.has_value());
      }
    }
    EXPECT_TRUE(held == -group.balance(accounts::manager_reserve(group.manager)));
  }

  tests::Numbers numbers;
  ChargedGroup group;
  std::int64_t day = 1;

 private:
  core::Decimal some_money(std::uint64_t below) {
    return shortest(static_cast<core::Minor>(1 + numbers.below(below)));
  }
  core::Minor some_change() { return static_cast<core::Minor>(80 + numbers.below(45)); }
  void trade() {
    const std::uint64_t order = ++orders_;
    if (group.accept(order, "1") != "done") return;
    group.fill(order, "f", "1");
    const core::Minor result = static_cast<core::Minor>(numbers.below(40'000)) - 20'000;
    group.close(order, "c", "1", core::to_string(shortest(result)));
    for (std::uint64_t n = 1; n <= kAccounts; ++n) {
      value_at(n, group.owed(n));
    }
  }

  std::uint64_t orders_ = 0;
};

constexpr int kSteps = 12;

TEST(AccountsProperty, FeesAreOnGainsAboveTheMarkAndSumToTheirShares) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Story story(seed);
    for (int i = 0; i < kSteps; ++i) story.step();
    if (HasFailure()) return;
  }
}

TEST(AccountsProperty, ASecondChargeAtOnePriceTakesNothing) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Story story(seed);
    for (int i = 0; i < kSteps; ++i) story.step();
    story.charge(true);
    const auto taken = [&] {
      std::size_t count = 0;
      for (const auto& one : story.group.last<AccountFeeCharged>()) {
        count += one.fee.fee == FeeKind::Performance;
      }
      return count;
    };
    // What a cap forfeits or a fraction leaves needs no second one either.
    story.charge(true);
    EXPECT_EQ(taken(), 0u);
    if (HasFailure()) return;
  }
}

TEST(AccountsProperty, ADepositInTwoPartsIsOneDeposit) {
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Story one(seed);
    Story two(seed);
    for (int i = 0; i < kSteps; ++i) {
      one.step();
      two.step();
    }
    tests::Numbers numbers(seed);
    const auto whole = static_cast<core::Minor>(2 + numbers.below(90'000));
    const auto part =
        static_cast<core::Minor>(1 + numbers.below(static_cast<std::uint64_t>(whole) - 1));
    for (const std::uint64_t number : {1u, 2u}) {
      const auto account = Group::account(number);
      EXPECT_EQ(one.run(FundAccount{account, shortest(whole)}), "done");
      EXPECT_EQ(two.run(FundAccount{account, shortest(part)}), "done");
      EXPECT_EQ(two.run(FundAccount{account, shortest(whole - part)}), "done");
      EXPECT_TRUE(one.group.mark(number) == two.group.mark(number));
      EXPECT_TRUE(one.group.released(number) == two.group.released(number));
      EXPECT_TRUE(one.group.equity(number) == two.group.equity(number));
      EXPECT_TRUE(one.group.state.trading->accounts.at(account).standing ==
                  two.group.state.trading->accounts.at(account).standing);
    }
    if (HasFailure()) return;
  }
}

TEST(AccountsProperty, ARoundTripAtOnePriceLeavesEquityAndMark) {
  std::uint64_t tried = 0;
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Story story(seed);
    for (int i = 0; i < kSteps; ++i) story.step();
    ChargedGroup& group = story.group;
    const auto rule = group.state.offers.begin()->second.terms.performance->withdrawal_rule;
    if (rule == WithdrawalRule::Proportional) continue;
    for (std::uint64_t number = 1; number <= kAccounts; ++number) {
      const core::Minor equity = group.equity(number);
      const core::Minor mark = group.mark(number);
      const core::Minor released = group.released(number);
      if (equity > mark || equity < 2) continue;
      const core::Minor part =
          1 + static_cast<core::Minor>(story.numbers.below(static_cast<std::uint64_t>(equity) - 1));
      // With fees measured before the management fee a gain above the mark may be there all the
      // same.
      if (story.run(DefundAccount{Group::account(number), shortest(part)}) != "done") continue;
      if (!group.last<AccountFeeCharged>().empty()) continue;
      ASSERT_EQ(story.run(FundAccount{Group::account(number), shortest(part)}), "done");
      ++tried;
      EXPECT_TRUE(group.equity(number) == equity);
      EXPECT_TRUE(group.mark(number) == mark) << cents(group.mark(number)) << " " << cents(mark);
      EXPECT_TRUE(group.released(number) == released);
    }
    if (HasFailure()) return;
  }
  EXPECT_GT(tried, tests::seeds() / 8);
}

TEST(AccountsProperty, AStateReadAgainDecidesTheSame) {
  for (std::uint64_t seed = 0; seed < std::min<std::uint64_t>(tests::seeds(), 1000); ++seed) {
    SCOPED_TRACE(seed);
    Story story(seed);
    for (int i = 0; i < kSteps; ++i) story.step();
    ChargedGroup& group = story.group;
    for (std::uint64_t n = 1; n <= kAccounts; ++n) story.value_at(n, group.equity(n));
    const auto reread = core::from_cbor<State>(core::to_cbor(group.state));
    ASSERT_TRUE(reread.has_value());
    Context as_read = group.context();
    const Context other{reread.value(), as_read.books, as_read.now, as_read.effective_at,
                        as_read.past};
    const ChargeAccountFees charge{
        group.structure, ChargedGroup::date(static_cast<std::int32_t>(story.day)), {}, true};
    const auto first = decide(as_read, charge);
    const auto second = decide(other, charge);
    ASSERT_EQ(first.has_value(), second.has_value());
    if (!first) continue;
    ASSERT_EQ(first.value().size(), second.value().size());
    for (std::size_t i = 0; i < first.value().size(); ++i) {
      EXPECT_EQ(first.value()[i].body, second.value()[i].body);
      EXPECT_TRUE(first.value()[i].postings == second.value()[i].postings);
    }
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace engine::trading
