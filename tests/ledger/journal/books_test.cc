#include "ledger/journal/books.h"

#include <gtest/gtest.h>

#include "tests/support/drafts.h"
#include "tests/support/outcome.h"

namespace ledger::journal {
namespace {

using tests::event_draft;
using tests::moved_draft;
using tests::opened_draft;
using tests::opening_of;

__extension__ using Unsigned128 = unsigned __int128;
constexpr core::Minor kMax = static_cast<core::Minor>(~Unsigned128{0} >> 1);

const std::string kBank = "assets:cm:bank:1";
const std::string kWallet = "liabilities:cm:client:1:wallet";
const std::string kSettled = "liabilities:cm:client:1:pamm:1:settled";
const std::string kFloating = "liabilities:cm:client:1:pamm:1:floating";
const std::string kOther = "liabilities:cm:client:2:wallet";
const std::string kClientLeg = "liabilities:cm:interfund-house";
const std::string kHouseLeg = "assets:house:interfund-cm";
const std::string kHouseBank = "assets:house:bank:1";
const std::string kSwap = "income:house:swap";

// Everything the books say, for comparing.
std::string told(const Books& books) {
  std::string text;
  for (const Account* account : books.accounts()) {
    text += account->path + " " + std::string(ring_name(account->ring)) + " opened " +
            std::to_string(account->opened_seq) + " laws " + std::to_string(account->laws.size()) +
            "\n";
    for (const Holding& holding : account->holdings) {
      text += "  " + books.commodity(holding.commodity).code + " " +
              core::to_string(holding.balance) + ":";
      for (const HistoryStep& step : holding.history) {
        text += " " + std::to_string(step.seq) + "=" + core::to_string(step.balance);
      }
      text += "\n";
    }
  }
  for (const std::string& code : books.commodity_codes()) text += code + " ";
  return text;
}

class BooksTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(
        batch({opened_draft({opening_of(kBank, {{LawKind::NeverCredit, {}, {}}}),
                             opening_of(kWallet, {{LawKind::NeverDebit, {}, {}}}),
                             opening_of(kOther), opening_of(kClientLeg), opening_of(kHouseLeg),
                             opening_of(kHouseBank), opening_of(kSwap)})}),
        "a value");
  }

  // Applies a batch and checks the laws; takes it back if anything is refused.
  std::string batch(const std::vector<Draft>& drafts) {
    books.begin_batch();
    const auto applied = apply(drafts);
    if (!applied) {
      where = applied.error().at;
      books.roll_back();
    }
    return tests::outcome(applied);
  }
  std::string post(const std::string& debit, const std::string& credit, core::Minor amount,
                   const std::string& commodity = "EUR") {
    return batch({moved_draft(debit, credit, amount, commodity)});
  }
  std::string open(AccountOpening opening) { return batch({opened_draft({std::move(opening)})}); }

  Books books;
  std::string where;  // The place of the last refusal.
  std::uint64_t seq = 0;

 private:
  core::Result<> apply(const std::vector<Draft>& drafts) {
    for (const Draft& draft : drafts) {
      TRY(books.apply(tests::view_of(draft, seq++)));
    }
    return books.check_laws();
  }
};

// --- Accounts and commodities. ---

TEST_F(BooksTest, PostingsMoveBalances) {
  EXPECT_EQ(post(kBank, kWallet, 500), "a value");
  EXPECT_EQ(post(kBank, kWallet, 20), "a value");
  EXPECT_TRUE(books.balance(kBank, "EUR") == 520);
  EXPECT_TRUE(books.balance(kWallet, "EUR") == -520);
  EXPECT_TRUE(books.balance(kWallet, "USD") == 0);
  EXPECT_TRUE(books.balance("assets:cm:nobody", "EUR") == 0);
}

TEST_F(BooksTest, AnUnknownAccountIsRefused) {
  EXPECT_EQ(post("assets:cm:bank:9", kWallet, 1), "InvalidInput/unknown_account");
  EXPECT_EQ(where, "assets:cm:bank:9");
}

TEST_F(BooksTest, AnUnknownCommodityIsRefused) {
  EXPECT_EQ(post(kBank, kWallet, 1, "XYZ"), "InvalidInput/unknown_commodity");
  EXPECT_EQ(post(kBank, kWallet, 1, "eur"), "InvalidInput/unknown_commodity");
  EXPECT_EQ(post(kBank, kWallet, 1, ""), "InvalidInput/unknown_commodity");
}

TEST_F(BooksTest, AnAccountIsOpenedOnce) {
  EXPECT_EQ(open(opening_of(kBank)), "Conflict/account_exists");
  EXPECT_EQ(where, kBank);
  EXPECT_EQ(batch({opened_draft({opening_of("assets:cm:x"), opening_of("assets:cm:x")})}),
            "Conflict/account_exists");
  EXPECT_FALSE(books.is_open("assets:cm:x"));
}

TEST_F(BooksTest, AnAccountMayBeUsedInTheBatchThatOpensIt) {
  EXPECT_EQ(
      batch({opened_draft({opening_of("assets:cm:x")}), moved_draft("assets:cm:x", kOther, 3)}),
      "a value");
  EXPECT_TRUE(books.balance("assets:cm:x", "EUR") == 3);
}

TEST_F(BooksTest, AnAccountMustBeOpenedBeforeItIsUsed) {
  EXPECT_EQ(
      batch({moved_draft("assets:cm:x", kOther, 3), opened_draft({opening_of("assets:cm:x")})}),
      "InvalidInput/unknown_account");
}

TEST_F(BooksTest, AMalformedPathIsNotOpened) {
  EXPECT_EQ(open(opening_of("assets:nowhere:x")), "InvalidInput/account");
  EXPECT_EQ(open(opening_of("assets:cm:X")), "InvalidInput/account");
}

TEST_F(BooksTest, BodiesThatCannotBeReadAreRefused) {
  Draft opened = opened_draft({opening_of("assets:cm:x")});
  opened.body = {0xa0};
  EXPECT_EQ(batch({opened}), "a value");  // An empty list is absent: nothing is opened.
  opened.body = {0x80};
  EXPECT_EQ(batch({opened}), "InvalidInput/cbor");
  Draft event = event_draft("rollover");
  event.body = {0xa0};
  EXPECT_EQ(batch({event}), "InvalidInput/missing_field");
}

// --- Each record balances. ---

TEST_F(BooksTest, ARecordThatDoesNotBalanceIsRefused) {
  EXPECT_EQ(batch({tests::entry_draft({{kBank, "EUR", 5}, {kWallet, "EUR", -4}})}),
            "InvalidInput/unbalanced");
}

TEST_F(BooksTest, TwoRecordsDoNotBalanceEachOther) {
  EXPECT_EQ(
      batch({tests::entry_draft({{kBank, "EUR", 5}}), tests::entry_draft({{kWallet, "EUR", -5}})}),
      "InvalidInput/unbalanced");
}

TEST_F(BooksTest, MoneyDoesNotCrossTheRingsByItself) {
  EXPECT_EQ(post(kHouseBank, kWallet, 5), "InvalidInput/unbalanced");
  EXPECT_EQ(where, "ring house");
}

TEST_F(BooksTest, MoneyCrossesTheRingsByTheMirroredPair) {
  EXPECT_EQ(batch({tests::entry_draft({{kWallet, "EUR", -5},
                                       {kClientLeg, "EUR", 5},
                                       {kHouseLeg, "EUR", -5},
                                       {kSwap, "EUR", 5}})}),
            "a value");
}

TEST_F(BooksTest, OneLegOfTheMirroredPairIsRefused) {
  EXPECT_EQ(post(kBank, kClientLeg, 5), "InvalidInput/interfund_mirror");
  EXPECT_EQ(post(kHouseBank, kHouseLeg, 5), "InvalidInput/interfund_mirror");
}

TEST_F(BooksTest, APostingOfZeroIsRefused) {
  EXPECT_EQ(post(kBank, kWallet, 0), "InvalidInput/zero_posting");
}

TEST_F(BooksTest, ABalanceBeyondTheBoundIsRefused) {
  EXPECT_EQ(post(kHouseBank, kSwap, kMax), "a value");
  EXPECT_EQ(post(kHouseBank, kSwap, 1), "Overflow/overflow");
  EXPECT_TRUE(books.balance(kHouseBank, "EUR") == kMax);
  EXPECT_EQ(post(kSwap, kHouseBank, kMax), "a value");
}

// --- Laws, by side. ---

TEST_F(BooksTest, NeverDebitRefusesADebitBalance) {
  ASSERT_EQ(post(kBank, kWallet, 500), "a value");
  EXPECT_EQ(post(kWallet, kOther, 501), "Conflict/law_never_debit");
  EXPECT_EQ(where, kWallet);
  EXPECT_EQ(post(kWallet, kOther, 500), "a value");
}

TEST_F(BooksTest, NeverCreditRefusesACreditBalance) {
  ASSERT_EQ(post(kBank, kWallet, 500), "a value");
  EXPECT_EQ(post(kOther, kBank, 501), "Conflict/law_never_credit");
  EXPECT_EQ(where, kBank);
  EXPECT_EQ(post(kOther, kBank, 500), "a value");
}

TEST_F(BooksTest, LawsHoldInEachCommodityByItself) {
  ASSERT_EQ(post(kBank, kWallet, 500, "EUR"), "a value");
  EXPECT_EQ(post(kWallet, kOther, 1, "USD"), "Conflict/law_never_debit");
}

TEST_F(BooksTest, LawsHoldAfterTheBatchNotWithin) {
  EXPECT_EQ(batch({moved_draft(kWallet, kOther, 7), moved_draft(kBank, kWallet, 7)}), "a value");
  EXPECT_EQ(batch({moved_draft(kBank, kWallet, 7), moved_draft(kWallet, kOther, 8)}),
            "Conflict/law_never_debit");
}

TEST_F(BooksTest, ZeroAtHoldsAtItsEventOnly) {
  const std::string transit = "liabilities:cm:transit:1";
  ASSERT_EQ(open(opening_of(transit, {{LawKind::ZeroAt, {}, "rollover"}})), "a value");
  EXPECT_EQ(post(kBank, transit, 5), "a value");
  EXPECT_EQ(batch({event_draft("valuation")}), "a value");
  EXPECT_EQ(batch({event_draft("rollover")}), "Conflict/law_zero_at");
  EXPECT_EQ(where, transit);
  // The other side is no better.
  EXPECT_EQ(post(transit, kOther, 10), "a value");
  EXPECT_EQ(batch({event_draft("rollover")}), "Conflict/law_zero_at");
  EXPECT_EQ(batch({moved_draft(kOther, transit, 5), event_draft("rollover")}), "a value");
}

TEST_F(BooksTest, EventsHoldAtTheEndOfTheirBatch) {
  const std::string transit = "liabilities:cm:transit:1";
  ASSERT_EQ(open(opening_of(transit, {{LawKind::ZeroAt, {}, "rollover"}})), "a value");
  ASSERT_EQ(post(kBank, transit, 5), "a value");
  EXPECT_EQ(batch({event_draft("rollover"), moved_draft(transit, kOther, 5)}), "a value");
}

TEST_F(BooksTest, EventsConcernTheirScopeOnly) {
  const std::string transit = "liabilities:cm:transit:1";
  ASSERT_EQ(open(opening_of(transit, {{LawKind::ZeroAt, {}, "rollover"}})), "a value");
  ASSERT_EQ(post(kBank, transit, 5), "a value");
  EXPECT_EQ(batch({event_draft("rollover", 2)}), "a value");
  EXPECT_EQ(batch({event_draft("rollover", 1)}), "Conflict/law_zero_at");
}

TEST_F(BooksTest, GroupNeverDebitLooksAtTheSum) {
  const std::string group = "liabilities:cm:client:1:pamm:1";
  const Law law{LawKind::GroupNeverDebit, group, "valuation"};
  ASSERT_EQ(batch({opened_draft({opening_of(kSettled, {law}), opening_of(kFloating, {law})})}),
            "a value");
  ASSERT_EQ(batch({moved_draft(kBank, kFloating, 10), moved_draft(kSettled, kOther, 10),
                   event_draft("valuation")}),
            "a value");
  EXPECT_EQ(batch({moved_draft(kSettled, kOther, 1), event_draft("valuation")}),
            "Conflict/law_group_never_debit");
  EXPECT_EQ(where, group);
  // Without the event it may be in debit for now.
  EXPECT_EQ(batch({moved_draft(kSettled, kOther, 1)}), "a value");
  EXPECT_EQ(batch({event_draft("rollover")}), "a value");
  EXPECT_EQ(batch({event_draft("valuation")}), "Conflict/law_group_never_debit");
}

TEST_F(BooksTest, GroupsOfOneScopeAreSummedApart) {
  const std::string one = "liabilities:cm:client:1:pamm:1";
  const std::string two = "liabilities:cm:client:2:pamm:1";
  ASSERT_EQ(batch({opened_draft(
                {opening_of(one + ":settled", {{LawKind::GroupNeverDebit, one, "valuation"}}),
                 opening_of(two + ":settled", {{LawKind::GroupNeverDebit, two, "valuation"}})})}),
            "a value");
  EXPECT_EQ(batch({moved_draft(one + ":settled", two + ":settled", 1), event_draft("valuation")}),
            "Conflict/law_group_never_debit");
  EXPECT_EQ(where, one);
}

TEST_F(BooksTest, GroupsAreSummedPerCommodity) {
  const Law law{LawKind::GroupNeverDebit, "liabilities:cm:client:1:pamm:1", "valuation"};
  ASSERT_EQ(batch({opened_draft({opening_of(kSettled, {law}), opening_of(kFloating, {law})})}),
            "a value");
  EXPECT_EQ(batch({moved_draft(kBank, kFloating, 10, "EUR"),
                   moved_draft(kSettled, kOther, 1, "USD"), event_draft("valuation")}),
            "Conflict/law_group_never_debit");
}

TEST_F(BooksTest, LawsNeedWhatTheyName) {
  const auto laws = [&](Law law, bool scope) {
    AccountOpening opening = opening_of("assets:cm:x");
    opening.laws = {std::move(law)};
    if (scope) opening.scope = tests::scope_of(1);
    const std::string told = open(opening);
    return told;
  };
  EXPECT_EQ(laws({LawKind::NeverDebit, "assets:cm", {}}, false), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::NeverCredit, {}, "rollover"}, true), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::ZeroAt, {}, {}}, true), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::ZeroAt, {}, "rollover"}, false), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::ZeroAt, "assets:cm", "rollover"}, true), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::GroupNeverDebit, {}, "rollover"}, true), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::GroupNeverDebit, "assets:cm", {}}, true), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::GroupNeverDebit, "assets:cm", "rollover"}, false), "InvalidInput/law");
  EXPECT_EQ(laws({LawKind::GroupNeverDebit, "assets:cm", "rollover"}, true), "a value");
}

// --- Rolling back. ---

TEST_F(BooksTest, RollBackRestoresEverything) {
  ASSERT_EQ(post(kBank, kWallet, 500), "a value");
  const std::string before = told(books);

  books.begin_batch();
  const Draft drafts[] = {
      opened_draft({opening_of("assets:cm:new", {{LawKind::ZeroAt, {}, "rollover"}})}),
      moved_draft("assets:cm:new", kWallet, 3),  // A new account.
      moved_draft(kBank, kWallet, 4, "USD"),     // A new commodity in old accounts.
      tests::entry_draft({{kBank, "EUR", 1}, {kBank, "EUR", 2}, {kWallet, "EUR", -3}}),
      moved_draft(kBank, kWallet, 5, "UNIT.P1E1"),
      event_draft("rollover")};
  for (const Draft& draft : drafts) {
    ASSERT_EQ(tests::outcome(books.apply(tests::view_of(draft, seq++))), "a value");
  }
  EXPECT_NE(told(books), before);
  EXPECT_FALSE(books.check_laws().has_value());
  books.roll_back();

  EXPECT_EQ(told(books), before);
  EXPECT_FALSE(books.is_open("assets:cm:new"));
  EXPECT_EQ(books.history(kBank, "USD"), nullptr);
  EXPECT_TRUE(books.check_laws().has_value());
  // The scope has forgotten the account too.
  EXPECT_EQ(batch({event_draft("rollover")}), "a value");
}

TEST_F(BooksTest, RollBackWithinARecordRestoresEverything) {
  ASSERT_EQ(post(kHouseBank, kSwap, kMax), "a value");
  const std::string before = told(books);
  // The second posting overflows after the first was booked.
  EXPECT_EQ(batch({tests::entry_draft({{kSwap, "USD", 1},
                                       {kHouseBank, "USD", -1},
                                       {kHouseBank, "EUR", 1},
                                       {kSwap, "EUR", -1}})}),
            "Overflow/overflow");
  EXPECT_EQ(told(books), before);
}

TEST_F(BooksTest, WhatWasRefusedLeavesNoTraceForWhatFollows) {
  Books other;
  const auto both = [&](const std::vector<Draft>& drafts) {
    other.begin_batch();
    std::uint64_t at = seq;
    for (const Draft& draft : drafts) EXPECT_TRUE(other.apply(tests::view_of(draft, at++)));
    EXPECT_EQ(batch(drafts), "a value");
  };
  other.begin_batch();
  const Draft opening = opened_draft(
      {opening_of(kBank, {{LawKind::NeverCredit, {}, {}}}),
       opening_of(kWallet, {{LawKind::NeverDebit, {}, {}}}), opening_of(kOther),
       opening_of(kClientLeg), opening_of(kHouseLeg), opening_of(kHouseBank), opening_of(kSwap)});
  ASSERT_TRUE(other.apply(tests::view_of(opening, 0)).has_value());

  both({moved_draft(kBank, kWallet, 500)});
  EXPECT_EQ(batch({moved_draft(kBank, kOther, 1, "USD"), moved_draft(kWallet, kOther, 501)}),
            "Conflict/law_never_debit");
  EXPECT_EQ(batch({opened_draft({opening_of("assets:cm:z")}), moved_draft(kBank, kWallet, 1, "GBP"),
                   moved_draft("assets:cm:y", kWallet, 1)}),
            "InvalidInput/unknown_account");
  seq = 2;
  both({moved_draft(kBank, kWallet, 7, "JPY"), moved_draft(kBank, kWallet, 8, "USD")});
  EXPECT_EQ(told(books), told(other));
}

// --- Answers as of a record. ---

TEST_F(BooksTest, BalanceAtIsThatAfterTheRecord) {
  ASSERT_EQ(seq, 1u);
  ASSERT_EQ(post(kBank, kWallet, 500), "a value");           // seq 1
  ASSERT_EQ(batch({event_draft("nothing")}), "a value");     // seq 2
  ASSERT_EQ(post(kWallet, kOther, 200), "a value");          // seq 3
  ASSERT_EQ(batch({tests::entry_draft({{kWallet, "EUR", 1},  // seq 4, twice in one record
                                       {kOther, "EUR", -2},
                                       {kWallet, "EUR", 1}})}),
            "a value");
  const auto at = [&](std::uint64_t n) {
    return core::to_string(books.balance_at(kWallet, "EUR", n));
  };
  EXPECT_EQ(at(0), "0");
  EXPECT_EQ(at(1), "-500");
  EXPECT_EQ(at(2), "-500");
  EXPECT_EQ(at(3), "-300");
  EXPECT_EQ(at(4), "-298");
  EXPECT_EQ(at(UINT64_MAX), "-298");
  EXPECT_TRUE(books.balance_at(kWallet, "USD", 4) == 0);
  EXPECT_TRUE(books.balance_at("assets:cm:nobody", "EUR", 4) == 0);
  EXPECT_EQ(books.history(kWallet, "EUR")->size(), 3u);
  EXPECT_EQ(books.history(kWallet, "USD"), nullptr);
}

TEST_F(BooksTest, BalancesAtAreInOrderAndWithoutZeros) {
  ASSERT_EQ(post(kBank, kWallet, 5, "USD"), "a value");  // seq 1
  ASSERT_EQ(post(kBank, kWallet, 7, "EUR"), "a value");  // seq 2
  ASSERT_EQ(post(kBank, kOther, 1, "EUR"), "a value");   // seq 3
  ASSERT_EQ(post(kOther, kBank, 1, "EUR"), "a value");   // seq 4
  const auto told_at = [&](std::string_view prefix, std::uint64_t at) {
    std::string text;
    for (const Balance& line : books.balances_at(prefix, at)) {
      text += line.account + " " + core::to_string(line.amount) + "\n";
    }
    return text;
  };
  EXPECT_EQ(told_at("", 0), "");
  EXPECT_EQ(told_at("", 3),
            "assets:cm:bank:1 0.08 EUR\nassets:cm:bank:1 0.05 USD\n"
            "liabilities:cm:client:1:wallet -0.07 EUR\nliabilities:cm:client:1:wallet -0.05 USD\n"
            "liabilities:cm:client:2:wallet -0.01 EUR\n");
  EXPECT_EQ(told_at("liabilities:cm:client:2", 3), "liabilities:cm:client:2:wallet -0.01 EUR\n");
  EXPECT_EQ(told_at("liabilities:cm:client:2", 4), "");
  EXPECT_EQ(told_at("liabilities:cm:clien", 4), "");
  EXPECT_EQ(books.commodity_codes(), (std::vector<std::string>{"EUR", "USD"}));
}

TEST_F(BooksTest, EachGivesThePresentBalancesOfOneCommodityBelowAPrefix) {
  ASSERT_EQ(post(kBank, kWallet, 5, "USD"), "a value");
  ASSERT_EQ(post(kBank, kWallet, 7, "EUR"), "a value");
  ASSERT_EQ(post(kBank, kOther, 1, "EUR"), "a value");
  ASSERT_EQ(post(kOther, kBank, 1, "EUR"), "a value");
  const auto told_of = [&](std::string_view prefix, std::string_view commodity) {
    std::string text;
    const auto visited =
        books.each(prefix, commodity, [&](std::string_view account, core::Minor m) {
          text += std::string(account) + " " + core::to_string(m) + "\n";
          return core::ok();
        });
    return visited ? text : tests::outcome(visited);
  };
  EXPECT_EQ(told_of("liabilities:cm", "EUR"), kWallet + " -7\n");
  EXPECT_EQ(told_of("liabilities:cm", "USD"), kWallet + " -5\n");
  EXPECT_EQ(told_of(kBank, "EUR"), kBank + " 7\n");
  EXPECT_EQ(told_of("liabilities:c", "EUR"), "");
  EXPECT_EQ(told_of("liabilities:cm", "CHF"), "");
  const auto refused =
      books.each("assets", "EUR", [](std::string_view, core::Minor) -> core::Result<> {
        return core::invalid("enough", "", "");
      });
  EXPECT_EQ(tests::outcome(refused), "InvalidInput/enough");
}

TEST_F(BooksTest, WithoutHistoryBalancesAndLawsAreTheSame) {
  Books quick(History::Forget);
  quick.begin_batch();
  const Draft opened =
      opened_draft({opening_of(kBank), opening_of(kWallet, {{LawKind::NeverDebit, {}, {}}})});
  ASSERT_TRUE(quick.apply(tests::view_of(opened, 0)).has_value());
  quick.begin_batch();
  const Draft in = moved_draft(kBank, kWallet, 5);
  ASSERT_TRUE(quick.apply(tests::view_of(in, 1)).has_value());
  ASSERT_TRUE(quick.check_laws().has_value());
  quick.begin_batch();
  const Draft out = moved_draft(kWallet, kBank, 6);
  ASSERT_TRUE(quick.apply(tests::view_of(out, 2)).has_value());
  EXPECT_EQ(tests::outcome(quick.check_laws()), "Conflict/law_never_debit");
  quick.roll_back();
  EXPECT_TRUE(quick.balance(kWallet, "EUR") == -5);
}

TEST_F(BooksTest, AccountsAreInPathOrder) {
  ASSERT_EQ(open(opening_of("assets:cm:aaa")), "a value");
  std::vector<std::string> paths;
  for (const Account* account : books.accounts()) paths.push_back(account->path);
  EXPECT_EQ(paths, (std::vector<std::string>{"assets:cm:aaa", kBank, kHouseBank, kHouseLeg, kSwap,
                                             kWallet, kOther, kClientLeg}));
  EXPECT_EQ(books.find("assets:cm:aaa")->opened_seq, seq - 1);
  EXPECT_EQ(books.find("assets:cm:aa"), nullptr);
}

}  // namespace
}  // namespace ledger::journal
