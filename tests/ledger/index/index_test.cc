#include "ledger/index/index.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/merkle.h"
#include "tests/ledger/index/index_model.h"
#include "tests/support/outcome.h"

namespace ledger::index {
namespace {

using tests::IndexModel;
using tests::outcome;

constexpr std::uint64_t kRecords = 3 * kSegmentRecords + 12'345;

// Three segments and a part of a fourth, with a batch across a border and a voided one.
struct Filled {
  IndexModel model;
  std::unique_ptr<Index> index = Index::open(make_memory_index_store(), {}).value();

  Filled() {
    std::uint64_t length = 1;
    while (model.size() < kRecords) {
      const std::uint64_t before = model.size();
      model.add_batch(1 + length++ % 7);
      if (before < 100'000 && model.size() >= 100'000) model.add_voided(40'000);
      if (length % 500 == 0) model.publish(*index);
    }
    model.publish(*index);
  }
};

const Filled& filled() {
  static const Filled book;
  return book;
}

// Sequences worth asking about: the ends, the borders of segments and some between.
std::vector<std::uint64_t> probes() {
  std::vector<std::uint64_t> out;
  for (std::uint64_t border = 0; border <= filled().model.size(); border += kSegmentRecords) {
    for (const std::int64_t offset : {-257, -256, -2, -1, 0, 1, 255, 256, 300}) {
      const std::int64_t seq = static_cast<std::int64_t>(border) + offset;
      if (seq >= 0) out.push_back(static_cast<std::uint64_t>(seq));
    }
  }
  for (std::uint64_t seq = 7; seq < filled().model.size(); seq += 4999) out.push_back(seq);
  std::erase_if(out, [](std::uint64_t seq) { return seq >= filled().model.size(); });
  return out;
}

core::Minor balance_in_model(std::uint32_t account, std::uint64_t seq) {
  const auto moves = filled().model.moves.find(account);
  if (moves == filled().model.moves.end()) return 0;
  core::Minor balance = 0;
  for (const auto& step : moves->second) {
    if (step.seq > seq) break;
    balance = step.balance;
  }
  return balance;
}

TEST(Index, KnowsItsSizeAndEnd) {
  EXPECT_EQ(filled().index->size(), filled().model.size());
  EXPECT_EQ(filled().index->last_leaf(), filled().model.leaves.back());
  EXPECT_EQ(filled().index->last_recorded_at(), filled().model.batches.back().recorded_at);
}

TEST(Index, BalancesAsOfAnyRecord) {
  for (const std::uint64_t seq : probes()) {
    for (const std::uint32_t account : {0u, 1u, 7u, 20u, 100u}) {
      const auto balance = filled().index->balance_at(IndexModel::account(account), "EUR", seq);
      ASSERT_TRUE(balance.value() == balance_in_model(account, seq)) << account << " at " << seq;
    }
  }
}

TEST(Index, UnknownAccountsAreToldFromEmptyOnes) {
  EXPECT_EQ(outcome(filled().index->balance_at("assets:cm:nobody", "EUR", 5)),
            "NotFound/unknown_account");
  EXPECT_TRUE(filled().index->balance_at(IndexModel::account(0), "USD", 5).value() == 0);
}

// Whatever was opened first, an account is asked for together with those below it and no others.
TEST(Index, AccountsAtAndBelowAPathInAnyOrderOfOpening) {
  std::vector<std::string> paths = {"assets:cm:x", "assets:cm:x-z", "assets:cm:x:y:w",
                                    "assets:cm:x:y"};
  std::ranges::sort(paths);
  do {
    IndexModel model;
    const auto index = Index::open(make_memory_index_store(), {}).value();
    for (const std::string& path : paths) {
      model.group.accounts.push_back({path, model.size()});
      model.add_batch(1);
      model.publish(*index);
    }
    const auto below = [&](std::string_view prefix) {
      std::vector<std::string> out;
      for (const OpenedAccount& account : index->accounts(prefix, UINT64_MAX)) {
        out.push_back(account.path);
      }
      return out;
    };
    using Paths = std::vector<std::string>;
    EXPECT_EQ(below("assets:cm:x"), (Paths{"assets:cm:x", "assets:cm:x:y", "assets:cm:x:y:w"}));
    EXPECT_EQ(below("assets:cm:x:y"), (Paths{"assets:cm:x:y", "assets:cm:x:y:w"}));
    EXPECT_EQ(below("assets:cm:x:y:w"), Paths{"assets:cm:x:y:w"});
    EXPECT_EQ(below("assets:cm:x-z"), Paths{"assets:cm:x-z"});
    EXPECT_EQ(below("assets:cm:x:z"), Paths{});
    const auto first = std::ranges::find_if(paths, [](const std::string& path) {
      return path.starts_with("assets:cm:x:y");
    });
    EXPECT_EQ(index->first_account("assets:cm:x:y")->path, *first);
  } while (std::ranges::next_permutation(paths).found);
}

TEST(Index, BalancesByTheTimeTheyCount) {
  for (const std::uint64_t seq : {std::uint64_t{5'000}, std::uint64_t{70'000}, kRecords - 1}) {
    for (const std::int64_t share : {3, 2, 1}) {
      const core::Instant effective{
          1'000'000 + static_cast<std::int64_t>(filled().model.batches.size()) *
                          IndexModel::kStepMicros * share / 3};
      const auto balances =
          filled().index->balances_effective(IndexModel::account(0), seq, effective).value();
      core::Minor expected = 0;
      core::Minor before = 0;
      std::size_t batch = 0;
      const auto& batches = filled().model.batches;
      for (const auto& step : filled().model.moves.at(0)) {
        while (batches[batch].end_seq() <= step.seq) ++batch;
        const core::Instant counts = step.late.value_or(batches[batch].recorded_at);
        if (step.seq <= seq && counts <= effective) expected += step.balance - before;
        before = step.balance;
      }
      const core::Minor found = balances.empty() ? 0 : balances.front().amount.minor;
      EXPECT_TRUE(found == expected) << seq << " " << share << " " << core::to_string(found) << " "
                                     << core::to_string(expected);
    }
  }
}

TEST(Index, TrialBalanceListsWhatIsNotZero) {
  const std::uint64_t seq = 2 * kSegmentRecords + 99;
  std::vector<std::string> expected;
  for (const auto& [account, moves] : filled().model.moves) {
    const core::Minor balance = balance_in_model(account, seq);
    if (balance != 0) {
      expected.push_back(IndexModel::account(account) + " " + core::to_string(balance));
    }
  }
  std::ranges::sort(expected);
  std::vector<std::string> found;
  const auto balances = filled().index->balances_at("assets", seq).value();
  for (const Balance& balance : balances) {
    found.push_back(balance.account + " " + core::to_string(balance.amount.minor));
  }
  std::ranges::sort(found);
  EXPECT_EQ(found, expected);
  EXPECT_TRUE(filled().index->balances_at("liabilities", seq).value().empty());
}

// Walks all pages and compares with what the model has.
TEST(Index, HistoriesPageByPageInBothDirections) {
  for (const std::uint32_t account : {0u, 3u, 100u}) {
    const auto& moves = filled().model.moves.at(account);
    for (const Order order : {Order::Ascending, Order::Descending}) {
      PageQuery query{order == Order::Ascending ? 0 : UINT64_MAX, kRecords - 7, 1000, order};
      std::vector<std::uint64_t> seqs;
      std::optional<std::uint64_t> next = query.from;
      while (next) {
        query.from = *next;
        const auto page = filled().index->history(IndexModel::account(account), "EUR", query).value();
        for (const HistoryEntry& entry : page.entries) {
          seqs.push_back(entry.seq);
          const auto step = std::ranges::lower_bound(moves, entry.seq, {}, &IndexModel::Moved::seq);
          ASSERT_TRUE(entry.balance == step->balance);
          const core::Minor before = step == moves.begin() ? 0 : std::prev(step)->balance;
          ASSERT_TRUE(entry.change == step->balance - before);
          ASSERT_EQ(entry.late, step->late);
        }
        next = page.next;
      }
      std::vector<std::uint64_t> expected;
      for (const auto& step : moves) {
        if (step.seq < query.end) expected.push_back(step.seq);
      }
      if (order == Order::Descending) std::ranges::reverse(expected);
      ASSERT_EQ(seqs, expected);
    }
  }
}

TEST(Index, RecordsOfASubjectAndOfAKind) {
  for (const auto& [number, seqs] : filled().model.subjects) {
    const auto last = filled().index->last_of_subject(IndexModel::subject(number)).value();
    EXPECT_EQ(last->count, seqs.size());
    EXPECT_EQ(last->seq, seqs.back());
    PageQuery query{UINT64_MAX, UINT64_MAX, seqs.size() + 1, Order::Descending};
    auto page = filled().index->subject_records(IndexModel::subject(number), query).value();
    std::ranges::reverse(page.entries);
    EXPECT_EQ(page.entries, seqs);
    EXPECT_EQ(page.next, std::nullopt);
  }
  EXPECT_EQ(filled().index->last_of_subject(IndexModel::subject(99)).value(), std::nullopt);
  for (const auto& [kind, seqs] : filled().model.kinds) {
    const auto page =
        filled().index->kind_records(kind, {0, UINT64_MAX, seqs.size(), Order::Ascending}).value();
    EXPECT_EQ(page.entries, seqs);
  }
  EXPECT_TRUE(filled().index->kind_records(77, {0, UINT64_MAX, 5, Order::Ascending})
                  .value().entries.empty());
}

TEST(Index, RecordsOfASubjectPageByPageFromAnyPlace) {
  for (const auto& [number, seqs] : filled().model.subjects) {
    for (const std::uint64_t place : probes()) {
      const auto at = std::ranges::lower_bound(seqs, place);
      PageQuery query{place, kRecords, 40, Order::Ascending};
      auto page = filled().index->subject_records(IndexModel::subject(number), query).value();
      std::vector<std::uint64_t> expected(at, at + std::min<std::ptrdiff_t>(40, seqs.end() - at));
      std::erase_if(expected, [](std::uint64_t seq) { return seq >= kRecords; });
      ASSERT_EQ(page.entries, expected) << place;
      query.order = Order::Descending;
      page = filled().index->subject_records(IndexModel::subject(number), query).value();
      const auto after = std::ranges::upper_bound(seqs, std::min(place, kRecords - 1));
      expected.assign(std::make_reverse_iterator(after), seqs.rend());
      if (expected.size() > 40) expected.resize(40);
      ASSERT_EQ(page.entries, expected) << place;
    }
  }
}

TEST(Index, EverySubjectWithItsRecordsBelowASize) {
  std::vector<std::uint64_t> ends = probes();
  ends.push_back(filled().model.size());
  // Each probe reads all runs: a few of them will do.
  for (std::size_t i = 0; i < ends.size(); i += 5) {
    const std::uint64_t end = ends[i];
    std::map<SubjectId, std::pair<std::uint64_t, std::uint64_t>> expected;
    for (const auto& [number, seqs] : filled().model.subjects) {
      const auto beyond = std::ranges::lower_bound(seqs, end);
      if (beyond == seqs.begin()) continue;
      expected[IndexModel::subject(number)] = {
          static_cast<std::uint64_t>(beyond - seqs.begin()), *std::prev(beyond)};
    }
    std::map<SubjectId, std::pair<std::uint64_t, std::uint64_t>> told;
    const auto visited =
        filled().index->visit_subjects(end, [&](const SubjectId& id, const SubjectLast& last) {
          EXPECT_TRUE(told.emplace(id, std::pair(last.count, last.seq)).second);
        });
    ASSERT_TRUE(visited.has_value());
    EXPECT_EQ(told, expected) << end;
  }
}

TEST(Index, RequestsAreFoundInEverySegment) {
  std::uint64_t number = 0;
  for (const auto& [key, seq] : filled().model.requests) {
    if (++number % 37 != 0) continue;
    ASSERT_EQ(filled().index->find_request(key).value(), seq);
  }
  for (std::uint64_t i = 0; i < 10'000; ++i) {
    const core::Hash key = core::sha256(core::as_bytes("never " + std::to_string(i)));
    ASSERT_EQ(filled().index->find_request(key).value(), std::nullopt);
  }
}

TEST(Index, BatchesBySequenceAndByTime) {
  const auto& batches = filled().model.batches;
  for (const std::uint64_t end : probes()) {
    const auto after = std::ranges::upper_bound(batches, end, {}, &BatchBounds::end_seq);
    const auto found = filled().index->batch_before(end).value();
    if (after == batches.begin()) {
      EXPECT_EQ(found, std::nullopt);
    } else {
      ASSERT_EQ(found, *std::prev(after)) << end;
    }
  }
  for (std::size_t i = 0; i < batches.size(); i += 997) {
    const core::Instant time = batches[i].recorded_at;
    ASSERT_EQ(filled().index->batch_at(time).value(), batches[i]);
    ASSERT_EQ(filled().index->batch_at({time.micros + 1}).value(), batches[i]);
    const auto before = filled().index->batch_at({time.micros - 1}).value();
    ASSERT_EQ(before, i == 0 ? std::nullopt : std::optional(batches[i - 1]));
  }
  EXPECT_EQ(filled().index->batch_at({INT64_MAX}).value(), batches.back());
}

TEST(Index, VoidedRecordsAreInTheTreeAndNowhereElse) {
  std::uint64_t voided = 0;
  std::uint64_t first = 0;
  for (std::uint64_t seq = 0; seq < filled().model.size(); ++seq) {
    if (!filled().index->is_voided(seq)) continue;
    if (voided++ == 0) first = seq;
  }
  EXPECT_EQ(voided, 40'000u);
  const auto page = filled().index->history(IndexModel::account(0), "EUR",
                                            {first, UINT64_MAX, 1, Order::Ascending}).value();
  EXPECT_EQ(page.entries.front().seq, first + 40'000);
}

TEST(Index, RootsAndProofsAreThoseOfTheTree) {
  core::Sha256 sha256;
  const MerkleTree& tree = filled().model.tree;
  const Index& index = *filled().index;
  EXPECT_EQ(index.root(), tree.root(sha256));
  std::vector<std::uint64_t> sizes = probes();
  sizes.push_back(tree.size());
  for (std::size_t i = 0; i < sizes.size(); i += 3) {
    const std::uint64_t size = sizes[i];
    ASSERT_EQ(index.root_at(size).value(), tree.root_at(sha256, size).value()) << size;
    for (const std::uint64_t leaf : {std::uint64_t{0}, size / 2, size / 3, size - 1}) {
      if (leaf >= size) continue;
      ASSERT_EQ(index.inclusion_proof(leaf, size).value(),
                tree.inclusion_proof(sha256, leaf, size).value()) << leaf << " of " << size;
    }
    for (const std::uint64_t old_size : {std::uint64_t{1}, size / 2, size / 3 * 2, size}) {
      if (old_size > size) continue;
      ASSERT_EQ(index.consistency_proof(old_size, size).value(),
                tree.consistency_proof(sha256, old_size, size).value());
    }
  }
  EXPECT_EQ(outcome(index.inclusion_proof(5, 5)), "InvalidInput/proof_range");
  EXPECT_EQ(outcome(index.root_at(tree.size() + 1)), "InvalidInput/proof_range");
  const auto leaves = index.leaf_hashes(kSegmentRecords - 3, 6).value();
  EXPECT_TRUE(std::ranges::equal(
      leaves, std::span(filled().model.leaves).subspan(kSegmentRecords - 3, 6)));
}

TEST(Index, RootsOfSubtreesAreThoseOfTheTree) {
  const MerkleTree& tree = filled().model.tree;
  const Index& index = *filled().index;
  for (const std::size_t height : {0u, 8u, 16u}) {
    const auto level = tree.level(height);
    for (std::uint64_t first = 0; first < level.size(); first += level.size() / 5 + 1) {
      const std::uint64_t count = std::min<std::uint64_t>(256, level.size() - first);
      EXPECT_TRUE(std::ranges::equal(index.subtree_roots(height, first, count).value(),
                                     level.subspan(first, count)))
          << height << " " << first;
    }
    EXPECT_TRUE(index.subtree_roots(height, level.size(), 0).value().empty());
    EXPECT_EQ(outcome(index.subtree_roots(height, level.size(), 1)), "InvalidInput/proof_range");
    EXPECT_EQ(outcome(index.subtree_roots(height, level.size() + 1, 0)), "InvalidInput/proof_range");
    EXPECT_EQ(outcome(index.subtree_roots(height, 1, UINT64_MAX)), "InvalidInput/proof_range");
  }
  for (const std::size_t height : {24u, 64u, 504u}) {
    EXPECT_EQ(outcome(index.subtree_roots(height, 0, 1)), "InvalidInput/proof_range");
  }
}

// What is in memory can be saved at any size, and going on from it is the same as never having stopped.
TEST(Index, GoesOnFromWhatWasSaved) {
  IndexModel model;
  auto straight = Index::open(make_memory_index_store(), {}).value();
  auto stopped = Index::open(make_memory_index_store(), {}).value();
  std::unique_ptr<IndexStore> runs = make_memory_index_store();
  while (model.size() < 2 * kSegmentRecords + 3000) {
    for (int i = 0; i < 900; ++i) model.add_batch(3);
    const Group group = model.group;
    model.publish(*straight);
    ASSERT_TRUE(stopped->publish(group).has_value());
    const std::string saved = stopped->save().value();
    EXPECT_EQ(saved, straight->save().value());
    // The runs stay where they are; a copy of them stands for the folder on disk.
    runs = make_memory_index_store();
    for (std::uint32_t run = 0; run < stopped->store().segments(); ++run) {
      std::vector<KeyValue> copy;
      ASSERT_TRUE(stopped->store().scan(run, "", [&](std::string_view key, std::string_view value) {
        copy.push_back({std::string(key), std::string(value)});
        return core::ok();
      }).has_value());
      ASSERT_TRUE(runs->write_segment(run, copy).has_value());
    }
    auto reopened = Index::open(std::move(runs), saved);
    ASSERT_EQ(outcome(reopened), "a value");
    stopped = std::move(reopened.value());
  }
  core::Sha256 sha256;
  EXPECT_EQ(stopped->root(), model.tree.root(sha256));
  for (const std::uint64_t seq : {std::uint64_t{100}, kSegmentRecords + 5, model.size() - 1}) {
    EXPECT_TRUE(stopped->balance_at(IndexModel::account(0), "EUR", seq).value() ==
                straight->balance_at(IndexModel::account(0), "EUR", seq).value());
  }
  const std::string saved = stopped->save().value();
  for (const std::size_t cut : {std::size_t{0}, std::size_t{10}, saved.size() / 2, saved.size() - 1}) {
    EXPECT_EQ(outcome(Index::open(make_memory_index_store(), std::string_view(saved).substr(0, cut))),
              "Corrupt/snapshot");
  }
}

TEST(Index, ARunOfOtherRecordsIsRefused) {
  IndexModel one;
  auto index = Index::open(make_memory_index_store(), {}).value();
  for (std::uint64_t i = 0; i <= kSegmentRecords / 2; ++i) one.add_batch(2);
  one.publish(*index);
  ASSERT_TRUE(index->flush().has_value());
  std::vector<KeyValue> run;
  ASSERT_TRUE(index->store().scan(0, "", [&](std::string_view key, std::string_view value) {
    run.push_back({std::string(key), std::string(value)});
    return core::ok();
  }).has_value());
  run.back().value[5] ^= 1;  // The summary's last leaf.
  auto other = make_memory_index_store();
  ASSERT_TRUE(other->write_segment(0, run).has_value());
  auto again = Index::open(std::move(other), {}).value();
  IndexModel two;
  for (std::uint64_t i = 0; i <= kSegmentRecords / 2; ++i) two.add_batch(2);
  ASSERT_TRUE(again->publish(two.group).has_value());
  EXPECT_EQ(outcome(again->flush()), "Corrupt/index");
}

TEST(Index, ADamagedRunIsNamed) {
  IndexModel model;
  auto index = Index::open(make_memory_index_store(), {}).value();
  for (std::uint64_t i = 0; i <= kSegmentRecords / 2; ++i) model.add_batch(2);
  model.publish(*index);
  const std::string saved = index->save().value();
  std::vector<KeyValue> run;
  ASSERT_TRUE(index->store().scan(0, "", [&](std::string_view key, std::string_view value) {
    run.push_back({std::string(key), std::string(value.substr(0, value.size() - 1))});
    return core::ok();
  }).has_value());
  auto damaged = make_memory_index_store();
  ASSERT_TRUE(damaged->write_segment(0, run).has_value());
  const auto opened = Index::open(std::move(damaged), saved).value();
  EXPECT_EQ(outcome(opened->balance_at(IndexModel::account(0), "EUR", 5)), "Corrupt/index");
  EXPECT_EQ(outcome(opened->inclusion_proof(5, 100)), "Corrupt/index");
  EXPECT_EQ(outcome(opened->batch_before(100)), "Corrupt/index");
}

}  // namespace
}  // namespace ledger::index
