#include "ledger/journal/journal.h"

#include <gtest/gtest.h>

#include "tests/support/journal_book.h"

namespace ledger::journal {
namespace {

using tests::JournalBook;
using tests::opened_draft;
using tests::opening_of;

const std::string& kBank = JournalBook::kBank;
const std::string& kWallet = JournalBook::kWallet;

class JournalTest : public testing::Test {
 protected:
  void SetUp() override { book.begin(); }

  // A record whose stored bytes are about so many.
  static Draft large_draft(std::size_t bytes) {
    Draft draft = tests::entry_draft({});
    draft.body.clear();
    core::cbor::Encoder out(draft.body);
    out.map(1);
    out.unsigned_integer(1);
    out.bytes(core::Bytes(bytes));
    return draft;
  }
  static std::vector<Draft> large_batch(std::size_t records, std::size_t bytes) {
    return std::vector<Draft>(records, large_draft(bytes));
  }

  static std::uint64_t kind_of(core::ByteView leaf) {
    RecordView record;
    EXPECT_TRUE(decode_record(leaf, record).has_value());
    return record.kind;
  }

  JournalBook book;
  core::Sha256 sha256;
};

// --- Staging and committing. ---

TEST_F(JournalTest, ANewBookIsSignedAtSizeZero) {
  JournalBook empty;
  EXPECT_EQ(empty.journal().durable_size(), 0u);
  EXPECT_TRUE(empty.checkpoint().starts_with("books.example/alpha\n0\n47DEQpj8HBSa"));
}

TEST_F(JournalTest, WhatIsStagedIsNotDurable) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  EXPECT_TRUE(book.journal().has_open_group());
  EXPECT_EQ(book.journal().durable_size(), 3u);
  EXPECT_EQ(book.journal().staged_size(), 5u);
  EXPECT_EQ(book.journal().index().size(), 3u);
  EXPECT_EQ(book.leaves().size(), 3u);
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_FALSE(book.journal().has_open_group());
  EXPECT_EQ(book.journal().durable_size(), 5u);
  EXPECT_EQ(book.leaves().size(), 5u);
}

TEST_F(JournalTest, CommittingNothingWritesNothing) {
  const std::string before = book.told();
  const std::string note = book.checkpoint();
  EXPECT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.told(), before);
  EXPECT_EQ(book.checkpoint(), note);
}

TEST_F(JournalTest, EachCommitIsSignedOverTheRecordsThatAreDurable) {
  const std::vector<VerifierKey> known{tests::signer_of("log").verifier_key()};
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(book.stage("r-" + std::to_string(i), {book.deposit(1), book.deposit(2, 2)}),
              "a value");
    ASSERT_EQ(book.commit(), "a value");
    const Checkpoint checkpoint = open_checkpoint(book.checkpoint(), known).value();
    EXPECT_EQ(checkpoint.size, book.leaves().size());
    EXPECT_EQ(checkpoint.root, tests::root_of(book.leaves()));
    EXPECT_EQ(SignerMemory::read(book.memory_path()).value().note, book.checkpoint());
  }
}

TEST_F(JournalTest, SeveralBatchesMakeOneGroupAndOneChain) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5), book.deposit(6)}), "a value");
  EXPECT_EQ(book.last_seq(), 3u);
  ASSERT_EQ(book.stage("r-2", {book.deposit(7, 2)}), "a value");
  EXPECT_EQ(book.last_seq(), 6u);
  ASSERT_EQ(book.commit(), "a value");

  const auto leaves = book.leaves();
  ASSERT_EQ(leaves.size(), 8u);
  core::Hash prev;
  std::vector<RecordView> records(leaves.size());
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    ASSERT_TRUE(decode_record(leaves[i], records[i]).has_value());
    EXPECT_EQ(records[i].seq, i);
    EXPECT_EQ(records[i].prev, prev);
    EXPECT_EQ(records[i].salt, JournalBook::salt(i));
    prev = leaf_hash(sha256, leaves[i]);
  }
  EXPECT_EQ(records[5].batch, (BatchPlace{3, 2, 3}));
  EXPECT_EQ(records[7].batch, (BatchPlace{6, 1, 2}));
  EXPECT_EQ(records[4].subjects, (std::vector<SubjectLink>{{tests::subject_of(1), 1, {}}}));
  EXPECT_EQ(records[5].subjects, (std::vector<SubjectLink>{{tests::subject_of(1), 2, 4}}));
  EXPECT_EQ(records[7].subjects, (std::vector<SubjectLink>{{tests::subject_of(2), 1, {}}}));
  EXPECT_EQ(records[3].recorded_at, records[5].recorded_at);
  EXPECT_LT(records[5].recorded_at, records[6].recorded_at);
}

TEST_F(JournalTest, ReceiptNamesTheLeavesOfTheBatch) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5), book.deposit(6)}), "a value");
  ASSERT_EQ(book.stage("r-2", {book.deposit(7)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  const Receipt receipt = book.journal().receipt(3).value();
  EXPECT_EQ(receipt.first_seq, 3u);
  EXPECT_EQ(receipt.count, 3u);
  EXPECT_FALSE(receipt.hit);
  const auto leaves = book.leaves();
  std::vector<core::Hash> hashes;
  for (std::size_t i = 3; i < 6; ++i) hashes.push_back(leaf_hash(sha256, leaves[i]));
  EXPECT_EQ(receipt.leaf_hashes, hashes);
  EXPECT_EQ(receipt.recorded_at, book.journal().index().batch_before(6).value()->recorded_at);
}

TEST_F(JournalTest, RecordedAtIsLaterThanTheBatchBefore) {
  const core::Instant last = book.journal().last_recorded_at().value();
  EXPECT_EQ(book.journal().next_recorded_at({last.micros - 5}).micros, last.micros + 1);
  EXPECT_EQ(book.journal().next_recorded_at(last).micros, last.micros + 1);
  EXPECT_EQ(book.journal().next_recorded_at({last.micros + 5}).micros, last.micros + 5);
}

TEST_F(JournalTest, ObserverSeesEachRecordAfterTheBatchIsAccepted) {
  std::vector<std::uint64_t> seen;
  const auto observe = [&](const RecordView& record) {
    seen.push_back(record.seq);
    return core::ok();
  };
  std::vector<Draft> batch{tests::command_draft("r-1"), book.deposit(5), book.deposit(6)};
  ASSERT_TRUE(
      book.journal().stage(batch, {tests::kStart.micros + 99'000'000}, observe).has_value());
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{3, 4, 5}));
  batch = {tests::command_draft("r-2"), tests::entry_draft({{kBank, "EUR", 1}})};
  EXPECT_FALSE(
      book.journal().stage(batch, {tests::kStart.micros + 100'000'000}, observe).has_value());
  EXPECT_EQ(seen.size(), 3u);
}

// --- Requests. ---

TEST_F(JournalTest, ARequestIsFoundAgainStagedAndDurable) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  EXPECT_EQ(book.find_request("local", "r-1"), 3u);
  EXPECT_EQ(book.find_request("web", "r-1"), std::nullopt);
  EXPECT_EQ(book.find_request("local", "r-2"), std::nullopt);
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.find_request("local", "r-1"), 3u);
  const auto key = index::request_key(sha256, "local", "r-1");
  EXPECT_EQ(book.journal().index().find_request(key).value(), 3u);
}

TEST_F(JournalTest, ARequestIdIsUsedOnce) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  EXPECT_EQ(book.stage("r-1", {book.deposit(5)}), "Corrupt/request_id");
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.stage("r-1", {book.deposit(5)}), "Corrupt/request_id");
  EXPECT_EQ(book.stage({tests::command_draft("r-1", "web"), book.deposit(5)}), "a value");
}

TEST_F(JournalTest, ARefusalFreesTheRequestId) {
  EXPECT_EQ(book.stage("r-1", {tests::entry_draft({{kBank, "EUR", 1}})}),
            "InvalidInput/unbalanced");
  EXPECT_EQ(book.find_request("local", "r-1"), std::nullopt);
  EXPECT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
}

// --- A failed batch leaves nothing. ---

struct FailingBatch {
  const char* name;
  std::string outcome;
  std::vector<Draft> effects;
};

std::vector<FailingBatch> failing_batches() {
  const Draft good = tests::moved_draft(kBank, kWallet, 9, "EUR", {tests::subject_of(1)});
  const Draft fresh = tests::moved_draft(kBank, kWallet, 9, "USD", {tests::subject_of(7)});
  Draft twice = good;
  twice.subjects = {tests::subject_of(6), tests::subject_of(6)};
  Draft not_a_map = good;
  not_a_map.body = {0x80};
  Draft not_cbor = good;
  not_cbor.body = {0xa1};
  Draft two_items = good;
  two_items.body = {0xa0, 0xa0};
  Draft bad_text = good;
  bad_text.postings[0].account = "\xff";
  Draft too_large = good;
  too_large.body = core::to_cbor(Event{std::string(70'000, 'x'), {}});
  Draft too_many = good;
  too_many.postings.assign(1001, {kBank, "EUR", 1});
  Draft subjects = good;
  for (std::uint8_t i = 0; i < 17; ++i) subjects.subjects.push_back(tests::subject_of(100 + i));
  Draft documents = good;
  documents.documents.resize(65);
  const Draft opens = opened_draft({opening_of("assets:cm:new", {{LawKind::ZeroAt, {}, "close"}})});
  const Draft uses = tests::moved_draft("assets:cm:new", kWallet, 1);
  return {
      {"unbalanced",
       "InvalidInput/unbalanced",
       {good, fresh, tests::entry_draft({{kBank, "EUR", 1}})}},
      {"unknown account",
       "InvalidInput/unknown_account",
       {fresh, opens, uses, tests::moved_draft("assets:cm:never", kWallet, 1)}},
      {"unknown commodity",
       "InvalidInput/unknown_commodity",
       {fresh, tests::moved_draft(kBank, kWallet, 1, "XYZ")}},
      {"overdrawn", "Conflict/law_never_debit", {fresh, tests::moved_draft(kWallet, kBank, 1000)}},
      {"event", "Conflict/law_zero_at", {opens, uses, tests::event_draft("close")}},
      {"open account again", "Conflict/account_exists", {opens, opens}},
      {"subject twice", "Corrupt/subject", {fresh, good, twice}},
      {"body no map", "Corrupt/record", {good, not_a_map}},
      {"body cut off", "Corrupt/record", {good, not_cbor}},
      {"body and more", "Corrupt/record", {good, two_items}},
      {"text not UTF-8", "InvalidInput/unknown_account", {fresh, bad_text}},
      {"too large", "InvalidInput/record_too_large", {fresh, too_large}},
      {"too many postings", "InvalidInput/too_many_postings", {fresh, too_many}},
      {"too many subjects", "InvalidInput/too_many_subjects", {fresh, subjects}},
      {"too many documents", "InvalidInput/too_many_documents", {fresh, documents}},
  };
}

TEST_F(JournalTest, AFailedBatchLeavesNothing) {
  // Two books; one never sees what fails.
  JournalBook other;
  other.begin();
  const auto both = [&](const std::string& request, const std::vector<Draft>& effects) {
    EXPECT_EQ(book.stage(request, effects), "a value");
    EXPECT_EQ(other.stage(request, effects), "a value");
  };
  both("r-0", {book.deposit(500), book.deposit(20, 2)});
  for (const FailingBatch& failing : failing_batches()) {
    SCOPED_TRACE(failing.name);
    const std::string before = book.told();
    EXPECT_EQ(book.stage("fails", failing.effects), failing.outcome);
    EXPECT_EQ(book.told(), before);
    EXPECT_EQ(other.stage("fails", {tests::entry_draft({{kBank, "EUR", 1}})}),
              "InvalidInput/unbalanced");
    both(std::string("after ") + failing.name, {book.deposit(1), book.deposit(2, 7)});
  }
  EXPECT_EQ(book.commit(), "a value");
  EXPECT_EQ(other.commit(), "a value");
  EXPECT_EQ(book.leaves(), other.leaves());
  EXPECT_EQ(book.told(), other.told());
  EXPECT_EQ(book.checkpoint(), other.checkpoint());
}

TEST_F(JournalTest, ARefusalNamesTheRecordOfTheBatch) {
  EXPECT_EQ(book.stage("r-1", {book.deposit(1), tests::entry_draft({{"assets:cm:x", "EUR", 1}})}),
            "InvalidInput/unknown_account");
  EXPECT_EQ(book.error().at, "record 2 of the batch: assets:cm:x");
}

// --- Limits of a group. ---

TEST_F(JournalTest, ABatchOfAsManyRecordsAsAGroupHoldsIsOneGroup) {
  const std::vector<Draft> effects(kGroupRecordsMax - 1, tests::entry_draft({}));
  EXPECT_EQ(book.stage("r-1", effects), "a value");
  EXPECT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 3 + kGroupRecordsMax);
  EXPECT_EQ(kind_of(book.leaves().back()), tests::entry_draft({}).kind);
}

TEST_F(JournalTest, AGroupThatIsFullIsClosedForTheNextBatch) {
  const std::vector<Draft> effects(4999, tests::entry_draft({}));
  for (const char* request : {"r-1", "r-2", "r-3"}) {
    ASSERT_EQ(book.stage(request, effects), "a value");
  }
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 3 + 3 * 5000u);
}

TEST_F(JournalTest, AGroupIsClosedByItsBytesToo) {
  ASSERT_EQ(book.stage("r-1", large_batch(60, 65'000)), "a value");
  ASSERT_EQ(book.stage("r-2", large_batch(10, 65'000)), "a value");
  ASSERT_EQ(book.stage("r-3", {book.deposit(1)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 3 + 61 + 11 + 2u);
}

// --- Batches beyond one group. ---

TEST_F(JournalTest, AVeryLargeBatchHasARecordThatEndsIt) {
  const std::vector<Draft> effects(kGroupRecordsMax, tests::entry_draft({}));
  EXPECT_EQ(book.stage("r-1", effects), "a value");
  EXPECT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 3 + kGroupRecordsMax + 2);
  const auto leaves = book.leaves();
  RecordView end;
  ASSERT_TRUE(decode_record(leaves.back(), end).has_value());
  EXPECT_EQ(end.kind, kBatchEnd);
  EXPECT_EQ(end.batch, (BatchPlace{3, kGroupRecordsMax + 1, kGroupRecordsMax + 2}));
  EXPECT_EQ(core::from_cbor<BatchEnded>(end.body).value().records, kGroupRecordsMax + 1);
  const auto batch = book.journal().index().batch_before(UINT64_MAX).value();
  EXPECT_EQ(batch->first_seq, 3u);
  EXPECT_EQ(batch->count, kGroupRecordsMax + 2);
  const std::string told = book.told();
  EXPECT_EQ(book.reopen(), "a value");
  EXPECT_EQ(book.told(), told);
}

// The memory of its parts is used again by ordinary groups, which once never counted as durable: the
// caller waited for ever.
TEST_F(JournalTest, GroupsAfterAVeryLargeBatchBecomeDurable) {
  const std::vector<Draft> effects(3 * kGroupRecordsMax, tests::entry_draft({}));
  ASSERT_EQ(book.stage("large", effects), "a value");
  ASSERT_EQ(book.commit(), "a value");
  for (int i = 1; i <= 8; ++i) {
    ASSERT_EQ(book.stage("r-" + std::to_string(i), {book.deposit(1)}), "a value");
    ASSERT_EQ(book.commit(), "a value");
    EXPECT_EQ(book.journal().durable_size(), 3 + 3 * kGroupRecordsMax + 2 + 2 * static_cast<std::uint64_t>(i));
  }
}

TEST_F(JournalTest, ABatchIsVeryLargeByItsBytesToo) {
  ASSERT_EQ(book.stage("r-1", large_batch(64, 65'000)), "a value");
  ASSERT_EQ(book.stage("r-2", large_batch(70, 65'000)), "a value");
  ASSERT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 3 + 65 + 72u);
  const auto leaves = book.leaves();
  EXPECT_EQ(kind_of(leaves[3 + 64]), large_batch(1, 1).front().kind);
  EXPECT_EQ(kind_of(leaves.back()), kBatchEnd);
}

TEST_F(JournalTest, AVeryLargeBatchThatFailsLeavesNothing) {
  const std::string before = book.told();
  std::vector<Draft> effects(kGroupRecordsMax, tests::entry_draft({}));
  effects.push_back(tests::entry_draft({{kBank, "EUR", 1}}));
  EXPECT_EQ(book.stage("r-1", effects), "InvalidInput/unbalanced");
  EXPECT_EQ(book.told(), before);
  EXPECT_EQ(book.stage("r-1", {book.deposit(1)}), "a value");
  EXPECT_EQ(book.commit(), "a value");
}

// The crash comes after so many groups of the batch: the next opening voids what there is of it.
TEST_F(JournalTest, AVeryLargeBatchThatIsBrokenOffIsVoided) {
  for (const int parts : {1, 2}) {
    SCOPED_TRACE(parts);
    JournalBook broken;
    broken.begin();
    ASSERT_EQ(broken.stage("r-0", {broken.deposit(3)}), "a value");
    ASSERT_EQ(broken.commit(), "a value");
    std::vector<Draft> effects(2 * kGroupRecordsMax, tests::entry_draft({}));
    effects.front() = broken.deposit(100);
    broken.log().inject(tests::Fault::UnknownNotLanded, parts);
    EXPECT_EQ(broken.stage("r-1", effects), "a value");
    // Whether its end was written is in doubt only if that was tried.
    EXPECT_EQ(broken.commit(), parts == 1 ? "Unavailable/stopped" : "Unavailable/outcome_unknown");
    ASSERT_EQ(broken.reopen(), "a value");

    const std::uint64_t size = 5 + static_cast<std::uint64_t>(parts) * kGroupRecordsMax + 1;
    EXPECT_EQ(broken.journal().durable_size(), size);
    EXPECT_EQ(kind_of(broken.leaves().back()), kBatchVoid);
    const index::Index& index = broken.journal().index();
    EXPECT_FALSE(index.is_voided(4));
    EXPECT_TRUE(index.is_voided(5));
    EXPECT_TRUE(index.is_voided(size - 2));
    EXPECT_FALSE(index.is_voided(size - 1));
    EXPECT_EQ(index.batch_before(size - 1).value()->first_seq, 3u);
    // Nothing of it has happened: no money, no request id, no record of the subject.
    EXPECT_TRUE(broken.books().balance(kBank, "EUR") == 3);
    EXPECT_TRUE(index.balance_at(kBank, "EUR", size - 1).value() == 3);
    EXPECT_EQ(broken.find_request("local", "r-1"), std::nullopt);
    EXPECT_EQ(index.last_of_subject(tests::subject_of(1)).value()->count, 1u);
    EXPECT_EQ(broken.stage("r-1", {broken.deposit(4)}), "a value");
    EXPECT_EQ(broken.commit(), "a value");
    const std::string told = broken.told();
    ASSERT_EQ(broken.reopen(), "a value");
    EXPECT_EQ(broken.told(), told);
  }
}

// --- As-of questions. ---

TEST_F(JournalTest, BatchesAreFoundBySequenceAndTime) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5), book.deposit(6)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  // Of 0, of 1 and 2, and of 3 to 5.
  const index::Index& index = book.journal().index();
  const auto end_before = [&](std::uint64_t end) { return index.batch_before(end).value()->end_seq(); };
  EXPECT_EQ(index.batch_before(0).value(), std::nullopt);
  EXPECT_EQ(end_before(1), 1u);
  EXPECT_EQ(end_before(2), 1u);  // Inside the second.
  EXPECT_EQ(end_before(3), 3u);
  EXPECT_EQ(end_before(5), 3u);
  EXPECT_EQ(end_before(6), 6u);
  EXPECT_EQ(end_before(UINT64_MAX), 6u);

  const core::Instant second = index.batch_before(3).value()->recorded_at;
  EXPECT_EQ(index.batch_at(core::Instant{second.micros - 1}).value()->end_seq(), 1u);
  EXPECT_EQ(index.batch_at(second).value()->end_seq(), 3u);
  EXPECT_EQ(index.batch_at(core::Instant{tests::kStart.micros - 1}).value(), std::nullopt);
  EXPECT_EQ(index.batch_at(core::Instant{INT64_MAX}).value()->first_seq, 3u);
}

}  // namespace
}  // namespace ledger::journal
