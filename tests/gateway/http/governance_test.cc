#include "gateway/http/governance.h"

#include <gtest/gtest.h>

#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::json_of;
using tests::problem;
using tests::ServedBook;

class GovernanceRoutes : public ::testing::Test {
 protected:
  void command(const std::string& text) {
    const Response response = served.post("commands", text);
    EXPECT_EQ(response.status, 201) << response.body;
  }
  ServedBook served;
};

TEST_F(GovernanceRoutes, ShowsPeopleAndRules) {
  const auto people = json_of(served.get("people"));
  EXPECT_EQ(*people.find("signatures_required")->as_bool(), false);
  EXPECT_TRUE(people.find("people")->as_array()->empty());
  EXPECT_TRUE(people.find("rules")->as_array()->empty());
}

TEST_F(GovernanceRoutes, ShowsOpenProposals) {
  command(R"({"command":"propose","request_id":"r-1","at":"2026-02-02T08:00:00Z",)"
          R"("proposal":"@p","valid_until":"2026-03-01T00:00:00Z",)"
          R"("proposed":{"command":"open_accounts","accounts":["assets:house:till"]}})");
  const auto open = json_of(served.get("proposals"));
  ASSERT_EQ(open.find("proposals")->as_array()->size(), 1u);
  const auto one = json_of(served.get("proposals/@p"));
  EXPECT_EQ(one, open.find("proposals")->as_array()->at(0));
  EXPECT_EQ(one.find("proposed")->text("command"), "open_accounts");
  EXPECT_EQ(problem(served.get("proposals/@q")), "404 unknown_reference");
  EXPECT_EQ(problem(served.get("proposals/xyz")), "400 id");
  EXPECT_EQ(problem(served.get("proposals/00000000000000000000000000000001")),
            "404 unknown_proposal");
}

TEST_F(GovernanceRoutes, ShowsPeriodsAndEntriesAfterClose) {
  command(R"({"command":"open_accounts","request_id":"r-0","approver":"@chief",)"
          R"("at":"2026-02-02T08:00:00Z","accounts":["assets:house:till"]})");
  const auto entry = [&](const std::string& request) {
    command(R"({"command":"post_entry","request_id":")" + request +
            R"(","approver":"@chief","effective_at":"2026-02-02T08:00:00Z","postings":[)"
            R"({"account":"assets:house:till","commodity":"EUR","amount":"1.00"},)"
            R"({"account":"equity:house:capital","commodity":"EUR","amount":"-1.00"}]})");
  };
  entry("r-1");
  command(R"({"command":"close_period","request_id":"r-2","approver":"@chief",)"
          R"("at":"2026-02-03T08:00:00Z","until":"2026-02-03T00:00:00Z"})");
  entry("r-3");
  const auto periods = json_of(served.get("periods"));
  ASSERT_EQ(periods.find("periods")->as_array()->size(), 1u);
  const auto frozen = json_of(served.get("periods/2026-02-03T00:00:00Z"));
  EXPECT_EQ(frozen.find("accounts")->as_array()->at(0).text("amount"), "1.00");
  EXPECT_EQ(problem(served.get("periods/2026-02-04T00:00:00Z")), "404 unknown_period");
  EXPECT_EQ(problem(served.get("periods/soon")), "400 time");
  const std::string path = "periods/2026-02-03T00:00:00Z/entries-after-close";
  const auto first = json_of(served.get(path + "?limit=1"));
  ASSERT_EQ(first.find("records")->as_array()->size(), 1u);
  const auto second =
      json_of(served.get(path + "?limit=1&cursor=" + std::string(first.text("cursor"))));
  EXPECT_EQ(second.find("records")->as_array()->at(0).text("name"), "entry_posted");
  EXPECT_EQ(problem(served.get(path + "?limit=0")), "400 limit");
}

// The rule: each day, by 06:00 UTC of the next. The first day is calculated, the second missed and
// then done late.
TEST_F(GovernanceRoutes, ShowsTheDaysOfClientMoney) {
  const auto none = json_of(served.get("segregation"));
  EXPECT_TRUE(none.find("calculations")->as_array()->empty());
  EXPECT_TRUE(none.find("breaches")->as_array()->empty());
  command(R"({"command":"set_segregation_rule","request_id":"s-1","approver":"@chief",)"
          R"("at":"2026-02-02T08:00:00Z","currency":"EUR","measure":"cash_balances",)"
          R"("days":"every_day","first_date":"2026-02-02","cut_off_minutes":1800,"document":")" +
          std::string(64, 'd') + "\"}");
  command(
      R"({"command":"register_bank","request_id":"s-2","bank":"@trust","ring":"client_money"})");
  command(R"({"command":"register_bank","request_id":"s-3","bank":"@own","ring":"house"})");
  command(R"({"command":"register_client","request_id":"s-4","client":"@anna","category":"retail",)"
          R"("residence":"CY"})");
  command(R"({"command":"record_segregation","request_id":"s-5","date":"2026-02-02",)"
          R"("currency":"EUR"})");
  command(R"({"command":"register_psp","request_id":"s-6","psp":"@cards"})");
  command(R"({"command":"deposit_by_card","request_id":"s-7","payment":"@pay","psp":"@cards",)"
          R"("client":"@anna","amount":"12.50","currency":"EUR"})");
  command(R"({"command":"tick","request_id":"s-8","at":"2026-02-04T06:00:00Z"})");
  const auto open = json_of(served.get("segregation?currency=EUR"));
  ASSERT_EQ(open.find("breaches")->as_array()->size(), 1u);
  const auto& breach = open.find("breaches")->as_array()->at(0);
  EXPECT_EQ(breach.text("reason"), "missed");
  EXPECT_EQ(breach.text("date"), "2026-02-03");
  EXPECT_EQ(breach.text("amount"), "12.50");
  EXPECT_EQ(breach.find("ended_seq"), nullptr);

  command(R"({"command":"record_segregation","request_id":"s-9","date":"2026-02-03",)"
          R"("currency":"EUR","client_bank":"@trust","house_bank":"@own"})");
  const auto all = json_of(served.get("segregation"));
  EXPECT_EQ(all.find("rules")->as_array()->size(), 1u);
  ASSERT_EQ(all.find("calculations")->as_array()->size(), 2u);
  const auto& second = all.find("calculations")->as_array()->at(1);
  EXPECT_EQ(second.text("funded"), "12.50");
  EXPECT_EQ(second.find("owed")->text("wallets"), "12.50");
  EXPECT_EQ(*second.find("late"), core::json::Value(true));
  EXPECT_EQ(*all.find("breaches")->as_array()->at(0).find("ended_seq"), *second.find("seq"));

  const auto first_day = json_of(served.get("segregation?to=2026-02-02"));
  EXPECT_EQ(first_day.find("calculations")->as_array()->size(), 1u);
  EXPECT_TRUE(first_day.find("breaches")->as_array()->empty());
  const auto dollars = json_of(served.get("segregation?currency=USD&from=2026-02-02"));
  EXPECT_TRUE(dollars.find("calculations")->as_array()->empty());
  EXPECT_TRUE(dollars.find("rules")->as_array()->empty());
  EXPECT_EQ(problem(served.get("segregation?currency=EURO")), "400 unknown_currency");
  EXPECT_EQ(problem(served.get("segregation?from=soon")), "400 date");
}

}  // namespace
}  // namespace gateway::http
