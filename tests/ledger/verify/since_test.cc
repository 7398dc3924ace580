#include "ledger/verify/since.h"

#include <gtest/gtest.h>

#include "ledger/merkle.h"
#include "tests/support/journal_book.h"

namespace ledger::verify {
namespace {

using tests::JournalBook;
using Leaves = std::vector<core::Bytes>;

Leaves make_leaves() {
  JournalBook book;
  book.begin();
  for (int i = 1; i <= 12; ++i) {
    std::vector<Draft> effects{book.deposit(i), book.deposit(2 * i, 2)};
    EXPECT_EQ(book.stage("r-" + std::to_string(i), effects), "a value");
  }
  EXPECT_EQ(book.commit(), "a value");
  return book.leaves();
}

const Leaves& leaves() {
  static const Leaves made = make_leaves();
  return made;
}

// Where batches end: what a note can be about.
std::vector<std::size_t> batch_ends() {
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < leaves().size(); ++i) {
    RecordView record;
    EXPECT_TRUE(decode_record(leaves()[i], record).has_value());
    if (record.batch.index + 1 == record.batch.count) ends.push_back(i + 1);
  }
  return ends;
}

Anchor anchor_of(std::size_t size) {
  const Leaves first(leaves().begin(), leaves().begin() + static_cast<std::ptrdiff_t>(size));
  return {size, tests::root_of(first), "trusted note"};
}

Since since_of(std::size_t size) {
  core::Sha256 sha256;
  MerkleTree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(sha256, leaf_hash(sha256, leaves()[i]));
  return {anchor_of(size), tree.inclusion_proof(sha256, size - 1, size).value()};
}

Report verify(const Leaves& stored, const Since& since, std::vector<Anchor> anchors = {}) {
  return verify_since(*tests::log_of(stored), stored.size(), since, anchors, {});
}

std::string told(const Report& report) {
  std::string text;
  for (const core::Error& finding : report.findings)
    text += finding.reason + " " + finding.at + "\n";
  return text;
}

TEST(VerifySince, ChecksTheNewRecordsOnly) {
  ASSERT_GT(batch_ends().size(), 10u);
  for (const std::size_t size : batch_ends()) {
    const Report report = verify(leaves(), since_of(size), {anchor_of(leaves().size())});
    EXPECT_EQ(told(report), "") << size;
    EXPECT_EQ(report.records, leaves().size() - size);
    EXPECT_EQ(report.root, anchor_of(leaves().size()).root) << size;
  }
}

TEST(VerifySince, AnyChangedByteOfANewRecordIsFound) {
  const std::size_t size = batch_ends()[4];
  for (std::size_t i = size; i < leaves().size(); ++i) {
    Leaves changed = leaves();
    changed[i][changed[i].size() / 2] ^= 1;
    const Report report = verify(changed, since_of(size), {anchor_of(leaves().size())});
    EXPECT_GT(report.findings_count, 0u) << i;
  }
}

TEST(VerifySince, TheLastTrustedRecordIsTheNotes) {
  const std::size_t size = batch_ends()[4];
  Leaves changed = leaves();
  changed[size - 1].back() ^= 1;
  EXPECT_EQ(told(verify(changed, since_of(size))), "root seq " + std::to_string(size - 1) + "\n");
}

TEST(VerifySince, AProofThatLiesIsRefused) {
  const std::size_t size = batch_ends()[6];
  for (std::size_t i = 0; i < since_of(size).proof.size(); ++i) {
    Since since = since_of(size);
    since.proof[i].bytes[7] ^= 1;
    EXPECT_EQ(told(verify(leaves(), since)), "root seq " + std::to_string(size - 1) + "\n") << i;
  }
  Since longer = since_of(size);
  longer.proof.push_back({});
  EXPECT_EQ(told(verify(leaves(), longer)), "root seq " + std::to_string(size - 1) + "\n");
}

TEST(VerifySince, AShorterLogIsMissingRecords) {
  const std::size_t size = batch_ends()[6];
  const Leaves shorter(leaves().begin(), leaves().begin() + static_cast<std::ptrdiff_t>(size) - 1);
  EXPECT_EQ(told(verify(shorter, since_of(size))),
            "missing seq " + std::to_string(size - 1) + "\n");
  const Leaves same(leaves().begin(), leaves().begin() + static_cast<std::ptrdiff_t>(size));
  EXPECT_EQ(told(verify(same, since_of(size), {anchor_of(leaves().size())})),
            "missing seq " + std::to_string(size) + "\n");
}

TEST(VerifySince, AnotherHistoryBehindTheNoteIsAFork) {
  const std::size_t size = batch_ends()[4];
  const std::size_t later = batch_ends()[8];
  Anchor other = anchor_of(later);
  other.root.bytes[0] ^= 1;
  EXPECT_EQ(told(verify(leaves(), since_of(size), {other})),
            "root seq " + std::to_string(later - 1) + "\n");
}

}  // namespace
}  // namespace ledger::verify
