// How far subscriptions may be levered by their mandates and by the rules.

#include "engine/gate_state.h"
#include "tests/engine/copy/copying.h"
#include "tests/engine/copy/facts.h"
#include "tests/engine/gate/ruled.h"

namespace engine::copy {
namespace {

using tests::decimal;

TEST(SizeOf, TheAgreedLeverageCountsAllCopies) {
  CopyFacts out = facts("1");  // 110,000 of notional.
  out.agreed_leverage = 12;
  EXPECT_EQ(lots_of(out), "1");
  out.agreed_leverage = 5;  // 50,000 / 110,000 = 0.454.
  EXPECT_EQ(lots_of(out), "0.45");
  out.exposure = decimal("40000");  // 10,000 are left: 0.0909.
  EXPECT_EQ(lots_of(out), "0.09");
  out.exposure = decimal("50000");
  EXPECT_EQ(lots_of(out), "cap_reached");
}

TEST(SizeOf, TheRulesLeverageAsksForMarginByClass) {
  CopyFacts out = facts("10");
  out.class_leverage = 30;  // 300,000 / 110,000 = 2.727.
  EXPECT_EQ(lots_of(out), "2.72");
  out.class_margin = decimal("7500");  // 2,500 x 30 / 110,000 = 0.6818.
  EXPECT_EQ(lots_of(out), "0.68");
  out.terms.max_exposure = decimal("1");  // The strictest counts: 10,000 / 110,000.
  EXPECT_EQ(lots_of(out), "0.09");
  out.class_leverage = 0;
  EXPECT_EQ(lots_of(out), "cap_reached");
}

// The second subscription is a professional client's.
struct LeveredCopies : Copying {
  LeveredCopies() {
    add_copier(1, 1'000);
    add_copier(2, 1'000);
    state.clients.at(tests::client_id(2)).category = ClientCategory::Professional;
    tests::decide_by_rules(state, GateModel::CopyAuto);
  }
  void name(const std::optional<std::string>& asset_class) {
    state.instruments->symbols.at("EURUSD").contracts.back().spec.asset_class = asset_class;
  }
};

TEST(RecordSignal, RetailCopiesHaveTheRulesLeverage) {
  LeveredCopies book;
  book.name("equity");
  // A tenth of the master's 1 lot: 0.1. The rules: 5 x 1,000 / 110,000 = 0.045.
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.04 0.1");
  // 0.04 lots are 4,400 euros, and need 880 of the 1,000 euros: 0.0054 lots more.
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(book.skipped(), "cap_reached");
  EXPECT_EQ(book.last<CopySkipped>().at(0).facts->class_margin, decimal("880"));
}

TEST(RecordSignal, WithoutAnAssetClassRetailCopiesAreSkipped) {
  LeveredCopies book;
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.skipped(), "no_asset_class");
  EXPECT_EQ(book.sized(), "0.1");
}

// Decision 0049: nothing is opened for whom a list names; what is open closes.
TEST(RecordSignal, WhomAListNamesIsNotCopiedFor) {
  LeveredCopies book;
  book.name("equity");
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.04 0.1");
  book.state.gate->hits.insert(tests::client_id(2));
  ASSERT_EQ(book.buy("s2", "0.1", "q"), "done");
  EXPECT_EQ(book.last<CopySkipped>().back().account, Copying::account(2));
  EXPECT_EQ(book.last<CopySkipped>().back().reason, CopySkip::ScreeningHit);
  book.state.gate->hits.clear();
  book.state.clients.at(tests::client_id(2)).holders = {tests::client_id(7)};
  book.state.gate->hits.insert(tests::client_id(7));
  ASSERT_EQ(book.buy("s3", "0.1", "r"), "done");
  EXPECT_EQ(book.last<CopySkipped>().back().reason, CopySkip::ScreeningHit);
}

TEST(RecordSignal, TheMandatesLeverageCounts) {
  LeveredCopies book;
  book.state.gate->mandate_ends[book.structure][tests::client_id(2)].leverage_max = 3;
  // 3 x 1,000 / 110,000 = 0.027.
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.sized(), "0.02");
}

// The rules ask what the symbol is on now; sizes and prices are those of the signal's time.
TEST(RecordSignal, ToldLateHasTheAssetClassOfToday) {
  LeveredCopies book;
  auto& contracts = book.state.instruments->symbols.at("EURUSD").contracts;
  contracts.push_back(contracts.back());
  contracts.back().from = {500};
  contracts.back().spec.asset_class = "equity";
  RecordSignal signal;
  signal.structure = book.structure;
  signal.signal = "s1";
  signal.position = "p";
  signal.symbol = "EURUSD";
  signal.side = Side::Buy;
  signal.lots = decimal("1");
  signal.price = decimal("1.1");
  const Context then{book.state, book.books, book.now, {400}, book.context().past};
  ASSERT_EQ(book.commit(decide(then, signal)), "done");
  EXPECT_EQ(book.sized(), "0.04 0.1");
  // And what it is in law.
  auto& decided = book.state.gate->decisions.at(book.state.decision_order.back()).decided;
  decided.question.instruments = {GateInstrument::Cfd};
  contracts.front().spec.product = GateInstrument::Cfd;
  signal.signal = "s2";
  const Context later{book.state, book.books, book.now, {400}, book.context().past};
  ASSERT_EQ(book.commit(decide(later, signal)), "done");
  EXPECT_EQ(book.skipped(), "not_authorised not_authorised");
}

}  // namespace
}  // namespace engine::copy
