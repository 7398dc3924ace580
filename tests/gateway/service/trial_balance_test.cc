#include "gateway/service/trial_balance.h"

#include <gtest/gtest.h>

#include "tests/gateway/service/queried_book.h"

namespace gateway::service {
namespace {

using tests::PlainRecord;
using tests::RandomBook;

TEST(TrialBalance, IsTheFoldOfAllPostingsOnBothAxes) {
  RandomBook book(11);
  book.grow(150);
  const auto records = book.records();
  for (int round = 0; round < 40; ++round) {
    const std::string as_of = std::to_string(40 + book.draw(book.view().size - 40));
    const std::string effective_at = round % 2 == 0 ? "" : core::to_string(book.some_time());
    SCOPED_TRACE(as_of + " " + effective_at);
    const auto made = make_trial_balance(book.view(), as_of, effective_at);
    ASSERT_TRUE(made.has_value()) << core::to_string(made.error());
    std::map<std::pair<std::string, std::string>, core::Minor> sums;
    for (const PlainRecord& record : records) {
      if (record.seq >= made.value().moment.end_seq()) continue;
      const bool counts =
          effective_at.empty() || record.effective_at <= core::parse_instant(effective_at).value();
      if (!counts) continue;
      for (const auto& posting : record.postings) {
        sums[{posting.account, posting.commodity}] += posting.amount;
      }
    }
    std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
    ASSERT_EQ(made.value().accounts.size(), sums.size());
    std::map<std::string, core::Minor> debits;
    for (const TrialLine& line : made.value().accounts) {
      EXPECT_TRUE(line.debit - line.credit == sums.at({line.account, line.commodity.code}));
      EXPECT_TRUE((line.debit == 0) != (line.credit == 0));
      debits[line.commodity.code] += line.debit;
    }
    for (const TrialLine& total : made.value().totals) {
      EXPECT_TRUE(total.debit == total.credit);
      EXPECT_TRUE(total.debit == debits.at(total.commodity.code));
    }
    EXPECT_EQ(made.value().totals.size(), debits.size());
  }
}

TEST(TrialBalance, IsPrintedAsATable) {
  tests::QueriedBook book;
  book.record({tests::genesis_draft()});
  book.record({tests::command_draft("1"),
               tests::opened_draft({tests::opening_of("assets:cm:bank"),
                                    tests::opening_of("liabilities:cm:clients")})});
  book.record({tests::command_draft("2"),
               tests::moved_draft("assets:cm:bank", "liabilities:cm:clients", 123'456)});
  const auto made = make_trial_balance(book.view(), "", "").value();
  EXPECT_EQ(trial_balance_to_text(made),
            "Trial balance as of record 4, recorded at 2026-01-05T09:30:12.000000Z\n"
            "\n"
            "account                 commodity    debit   credit\n"
            "assets:cm:bank          EUR        1234.56\n"
            "liabilities:cm:clients  EUR                 1234.56\n"
            "total cm                EUR        1234.56  1234.56\n");
  const auto json = trial_balance_to_json(made);
  const auto& line = json.find("accounts")->as_array()->front();
  EXPECT_EQ(line.text("debit"), "1234.56");
  EXPECT_EQ(line.text("credit"), "0.00");
  EXPECT_EQ(line.text("ring"), "cm");
}

// An index that does not follow from records whose two sides are equal.
TEST(TrialBalance, ThatIsUnequalIsDamageAndNeverPrinted) {
  tests::QueriedBook book;
  book.record({tests::genesis_draft()});
  auto index = ledger::index::Index::open(ledger::index::make_memory_index_store(), {}).value();
  ledger::index::Group group;
  group.leaf_hashes.emplace_back();
  group.records.push_back({0, tests::kStart, tests::kStart, {0, 0, 1}, false, 2, 0});
  group.accounts = {{"assets:cm:bank", 0}, {"liabilities:cm:clients", 0}};
  group.commodities = {{"EUR", 2}};
  group.moves = {{0, 0, 500}, {1, 0, -499}};
  ASSERT_TRUE(index->publish(group).has_value());
  const auto view = book.view();
  const BookView damaged{*index, view.genesis, view.log, 1, view.checkpoint,
                         view.published};
  const auto made = make_trial_balance(damaged, "", "");
  ASSERT_EQ(tests::outcome(made), "Corrupt/trial_balance");
  EXPECT_EQ(made.error().at, "cm EUR");
  EXPECT_NE(made.error().detail.find("5.00"), std::string::npos);
}

}  // namespace
}  // namespace gateway::service
