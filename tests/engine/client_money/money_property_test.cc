#include <gtest/gtest.h>

#include <array>

#include "tests/engine/client_money/money_book.h"
#include "tests/support/numbers.h"
#include "tests/support/seeds.h"

// Whatever clients, banks, processors and platforms do, in whatever order, the laws of client money
// hold after every record.
namespace engine::client_money {
namespace {

using tests::client_id;
using tests::id;

constexpr std::uint64_t kSteps = 60;

// Sums as a reader of the books makes them, without the code that calculates them.
struct Sums {
  core::Minor assets = 0;             // cm
  core::Minor liabilities = 0;        // cm, without C; credit positive.
  core::Minor c = 0;                  // Credit positive.
  core::Minor x = 0;                  // Debit positive.
  core::Minor house = 0;              // All of the ring, X included.
  std::array<core::Minor, 3> owed{};  // At least, by measure.
};

Sums sums_of(const MoneyBook& book, std::string_view currency) {
  Sums sums;
  for (const ledger::journal::Balance& line : book.books.balances_at("", ~std::uint64_t{0})) {
    if (line.amount.commodity.code != currency) continue;
    const core::Minor amount = line.amount.minor;
    if (line.account == accounts::kInterfundHouse) sums.x = amount;
    if (line.account.find(":house:") != std::string::npos) sums.house += amount;
    if (line.account == accounts::kInterfundClient) {
      sums.c = -amount;
    } else if (line.account.starts_with("liabilities:cm")) {
      sums.liabilities -= amount;
    } else if (line.account.starts_with("assets:cm")) {
      sums.assets += amount;
    }
  }
  // Accounts are three, and nobody's debit counts.
  core::Minor on_accounts = 0;
  for (const std::uint64_t number : {1u, 2u, 3u}) {
    if (currency != "EUR") break;
    const core::Minor balance = book.on_account(number);
    const core::Minor floating = book.floating(number);
    on_accounts += balance + floating;
    const auto positive = [](core::Minor value) { return std::max<core::Minor>(value, 0); };
    sums.owed[0] += positive(balance);
    sums.owed[1] += positive(balance + positive(floating));
    sums.owed[2] += positive(balance + floating);
  }
  for (core::Minor& owed : sums.owed) owed += sums.liabilities - on_accounts;
  return sums;
}

class Story {
 public:
  explicit Story(std::uint64_t seed) : numbers_(seed) {
    book_.post(accounts::bank(book_.own, BankRing::House), accounts::manager_fees(book_.manager),
               "EUR", 5'000);
  }

  // One thing happens, possible or not; most often it is.
  void step() {
    ++step_;
    switch (numbers_.below(24)) {
      case 0:
      case 1:
        return ran(book_.run(Deposit{client(), bank(), amount(), "EUR"}));
      case 2:
        return ran(book_.run(Withdraw{client(), amount(), "EUR"}));
      case 3:
        return ran(book_.run(PayWithdrawal{client(), bank(), amount(), "EUR"}));
      case 4:
        return ran(book_.run(CancelWithdrawal{client(), amount(), "EUR"}));
      case 5:
        return ran(book_.run(ReturnWithdrawal{client(), bank(), amount(), "EUR"}));
      case 6:
        return ran(book_.run(
            DepositByCard{MoneyBook::payment_id(step_), book_.psp, client(), amount(), "EUR"}));
      case 7:
        return ran(book_.run(SettlePsp{book_.psp, bank(), "EUR", amount(), part(), part()}));
      case 8:
        return ran(
            book_.run(ReleasePspReserve{book_.psp, coin() ? book_.own : bank(), "EUR", part()}));
      case 9:
        return ran(book_.run(ChargeBack{MoneyBook::payment_id(earlier()), amount(),
                                        coin() ? BorneBy::Client : BorneBy::House}));
      case 10:
        return ran(book_.run(RecordReceipt{MoneyBook::receipt_id(step_), bank(), amount(), "EUR"}));
      case 11:
        return ran(book_.run(IdentifyReceipt{MoneyBook::receipt_id(earlier()), client()}));
      case 12:
        return ran(book_.run(ReturnReceipt{MoneyBook::receipt_id(earlier())}));
      case 13:
      case 14:
        return ran(
            book_.send(step_, number(), core::to_string(amount()),
                       coin() ? TransferDirection::ToAccount : TransferDirection::FromAccount));
      case 15:
        return ran(
            book_.run(ConfirmTransfer{MoneyBook::transfer_id(earlier()), std::to_string(step_)}));
      case 16:
        return ran(book_.run(RefuseTransfer{MoneyBook::transfer_id(earlier())}));
      case 17:
        return ran(book_.run(PayManager{book_.manager, part(), "EUR", client_id(3), {}}));
      case 18:
        return ran(book_.run(
            CoverNegativeBalance{MoneyBook::account(number()), amount(), BorneBy::House}));
      case 19:
        return ran(book_.run(Convert{client(),
                                     "EUR",
                                     "USD",
                                     amount(),
                                     tests::decimal("1.0845"),
                                     tests::decimal("1.0850"),
                                     "ecb",
                                     {0},
                                     {}}));
      case 20:
        return ran(book_.run(ValueAccount{MoneyBook::account(number()), amount(), {}}));
      case 21:
        book_.trade(number(), core::Minor(numbers_.below(20'000)) - 10'000);
        return;
      case 22:
        return segregate();
      default:
        book_.now.micros += std::int64_t(numbers_.below(36)) * 3'600'000'000;
        ran(book_.tick());
        return;
    }
  }

  void check() const {
    for (const std::string_view currency : {"EUR", "USD"}) {
      const Sums sums = sums_of(book_, currency);
      EXPECT_TRUE(sums.house == 0) << currency;
      EXPECT_TRUE(sums.x == sums.c) << currency;  // X + C = 0, by their signs.
      EXPECT_TRUE(sums.assets == sums.liabilities + sums.c) << currency;
      for (const std::uint64_t number : {1u, 2u, 3u}) {
        EXPECT_TRUE(book_.wallet(number, currency) >= 0) << currency;
        EXPECT_TRUE(-book_.balance(accounts::payout(client_id(number)), currency) >= 0);
      }
    }
  }

  std::uint64_t done = 0;
  std::uint64_t calculated = 0;

 private:
  void ran(const std::string& outcome) {
    if (outcome == "done") ++done;
    // Refused, for a reason that a caller can do something about.
    EXPECT_FALSE(outcome.starts_with("Corrupt") || outcome.starts_with("Overflow")) << outcome;
  }

  void segregate() {
    const auto measure = static_cast<OwedMeasure>(numbers_.below(3));
    RecordSegregation command = book_.day("2026-01-05", measure);
    command.date = core::utc_date(book_.now);
    command.currency = coin() ? "EUR" : "USD";
    command.client_bank = bank();
    const std::string outcome = book_.run(command);
    ran(outcome);
    if (outcome != "done") return;
    ++calculated;
    const Sums sums = sums_of(book_, command.currency);
    EXPECT_TRUE(sums.c >= 0);
    const core::Minor owed = sums.owed.at(static_cast<std::size_t>(measure));
    EXPECT_TRUE(sums.assets >= owed)
        << core::to_string(sums.assets) << " of " << core::to_string(owed);
    const auto body = book_.last<SegregationRecorded>().at(0);
    EXPECT_TRUE(body.owed_measured == owed);
    EXPECT_TRUE(body.interfund_after == sums.c);
    EXPECT_TRUE(body.surplus_after == sums.assets - owed);
    EXPECT_TRUE(body.funded == 0 || body.removed == 0);
  }

  std::uint64_t number() { return 1 + numbers_.below(3); }
  core::PartyId client() { return client_id(number()); }
  core::BankId bank() { return coin() ? book_.trust : book_.second_trust; }
  bool coin() { return numbers_.below(2) == 0; }
  std::uint64_t earlier() { return 1 + numbers_.below(step_); }
  core::Decimal amount() { return core::to_decimal(1 + core::Minor(numbers_.below(30'000)), 2); }
  core::Decimal part() { return core::to_decimal(core::Minor(numbers_.below(2'000)), 2); }

  tests::Numbers numbers_;
  MoneyBook book_;
  std::uint64_t step_ = 0;
};

TEST(ClientMoneyProperty, LawsHoldAfterEveryCommandInAnyOrder) {
  std::uint64_t done = 0;
  std::uint64_t calculated = 0;
  for (std::uint64_t seed = 0; seed < tests::seeds(); ++seed) {
    SCOPED_TRACE(seed);
    Story story(seed);
    for (std::uint64_t step = 0; step < kSteps; ++step) {
      story.step();
      story.check();
      if (testing::Test::HasFailure()) return;
    }
    done += story.done;
    calculated += story.calculated;
  }
  // The stories are not empty.
  EXPECT_GT(done, tests::seeds() * kSteps / 4);
  EXPECT_GT(calculated, tests::seeds() / 2);
}

}  // namespace
}  // namespace engine::client_money
