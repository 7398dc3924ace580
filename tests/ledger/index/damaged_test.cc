#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

#include "ledger/index/blocks.h"
#include "ledger/index/filter.h"
#include "ledger/index/index.h"
#include "ledger/index/varint.h"
#include "tests/support/outcome.h"

// Bytes that a fault of the disk or of a writer could leave, behind a right checksum.
namespace ledger::index {
namespace {

using tests::outcome;

constexpr std::uint64_t kFirst = 3 * kSegmentRecords;

std::string varints(std::initializer_list<std::uint64_t> numbers) {
  std::string out;
  for (const std::uint64_t number : numbers) put_varint(out, number);
  return out;
}

// The head of a list: number in the chain, runs of the chain, entries before, blocks, earliest
// late.
std::string head(std::initializer_list<std::uint64_t> runs,
                 std::initializer_list<std::uint64_t> firsts,
                 std::initializer_list<std::uint64_t> earliest = {}) {
  return varints({9, runs.size()}) + varints(runs) + varints({0, firsts.size()}) + varints(firsts) +
         varints({earliest.size()}) + varints(earliest);
}

std::string read_as_seqs(const std::string& value) { return outcome(read_seqs(value, kFirst, 0)); }

TEST(DamagedBlock, GoodOnesAreRead) {
  EXPECT_EQ(read_as_seqs(head({2, 1}, {5}) + varints({2, 5, 1})), "a value");
  EXPECT_EQ(outcome(read_seqs(varints({2, 65534, 1}), kFirst, 1)), "a value");
  EXPECT_EQ(outcome(read_steps(head({}, {5}, {7}) + varints({1, 10, 2}), kFirst, 0)), "a value");
}

TEST(DamagedBlock, HeadThatNamesNoBlockIsCorrupt) {
  EXPECT_EQ(read_as_seqs(head({}, {}) + varints({1, 5})), "Corrupt/index");
}

TEST(DamagedBlock, HeadWhoseFirstBlockBeginsElsewhereIsCorrupt) {
  EXPECT_EQ(read_as_seqs(head({}, {4}) + varints({1, 5})), "Corrupt/index");
}

TEST(DamagedBlock, HeadWithBlocksOutOfOrderIsCorrupt) {
  EXPECT_EQ(read_as_seqs(head({}, {5, 5}) + varints({1, 5})), "Corrupt/index");
  EXPECT_EQ(read_as_seqs(head({}, {5, 65536}) + varints({1, 5})), "Corrupt/index");
}

TEST(DamagedBlock, HeadWithoutTheLateTimeOfEachBlockIsCorrupt) {
  EXPECT_EQ(outcome(read_steps(head({}, {5}, {7, 8}) + varints({1, 10, 2}), kFirst, 0)),
            "Corrupt/index");
}

// A walk along such a chain went on for ever.
TEST(DamagedBlock, ChainThatDoesNotGoBackIsCorrupt) {
  EXPECT_EQ(read_as_seqs(head({3}, {5}) + varints({1, 5})), "Corrupt/index");
  EXPECT_EQ(read_as_seqs(head({4}, {5}) + varints({1, 5})), "Corrupt/index");
  EXPECT_EQ(read_as_seqs(head({1, 2}, {5}) + varints({1, 5})), "Corrupt/index");
  EXPECT_EQ(read_as_seqs(head({1, 1}, {5}) + varints({1, 5})), "Corrupt/index");
}

TEST(DamagedBlock, EntriesOutOfOrderOrOfAnotherSegmentAreCorrupt) {
  EXPECT_EQ(outcome(read_seqs(varints({2, 5, 0}), kFirst, 1)), "Corrupt/index");
  EXPECT_EQ(outcome(read_seqs(varints({1, 65536}), kFirst, 1)), "Corrupt/index");
  EXPECT_EQ(outcome(read_seqs(varints({2, 5, UINT64_MAX}), kFirst, 1)), "Corrupt/index");
  EXPECT_EQ(outcome(read_steps(varints({2, 10, 2, 0, 2}), kFirst, 1)), "Corrupt/index");
  EXPECT_EQ(outcome(read_batches(varints({2, 5, 1, 2, 0, 1, 2}), kFirst, 1)), "Corrupt/index");
}

TEST(DamagedBlock, TimeBeyond64BitsIsCorrupt) {
  std::string batches = varints({2, 0, 1});
  put_signed(batches, INT64_MAX);
  batches += varints({1, 1});
  put_signed(batches, 1);
  EXPECT_EQ(outcome(read_batches(batches, kFirst, 1)), "Corrupt/index");

  std::string late = varints({1, 11, 2});
  put_signed(late, core::Minor{INT64_MIN} - 1);
  EXPECT_EQ(outcome(read_steps(late, kFirst, 1)), "Corrupt/index");
}

// A probe ends at an empty slot; in a layer without one it went on for ever.
TEST(DamagedFilter, LayerThatHidesHowFullItIsIsRefused) {
  RunFilter filter;
  filter.add(0x1234'5678'9abc'def0, 1);
  std::string saved;
  filter.save(saved);
  EXPECT_EQ(outcome(RunFilter::load(saved)), "a value");

  constexpr std::size_t kTableBytes = std::size_t{4096} * 64;
  saved.replace(saved.size() - kTableBytes, kTableBytes, kTableBytes, '\x01');
  EXPECT_EQ(outcome(RunFilter::load(saved)), "Corrupt/snapshot");
}

// An index of one record, with one account that holds EUR.
struct SavedParts {
  std::uint64_t scale = 2;
  std::string holding_chain = varints({0, 0});  // Length, and the runs that are kept of it.
  std::uint64_t held_account = 0;
  std::string steps = varints({1, 0, 2});      // One step, at record 0.
  std::string kind_offsets = varints({1, 0});  // One record, the first.

  std::string print() const {
    const std::string hash(32, '\0');
    std::string out = varints({1}) + hash + varints({0});
    out += varints({1, 1}) + "a" + varints({0});
    out += varints({1, 3}) + "EUR" + varints({scale});
    out += varints({1, held_account, 0, 2, 0}) + holding_chain;
    out += varints({0, 0, 0});            // Kinds, finished segments, voided records.
    out += varints({0, 0, 0, 1}) + hash;  // The open segment with its leaf.
    out += varints({1, 0, 0}) + steps;
    out += varints({0, 1, 7, 0, 0}) + kind_offsets;
    return out + varints({0, 0, 0});  // Batches, requests, layers of the filter.
  }
  std::string opened() const { return outcome(Index::open(make_memory_index_store(), print())); }
};

TEST(DamagedSavedIndex, GoodOneIsOpenedAndSavedAsTheSame) {
  const SavedParts good;
  ASSERT_EQ(good.opened(), "a value");
  EXPECT_EQ(Index::open(make_memory_index_store(), good.print()).value()->save().value(),
            good.print());
}

TEST(DamagedSavedIndex, ListWithoutEntriesOrBeyondTheSegmentIsRefused) {
  EXPECT_EQ(SavedParts{.steps = varints({0})}.opened(), "Corrupt/snapshot");
  EXPECT_EQ((SavedParts{.steps = varints({1, 2, 2})}.opened()), "Corrupt/snapshot");
  EXPECT_EQ((SavedParts{.steps = varints({2, 0, 2, 0, 2})}.opened()), "Corrupt/snapshot");
  EXPECT_EQ(SavedParts{.kind_offsets = varints({0})}.opened(), "Corrupt/snapshot");
  EXPECT_EQ((SavedParts{.kind_offsets = varints({2, 0, 0})}.opened()), "Corrupt/snapshot");
  EXPECT_EQ((SavedParts{.kind_offsets = varints({1, 65536})}.opened()), "Corrupt/snapshot");
}

TEST(DamagedSavedIndex, ChainThatKeepsTooFewRunsIsRefused) {
  EXPECT_EQ((SavedParts{.holding_chain = varints({1, 0})}.opened()), "Corrupt/snapshot");
  EXPECT_EQ((SavedParts{.holding_chain = varints({1, 1, 0})}.opened()), "a value");
}

TEST(DamagedSavedIndex, HoldingOfNoAccountOrScaleThatNoCommodityHasIsRefused) {
  EXPECT_EQ(SavedParts{.held_account = 1}.opened(), "Corrupt/snapshot");
  EXPECT_EQ(SavedParts{.scale = 19}.opened(), "Corrupt/snapshot");
}

}  // namespace
}  // namespace ledger::index
