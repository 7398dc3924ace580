// Histories in the order in which things took effect, against a plain sort of all steps.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ledger/index/index.h"
#include "tests/ledger/index/index_model.h"
#include "tests/support/outcome.h"

namespace ledger::index {
namespace {

using tests::IndexModel;
using tests::outcome;

constexpr std::uint64_t kRecords = kSegmentRecords + 9'000;

struct Filled {
  IndexModel model;
  std::unique_ptr<Index> index = Index::open(make_memory_index_store(), {}).value();

  Filled() {
    std::uint64_t length = 1;
    while (model.size() < kRecords) {
      const bool voids = model.size() < 30'000;
      model.add_batch(1 + length++ % 7);
      if (voids && model.size() >= 30'000) model.add_voided(10'000);
      if (length % 500 == 0) model.publish(*index);
    }
    model.publish(*index);
  }
};

const Filled& filled() {
  static const Filled book;
  return book;
}

core::Instant recorded_at(std::uint64_t seq) {
  const auto& batches = filled().model.batches;
  return std::prev(std::ranges::upper_bound(batches, seq, {}, &BatchBounds::first_seq))
      ->recorded_at;
}

struct Line {
  EffectiveKey key;
  core::Minor change = 0;
  core::Minor balance = 0;
  bool operator==(const Line&) const = default;
};

// All steps of the records before `end_seq`, sorted by their effect.
std::vector<Line> sorted_steps(std::uint32_t account, std::uint64_t end_seq) {
  std::vector<Line> lines;
  core::Minor before = 0;
  for (const auto& step : filled().model.moves.at(account)) {
    if (step.seq >= end_seq) break;
    lines.push_back(
        {{step.late.value_or(recorded_at(step.seq)), step.seq}, step.balance - before, 0});
    before = step.balance;
  }
  std::ranges::sort(lines, {}, &Line::key);
  core::Minor balance = 0;
  for (Line& line : lines) line.balance = balance += line.change;
  return lines;
}

// The pages one after the other.
std::vector<Line> walk(std::uint32_t account, EffectiveQuery query) {
  std::vector<Line> lines;
  do {
    const auto page =
        filled().index->effective_history(IndexModel::account(account), "EUR", query).value();
    EXPECT_LE(page.entries.size(), query.limit);
    EXPECT_TRUE(!page.next || page.entries.size() == query.limit);
    for (const HistoryEntry& entry : page.entries) {
      lines.push_back(
          {{entry.late.value_or(recorded_at(entry.seq)), entry.seq}, entry.change, entry.balance});
    }
    query.from = page.next;
  } while (query.from);
  return lines;
}

TEST(Effective, PagesAreTheSortedStepsInBothDirectionsWithinAnyWindow) {
  std::mt19937_64 random(7);
  const core::Instant last = filled().model.batches.back().recorded_at;
  for (std::size_t round = 0; round < 24; ++round) {
    SCOPED_TRACE(round);
    const std::uint32_t account = std::array{0u, 3u, 20u, 100u}.at(round % 4);
    EffectiveQuery query;
    query.end_seq = round % 3 == 0 ? kRecords : random() % kRecords;
    query.limit = 1 + random() % 997 + (account == 0 ? 2000 : 0);
    query.order = round % 2 == 0 ? Order::Ascending : Order::Descending;
    if (round % 5 != 0) {
      const auto span = static_cast<std::uint64_t>(last.micros) + 2'000'000;
      query.begin = {static_cast<std::int64_t>(random() % span) - 1'000'000};
      query.end = {static_cast<std::int64_t>(random() % span) - 1'000'000};
      // As often as not exactly at a batch's time.
      if (round % 2 == 1) query.begin = recorded_at(random() % 30'000);
      if (round % 4 == 1) query.end = recorded_at(random() % 30'000);
    }
    std::vector<Line> expected = sorted_steps(account, query.end_seq);
    std::erase_if(expected, [&](const Line& line) {
      return line.key.effective_at < query.begin || line.key.effective_at >= query.end;
    });
    if (query.order == Order::Descending) std::ranges::reverse(expected);
    const auto found = walk(account, query);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) ASSERT_TRUE(found[i] == expected[i]) << i;
  }
}

TEST(Effective, TheLastBalanceIsTheBalanceAsEffective) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 20; ++round) {
    const std::uint64_t end_seq = 1 + random() % (kRecords - 1);
    const core::Instant time{static_cast<std::int64_t>(random() % 1'400'000)};
    EffectiveQuery query{{}, core::kInstantMin, {time.micros + 1}, end_seq, 1, Order::Descending};
    const auto page =
        filled().index->effective_history(IndexModel::account(0), "EUR", query).value();
    const auto balances =
        filled().index->balances_effective(IndexModel::account(0), end_seq - 1, time).value();
    const core::Minor last = page.entries.empty() ? 0 : page.entries.front().balance;
    EXPECT_TRUE(last == (balances.empty() ? 0 : balances.front().amount.minor));
    EXPECT_EQ(filled().index->moved_effective(IndexModel::account(0), end_seq - 1, time).value(),
              !page.entries.empty());
  }
}

TEST(Effective, WhatNeverMovedHasNoSteps) {
  const EffectiveQuery query{{}, core::kInstantMin, core::kInstantMax, kRecords, 5, {}};
  EXPECT_TRUE(filled()
                  .index->effective_history(IndexModel::account(0), "USD", query)
                  .value()
                  .entries.empty());
  EXPECT_EQ(outcome(filled().index->effective_history("assets:cm:nobody", "EUR", query)),
            "NotFound/unknown_account");
  EXPECT_FALSE(filled().index->moved_effective("liabilities", kRecords, {INT64_MAX}).value());
}

// Everything late: beyond the limit an error, never an endless search.
TEST(Effective, TooMuchThatIsLateIsRefused) {
  auto index = Index::open(make_memory_index_store(), {}).value();
  Group group;
  group.accounts.push_back({"assets:cm:late", 0});
  group.commodities.push_back({"EUR", 2});
  core::Sha256 sha256;
  constexpr std::uint64_t kLate = (kLateBlocksMax + 1) * kBlockEntries;
  for (std::uint64_t seq = 0; seq < kLate; ++seq) {
    group.leaf_hashes.push_back(core::Hash{});
    RecordFacts facts;
    facts.recorded_at.micros = static_cast<std::int64_t>(seq) + 1000;
    facts.effective_at.micros = 1;
    facts.batch = {seq, 0, 1};
    group.moves.push_back({0, 0, static_cast<std::int64_t>(seq) + 1});
    facts.moves_end = static_cast<std::uint32_t>(seq) + 1;
    group.records.push_back(facts);
  }
  ASSERT_TRUE(index->publish(group).has_value());
  EffectiveQuery query{{}, core::kInstantMin, core::kInstantMax, kLate, 5, Order::Descending};
  EXPECT_EQ(outcome(index->effective_history("assets:cm:late", "EUR", query)),
            "InvalidInput/too_many_late");
  query.end_seq = kLate - kBlockEntries;
  const auto page = index->effective_history("assets:cm:late", "EUR", query).value();
  EXPECT_EQ(page.entries.front().seq, query.end_seq - 1);
}

TEST(Effective, AccountsAreFoundByTheirPath) {
  const Index& index = *filled().index;
  const auto all = index.accounts("", UINT64_MAX);
  ASSERT_GT(all.size(), 20u);
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &OpenedAccount::path));
  EXPECT_EQ(index.account(IndexModel::account(3))->path, IndexModel::account(3));
  EXPECT_FALSE(index.account("assets:cm").has_value());
  const auto first = std::ranges::min(all, {}, &OpenedAccount::seq);
  EXPECT_EQ(index.first_account("assets:cm")->path, first.path);
  EXPECT_EQ(index.first_account("")->path, first.path);
  EXPECT_FALSE(index.first_account("assets:cm:acc").has_value());
}

TEST(Effective, VoidedRecordsArePassedOverAtOnce) {
  const Index& index = *filled().index;
  std::uint64_t first = 0;
  while (!index.is_voided(first)) ++first;
  EXPECT_EQ(index.live_from(first, Order::Ascending), first + 10'000);
  EXPECT_EQ(index.live_from(first + 9'999, Order::Descending), first - 1);
  EXPECT_EQ(index.live_from(first - 1, Order::Ascending), first - 1);
  EXPECT_EQ(index.live_from(first + 10'000, Order::Descending), first + 10'000);
}

}  // namespace
}  // namespace ledger::index
