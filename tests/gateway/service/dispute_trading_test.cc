// Parts of orders and rebates under corrected terms.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/service/dispute.h"
#include "tests/gateway/service/pool_book.h"

namespace gateway::service {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// A group of accounts of 10,000, 7,000 and 2,000 under an offer by which the largest has the odd
// step, with a rebate of 1.00 a lot: ten lots were filled and closed.
class TradingDispute : public testing::Test {
 protected:
  TradingDispute() {
    must(R"("command":"register_bank","bank":"@trust","ring":"client_money")");
    must(R"("command":"register_manager","manager":"@m","home":"CY")");
    must(R"("command":"record_decision","decision":"@d","manager":"@m","model":"mam",
         "jurisdiction":"offshore","verdict":"allow","valid_from":"2020-01-01T00:00:00Z",
         "valid_until":"2099-01-01T00:00:00Z","document":")" +
         std::string(64, 'a') + "\"");
    must(R"("command":"register_symbol","symbol":"EURUSD","currency":"EUR")");
    must(R"("command":"publish_offer","offer":"@o","model":"mam","currency":"EUR","terms":{
         "management_fee_rate":"0","performance_fee_rate":"0","mark_basis":"net",
         "entry_fee_rate":"0","residual":"largest_equity_first","rebate_per_lot":"1.00",
         "rebate_to":"manager"})");
    must(R"("command":"open_structure","structure":"@g","manager":"@m","offer":"@o",
         "jurisdiction":"offshore")");
    add_trader("@a", "10000.00");
    add_trader("@b", "7000.00");
    add_trader("@c", "2000.00");
    must(R"("command":"accept_order","order":"@order","structure":"@g","symbol":"EURUSD",
         "side":"buy","lots":"10.00")");
    must(R"("command":"record_fill","order":"@order","fill":"f","lots":"10.00","price":"1.1")");
    must(R"("command":"record_close","order":"@order","close":"c","lots":"10.00","price":"1.2",
         "profit":"0","swap":"0","commission":"0")");
  }

  void must(const std::string& fields) { book_.must(fields); }
  void add_trader(const std::string& client, const std::string& amount) {
    const std::string named = R"(,"client":")" + client + "\"";
    must(R"("command":"register_client","category":"retail","residence":"CY")" + named);
    must(R"("command":"deposit","bank":"@trust","currency":"EUR","amount":")" + amount + "\"" +
         named);
    must(R"("command":"accept_mandate","structure":"@g","document":")" + std::string(64, 'b') +
         "\"" + named);
    must(R"("command":"open_trading_account","structure":"@g","account":")" + client + "-1\"" +
         named);
    must(R"("command":"fund_account","account":")" + client + R"(-1","amount":")" + amount + "\"");
  }

  Dispute dispute(const std::string& rules) {
    Dispute out;
    const auto replayed = [&]() -> core::Result<> {
      CorrectedTerms terms;
      TRY(book_.book().with_references([&](refs::ReferenceStore& store) -> core::Result<> {
        refs::KnownReferences references(store);
        TRY(terms, read_rules(rules, references));
        return core::ok();
      }));
      return book_.book().read([&](const BookView& view) -> core::Result<> {
        TRY(out, replay_with(view.log, view.size, terms));
        return core::ok();
      });
    }();
    EXPECT_EQ(tests::outcome(replayed), "a value");
    return out;
  }

 private:
  tests::PoolBook book_;
};

TEST_F(TradingDispute, TheSameTermsGiveTheSameParts) {
  const Dispute same = dispute(R"({"@o": {"residual": "largest_equity_first"}})");
  EXPECT_THAT(same.allocations, IsEmpty());
  EXPECT_THAT(same.rebates, IsEmpty());
}

// Published figures of both rules: 5.27, 3.68 and 1.05 against 5.26, 3.69 and 1.05.
TEST_F(TradingDispute, AnotherRuleForTheOddStepMovesIt) {
  const Dispute other = dispute(R"({"@o": {"residual": "largest_remainder"}})");
  ASSERT_THAT(other.allocations, SizeIs(2));
  core::Minor moved = 0;
  for (const AllocationDifference& one : other.allocations) {
    moved += one.corrected - one.recorded;
    const bool first = one.recorded == 527 && one.corrected == 526;
    const bool second = one.recorded == 368 && one.corrected == 369;
    EXPECT_TRUE(first || second) << core::to_string(one.recorded);
  }
  EXPECT_EQ(moved, 0);
  EXPECT_THAT(to_text(other), HasSubstr("recorded 527, corrected 526"));
}

TEST_F(TradingDispute, AnotherRebateIsToldByItsReceiver) {
  const Dispute other = dispute(R"({"@o": {"rebate_per_lot": "2.50"}})");
  EXPECT_THAT(other.allocations, IsEmpty());
  ASSERT_THAT(other.rebates, SizeIs(1));
  EXPECT_EQ(other.rebates[0].currency, "EUR");
  EXPECT_EQ(other.rebates[0].recorded, 1'000);
  EXPECT_EQ(other.rebates[0].corrected, 2'500);
  EXPECT_THAT(core::json::print(to_json(other)), HasSubstr(R"("corrected":"25.00")"));
}

}  // namespace
}  // namespace gateway::service
