#include <gtest/gtest.h>

#include "engine/client_money_records.h"
#include "tests/reports/cases.h"
#include "tests/support/outcome.h"

namespace reports {
namespace {

using tests::Book;
using tests::build;
using tests::dec;
using tests::february;
using tests::instant;
using tests::kAnna;
using tests::kStructure;

const core::AccountId kAccount = tests::make_id<core::AccountId>(0xac);
const core::OrderId kOrder = tests::make_id<core::OrderId>(0x0d);

struct Terms {
  engine::Residual residual = engine::Residual::SainteLague;
  engine::Side side = engine::Side::Buy;
};

void accept_order(Book& book, const core::OrderId& order, const Terms& terms, core::Instant at) {
  engine::OrderAccepted body;
  body.order = {order, kStructure, "EURUSD", terms.side, dec("1")};
  body.steps = 100;
  body.lot_step = dec("0.01");
  body.residual = terms.residual;
  book.add(body, at);
}

void fill(Book& book, const core::OrderId& order, std::string_view price, Minor steps, Minor part,
          core::Instant at) {
  std::vector<ledger::Draft> drafts;
  engine::FillRecorded whole;
  whole.order = order;
  whole.structure = kStructure;
  whole.fill = "f" + std::string(price);
  whole.steps = steps;
  whole.price = dec(price);
  drafts.push_back(Book::record(whole, at));
  if (part > 0) {
    drafts.push_back(Book::record(
        engine::FillAllocated{order, whole.fill, kAccount, kStructure, kAnna, part, part}, at));
  }
  book.batch(std::move(drafts));
}

struct Result {
  Minor profit = 0;
  Minor swap = 0;
  Minor commission = 0;
};
void close(Book& book, const core::OrderId& order, Minor steps, const Result& result,
           core::Instant at) {
  engine::CloseRecorded whole;
  whole.order = order;
  whole.structure = kStructure;
  whole.close = "c1";
  whole.steps = steps * 2;
  whole.price = dec("1.2");
  const Minor sum = result.profit + result.swap + result.commission;
  engine::Postings postings;
  postings.add(engine::accounts::account_balance(kAnna, kAccount), "EUR", -sum);
  postings.in("EUR", sum);
  book.batch({Book::record(whole, at),
              Book::record(engine::CloseAllocated{order, "c1", kAccount, kStructure, kAnna, steps,
                                                  0, result.profit, result.swap, result.commission},
                           at, postings.take())});
}

// January: 1,000.00 paid in. February: 40 steps filled, 30 closed, valued at the end.
Book traded_book() {
  Book book(engine::Model::Mam);
  book.deposit(kAnna, 200'000, instant("2026-01-05T00:00:00Z"));
  book.open_account(kAccount, kAnna, instant("2026-01-05T00:00:00Z"));
  book.move_cash("account_funded", kAccount, 100'000, instant("2026-01-06T00:00:00Z"));
  accept_order(book, kOrder, {}, instant("2026-02-02T00:00:00Z"));
  fill(book, kOrder, "1.1", 60, 20, instant("2026-02-02T10:00:00Z"));
  fill(book, kOrder, "1.10015", 40, 20, instant("2026-02-02T10:01:00Z"));
  close(book, kOrder, 30, {5'000, -120, -350}, instant("2026-02-12T00:00:00Z"));
  book.value_account(kAccount, 104'830, 300, instant("2026-02-14T00:00:00Z"));
  book.move_cash("account_defunded", kAccount, 20'000, instant("2026-02-15T00:00:00Z"));
  book.value_account(kAccount, 84'580, -250, instant("2026-02-27T00:00:00Z"));
  return book;
}

Statement traded_statement() {
  Book book = traded_book();
  return build(book, february(book)).value();
}

TEST(GroupStatement, OpensAndClosesWithBalanceAndFloating) {
  const Statement statement = traded_statement();
  ASSERT_EQ(statement.holdings.size(), 1u);
  const Holding& holding = statement.holdings[0];
  EXPECT_EQ(holding.account, kAccount);
  EXPECT_EQ(holding.open.total, 100'000);
  EXPECT_EQ(holding.close.settled, 84'530);
  EXPECT_EQ(holding.close.floating, 50);
  EXPECT_EQ(holding.close.valued->at, instant("2026-02-27T00:00:00Z"));
}

TEST(GroupStatement, ShowsWhatTheValueChangedBy) {
  const Totals totals = traded_statement().totals;
  EXPECT_EQ(totals.net_flows, -20'000);
  EXPECT_EQ(totals.realised, 5'000);
  EXPECT_EQ(totals.swap, -120);
  EXPECT_EQ(totals.fees_of(FeeClass::Execution), 350);
  EXPECT_EQ(totals.change_unrealised, 50);
  EXPECT_EQ(totals.nav_close, 84'580);
}

TEST(GroupStatement, LinksTheReturnAtEachFlow) {
  const Statement statement = traded_statement();
  // 1,000.00 to 1,048.30; 848.30 to 845.80.
  ASSERT_EQ(statement.sub_periods.size(), 2u);
  EXPECT_EQ(statement.sub_periods[0].close, 104'830);
  EXPECT_EQ(statement.sub_periods[1].open, 84'830);
  EXPECT_EQ(core::print_fixed(statement.time_weighted.rate_e8.value(), 8), "0.04521059");
}

TEST(GroupStatement, AFeeOnTheAccountIsAFee) {
  Book book(engine::Model::Mam);
  book.deposit(kAnna, 200'000, instant("2026-01-05T00:00:00Z"));
  book.open_account(kAccount, kAnna, instant("2026-01-05T00:00:00Z"));
  book.move_cash("account_funded", kAccount, 100'000, instant("2026-01-06T00:00:00Z"));
  engine::AccountFeeCharged charged;
  charged.account = kAccount;
  charged.currency = "EUR";
  charged.fee.structure = kStructure;
  charged.fee.client = kAnna;
  charged.fee.fee = engine::FeeKind::Performance;
  charged.fee.amount = 1'900;
  engine::Postings postings;
  postings.add(engine::accounts::account_balance(kAnna, kAccount), "EUR", 1'900);
  postings.out("EUR", 1'900);
  postings.add(std::string(engine::accounts::kClientTradingRealised), "EUR", -1'900);
  book.add(charged, instant("2026-02-12T00:00:00Z"), postings.take());
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.fees.size(), 1u);
  EXPECT_EQ(statement.fees[0].fee, FeeClass::Performance);
  EXPECT_EQ(statement.totals.fees_of(FeeClass::Performance), 1'900);
  EXPECT_EQ(statement.totals.nav_close, 98'100);
}

// January: 500.00 dollars on a second account. February: 100.00 more, a result of 40.00, a fee of
// 8.00, and a floating result of 15.00.
TEST(GroupStatement, AccountsInOtherCurrenciesStandByThemselves) {
  const auto dollars = tests::make_id<core::AccountId>(0xad);
  Book book(engine::Model::Mam);
  book.deposit(kAnna, 200'000, instant("2026-01-05T00:00:00Z"));
  book.open_account(kAccount, kAnna, instant("2026-01-05T00:00:00Z"));
  book.move_cash("account_funded", kAccount, 100'000, instant("2026-01-06T00:00:00Z"));
  engine::TradingAccountOpened opened;
  opened.account = {dollars, kStructure, kAnna, "USD"};
  book.add(opened, instant("2026-01-07T00:00:00Z"));
  const std::string wallet = engine::accounts::wallet(kAnna);
  const std::string balance = engine::accounts::account_balance(kAnna, dollars);
  const auto realised = std::string(engine::accounts::kClientTradingRealised);
  const auto fund = [&](Minor amount, core::Instant at) {
    engine::Postings postings;
    postings.add(wallet, "USD", amount).add(balance, "USD", -amount);
    book.add(engine::CashMoved{"account_funded", kAnna, "USD", amount}, at, postings.take());
  };
  const auto earn = [&](Minor amount) {
    engine::Postings postings;
    postings.add(balance, "USD", -amount).in("USD", amount).add(realised, "USD", amount);
    return postings.take();
  };
  fund(50'000, instant("2026-01-08T00:00:00Z"));
  fund(10'000, instant("2026-02-03T00:00:00Z"));
  book.add(engine::EntryPosted{3}, instant("2026-02-04T00:00:00Z"), earn(4'000));
  engine::AccountFeeCharged charged;
  charged.account = dollars;
  charged.currency = "USD";
  charged.fee.structure = kStructure;
  charged.fee.client = kAnna;
  charged.fee.amount = 800;
  book.add(charged, instant("2026-02-05T00:00:00Z"), earn(-800));
  engine::AccountValued valued{dollars, kStructure, kAnna, 64'700, 1'500, {}};
  engine::Postings floating;
  floating.add(engine::accounts::account_floating(kAnna, dollars), "USD", -1'500);
  floating.in("USD", 1'500).add(realised, "USD", 1'500);
  book.add(valued, instant("2026-02-06T00:00:00Z"), floating.take());

  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.holdings.size(), 1u);
  EXPECT_EQ(statement.totals.nav_close, 100'000);
  EXPECT_TRUE(statement.fees.empty());
  ASSERT_EQ(statement.other_currencies.size(), 1u);
  const OtherCurrency& usd = statement.other_currencies[0];
  EXPECT_EQ(usd.currency.code, "USD");
  EXPECT_EQ(usd.nav_open, 50'000);
  EXPECT_EQ(usd.net_flows, 10'000);
  EXPECT_EQ(usd.result, 5'500);
  EXPECT_EQ(usd.fees, 800);
  EXPECT_EQ(usd.nav_close, 64'700);
  ASSERT_EQ(usd.holdings.size(), 1u);
  EXPECT_EQ(usd.holdings[0].close.settled, 63'200);
  EXPECT_EQ(usd.holdings[0].close.floating, 1'500);
  EXPECT_EQ(usd.holdings[0].close.valued->at, instant("2026-02-06T00:00:00Z"));
  const std::string json = statement_json(statement);
  EXPECT_NE(json.find("\"other_currencies\""), std::string::npos);
  EXPECT_NE(json.find("\"nav_close\": \"647.00\""), std::string::npos);
  const std::string page = statement_html(statement).value();
  EXPECT_NE(page.find("Accounts in other currencies"), std::string::npos);
  EXPECT_NE(page.find("647.00"), std::string::npos);
}

TEST(GroupStatement, WithoutOtherCurrenciesNothingIsSaidOfThem) {
  const Statement statement = traded_statement();
  EXPECT_EQ(statement_json(statement).find("other_currencies"), std::string::npos);
  EXPECT_EQ(statement_html(statement).value().find("other currencies"), std::string::npos);
}

// February: 300.00 are sent to the platform and confirmed; 120.00 are sent back and refused, 70.00
// sent back and confirmed; then a loss takes all and 55.00 more, which the house bears.
TEST(GroupStatement, MoneyIsInTheAccountOnceThePlatformConfirmsIt) {
  Book book(engine::Model::Mam);
  book.deposit(kAnna, 100'000, instant("2026-01-05T00:00:00Z"));
  book.open_account(kAccount, kAnna, instant("2026-01-05T00:00:00Z"));
  const auto move = [&](const std::string& debit, const std::string& credit, Minor amount) {
    engine::Postings postings;
    postings.add(debit, "EUR", amount).add(credit, "EUR", -amount);
    return postings.take();
  };
  const std::string wallet = engine::accounts::wallet(kAnna);
  const std::string transit = engine::accounts::transit("demo-1");
  const std::string account = engine::accounts::account_balance(kAnna, kAccount);
  const auto at = [](int day) { return instant("2026-02-1" + std::to_string(day) + "T00:00:00Z"); };
  const auto sent = [&](engine::TransferDirection direction, Minor amount) {
    return engine::TransferSent{{},    kAccount, kStructure, kAnna, direction,
                                "EUR", amount,   "demo-1",   {}};
  };
  const auto ended = [&](engine::TransferDirection direction, Minor amount,
                         std::optional<std::string> ticket) {
    return engine::TransferEnded{{}, kAccount, kAnna, direction, "EUR", amount, "demo-1", ticket};
  };
  using enum engine::TransferDirection;
  book.add(sent(ToAccount, 30'000), at(0), move(wallet, transit, 30'000));
  book.add(ended(ToAccount, 30'000, "1"), at(1), move(transit, account, 30'000));
  book.add(sent(FromAccount, 12'000), at(2), move(account, transit, 12'000));
  book.add(ended(FromAccount, 12'000, {}), at(3), move(transit, account, 12'000));
  book.add(sent(FromAccount, 7'000), at(4), move(account, transit, 7'000));
  book.add(ended(FromAccount, 7'000, "2"), at(5), move(transit, wallet, 7'000));
  engine::NegativeBalanceCovered covered;
  covered.account = kAccount;
  covered.structure = kStructure;
  covered.client = kAnna;
  covered.currency = "EUR";
  engine::Postings postings;
  postings.add(account, "EUR", 23'000).out("EUR", 23'000);
  postings.add(std::string(engine::accounts::kClientTradingRealised), "EUR", -28'500);
  postings.add(std::string(engine::accounts::kNegativeBalanceCost), "EUR", 5'500);
  book.add(covered, at(6), postings.take());

  const Statement statement = build(book, february(book)).value();
  std::string flows;
  for (const Flow& flow : statement.flows) flows += core::to_string(flow.net) + " ";
  EXPECT_EQ(flows, "30000 -12000 12000 -7000 ");
  EXPECT_EQ(statement.totals.net_flows, 23'000);
  EXPECT_EQ(statement.totals.adjustments, -23'000);
  EXPECT_EQ(statement.totals.nav_close, 0);
  std::string lines;
  for (const CashLine& line : statement.cash_lines) {
    lines += line.what + " " + core::to_string(line.amount) + "; ";
  }
  EXPECT_EQ(lines, "account_funded -30000; account_defunded 7000; ");
}

TEST(GroupStatement, ListsFillsAndCloses) {
  const Statement statement = traded_statement();
  ASSERT_EQ(statement.transactions.size(), 3u);
  const Transaction& opened = statement.transactions[1];
  EXPECT_EQ(opened.kind, TransactionKind::Fill);
  EXPECT_EQ(core::to_string(opened.lots), "0.2");
  EXPECT_EQ(core::to_string(opened.price), "1.10015");
  const Transaction& closed = statement.transactions[2];
  EXPECT_EQ(closed.kind, TransactionKind::Close);
  EXPECT_EQ(closed.side, engine::Side::Sell);
  EXPECT_EQ(core::to_string(closed.price), "1.2");
  // (60 x 1.1 + 40 x 1.10015) / 100
  EXPECT_EQ(core::to_string(closed.opened_price.value()), "1.10006");
  EXPECT_EQ(closed.result, 4'530);
}

TEST(GroupStatement, ListsWhatIsOpenAtTheEnd) {
  const Statement statement = traded_statement();
  ASSERT_EQ(statement.positions.size(), 1u);
  EXPECT_EQ(statement.positions[0].symbol, "EURUSD");
  EXPECT_EQ(core::to_string(statement.positions[0].lots), "0.1");
  EXPECT_EQ(core::to_string(statement.positions[0].average_price), "1.10006");
}

TEST(GroupStatement, ListsPositionsAsOfTheEndAndNotAsOfNow) {
  Book book = traded_book();
  auto request = february(book);
  request.to = instant("2026-02-12T00:00:00Z");
  const Statement statement = build(book, request).value();
  ASSERT_EQ(statement.positions.size(), 1u);
  EXPECT_EQ(core::to_string(statement.positions[0].lots), "0.4");
}

TEST(GroupStatement, TellsTwoSidesOfASymbolApart) {
  Book book = traded_book();
  const auto other = tests::make_id<core::OrderId>(0x0e);
  const core::Instant at = instant("2026-02-20T00:00:00Z");
  accept_order(book, other, {.side = engine::Side::Sell}, at);
  fill(book, other, "1.3", 10, 10, at);
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.positions.size(), 2u);
  EXPECT_EQ(statement.positions[1].side, engine::Side::Sell);
}

TEST(GroupStatement, OrdersSharedOutAtOnceHaveTheAveragePrice) {
  Book book(engine::Model::Mam);
  book.open_account(kAccount, kAnna, instant("2026-01-05T00:00:00Z"));
  const core::Instant at = instant("2026-02-02T00:00:00Z");
  accept_order(book, kOrder, {.residual = engine::Residual::LargestEquityFirst}, at);
  fill(book, kOrder, "1.1", 60, 0, at);
  fill(book, kOrder, "1.2", 40, 100, at);
  const Statement statement = build(book, february(book)).value();
  ASSERT_EQ(statement.transactions.size(), 1u);
  EXPECT_EQ(core::to_string(statement.transactions[0].price), "1.14");
}

TEST(GroupStatement, HasNeitherUnitsNorAMark) {
  const Statement statement = traded_statement();
  EXPECT_FALSE(statement.units.has_value());
  EXPECT_FALSE(statement.mark.has_value());
}

TEST(GroupStatement, OfAClientWithoutAnAccountIsEmpty) {
  Book book = traded_book();
  const Statement statement = build(book, february(book, tests::kBoris)).value();
  EXPECT_TRUE(statement.holdings.empty());
  EXPECT_TRUE(statement.transactions.empty());
  EXPECT_EQ(statement.time_weighted.reason, "no_capital");
}

TEST(GroupStatement, RefusesAFillOfAnOrderThatWasNotAccepted) {
  Book book(engine::Model::Mam);
  book.open_account(kAccount, kAnna, instant("2026-01-05T00:00:00Z"));
  fill(book, kOrder, "1.1", 60, 20, instant("2026-02-02T10:00:00Z"));
  EXPECT_EQ(tests::outcome(build(book, february(book))), "Corrupt/record");
}

}  // namespace
}  // namespace reports
