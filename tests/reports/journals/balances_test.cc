#include "reports/journals/balances.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace reports::journals {
namespace {

using tests::outcome;

constexpr core::Minor kLargest = ~(core::Minor{1} << 127);

ledger::RecordView record_of(std::vector<ledger::PostingView> postings) {
  ledger::RecordView record;
  record.seq = 7;
  record.postings = std::move(postings);
  return record;
}

Balances balances_of(std::vector<std::string> accounts) {
  return Balances::make({std::move(accounts), {"EUR", "UNIT.P1E1"}}).value();
}

TEST(JournalBalances, KeepAnAccountThatCameBackToZero) {
  auto balances = balances_of({"assets:house:a", "assets:house:b"});
  ASSERT_TRUE(balances.add(record_of({{"assets:house:a", "EUR", 5}})).has_value());
  ASSERT_TRUE(balances.add(record_of({{"assets:house:a", "EUR", -5}})).has_value());
  EXPECT_EQ(balances.own().at("assets:house:a"), (Balances::ByCommodity{{"EUR", 0}}));
  EXPECT_TRUE(balances.own().at("assets:house:b").empty());
}

TEST(JournalBalances, AddWhatIsBelowAnAccountButNotWhatIsBeside) {
  auto balances =
      balances_of({"assets:house:a", "assets:house:a-1", "assets:house:a:x", "assets:house:b:x"});
  ASSERT_TRUE(balances
                  .add(record_of({{"assets:house:a", "EUR", 5},
                                  {"assets:house:a-1", "EUR", 100},
                                  {"assets:house:a:x", "EUR", 20},
                                  {"assets:house:a:x", "UNIT.P1E1", 3},
                                  {"assets:house:b:x", "EUR", 4000}}))
                  .has_value());
  const Balances::ByAccount expected = {{"assets:house:a", {{"EUR", 25}, {"UNIT.P1E1", 3}}},
                                        {"assets:house:a-1", {{"EUR", 100}}},
                                        {"assets:house:a:x", {{"EUR", 20}, {"UNIT.P1E1", 3}}},
                                        {"assets:house:b:x", {{"EUR", 4000}}}};
  EXPECT_EQ(balances.with_children().value(), expected);
}

TEST(JournalBalances, DoNotOverflowSilently) {
  auto balances = balances_of({"assets:house:a", "assets:house:a:x"});
  ASSERT_TRUE(balances.add(record_of({{"assets:house:a", "EUR", kLargest}})).has_value());
  ASSERT_TRUE(balances.add(record_of({{"assets:house:a:x", "EUR", 1}})).has_value());
  EXPECT_EQ(outcome(balances.with_children()), "Overflow/overflow");
  EXPECT_EQ(outcome(balances.add(record_of({{"assets:house:a", "EUR", 1}}))), "Overflow/overflow");
}

TEST(JournalBalances, NameTheRecordThatTheyRefuse) {
  auto balances = balances_of({"assets:house:a"});
  const auto refused = balances.add(record_of({{"assets:house:z", "EUR", 1}}));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().at, "seq 7: assets:house:z");
}

}  // namespace
}  // namespace reports::journals
