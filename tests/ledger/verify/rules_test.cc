// What the records say is held to the laws, even where chain and tree are whole.

#include <gtest/gtest.h>

#include "tests/ledger/verify/verified_log.h"

namespace ledger::verify {
namespace {

// --- Rules, in histories that are sound as a chain. ---

// The record with its meaning changed, and everything after it linked anew, so that only the rule
// itself can find it.
template <class Change>
std::string forged(std::size_t k, Change change) {
  Leaves stored = leaves();
  RecordView view;
  EXPECT_TRUE(decode_record(stored[k], view).has_value());
  Draft draft;
  draft.kind = view.kind;
  draft.version = view.version;
  draft.body.assign(view.body.begin(), view.body.end());
  for (const PostingView& posting : view.postings) {
    draft.postings.push_back(
        {std::string(posting.account), std::string(posting.commodity), posting.amount});
  }
  draft.documents = view.documents;
  draft.corrects = view.corrects;
  draft.effective_at = view.effective_at;
  Place place{view.seq, view.prev, view.salt, view.recorded_at, view.batch, view.subjects};
  change(draft, place);
  stored[k] = encode_record(draft, place).value();
  chain_again(stored, k + 1);
  return told(verify(stored));
}

// The first batch of a deposit: its command, the deposit, dollars out of transit and into it, a
// correction, and the event at which transit must be empty.
constexpr std::size_t kBatch = 5;

TEST(VerifyLog, ForgingNothingIsClean) {
  RecordView view;
  ASSERT_TRUE(decode_record(leaves()[kBatch], view).has_value());
  ASSERT_EQ(view.batch, (BatchPlace{kBatch, 0, 6}));
  EXPECT_EQ(forged(kBatch + 1, [](Draft&, Place&) {}), "");
}

TEST(VerifyLog, AnUnbalancedRecordIsFound) {
  EXPECT_EQ(forged(kBatch + 1, [](Draft& draft, Place&) { draft.postings[0].amount += 1; }),
            at("books", kBatch + 1));
}

TEST(VerifyLog, APostingToAnAccountNeverOpenedIsFound) {
  EXPECT_EQ(forged(kBatch + 1,
                   [](Draft& draft, Place&) { draft.postings[0].account = "assets:cm:bank:2"; }),
            at("books", kBatch + 1));
}

TEST(VerifyLog, ALawThatIsBrokenAtAnEventIsFoundAtTheEndOfTheBatch) {
  // What went into transit does not leave it.
  EXPECT_EQ(forged(kBatch + 2, [](Draft& draft, Place&) { draft.postings.clear(); }),
            at("books", kBatch + 5));
}

TEST(VerifyLog, AnOverdrawnWalletIsFoundAtTheEndOfTheBatch) {
  EXPECT_EQ(forged(kBatch + 1,
                   [](Draft& draft, Place&) {
                     for (Posting& posting : draft.postings) posting.amount = -posting.amount;
                   }),
            at("books", kBatch + 5));
}

TEST(VerifyLog, ABrokenBatchIsFound) {
  EXPECT_EQ(forged(kBatch + 2, [](Draft&, Place& place) { place.batch.index = 3; }),
            at("batch", kBatch + 2));
  EXPECT_EQ(forged(kBatch + 2, [](Draft&, Place& place) { place.recorded_at.micros += 1; }),
            at("batch", kBatch + 2));
  EXPECT_EQ(forged(kBatch + 2, [](Draft& draft, Place&) { draft.kind = kCommand; }),
            at("batch", kBatch + 2));
  EXPECT_EQ(forged(kBatch, [](Draft& draft, Place&) { draft.kind = tests::kEntryKind; }),
            at("batch", kBatch));
  EXPECT_EQ(forged(kBatch, [](Draft&, Place& place) { place.batch.count = 5; }),
            at("batch", kBatch + 1));
  EXPECT_EQ(forged(kBatch, [](Draft&, Place& place) { place.recorded_at = tests::kStart; }),
            at("batch", kBatch));
  EXPECT_EQ(forged(0, [](Draft& draft, Place&) { draft.kind = tests::kEntryKind; }),
            at("batch", 0));
}

TEST(VerifyLog, AGapInASubjectsRecordsIsFound) {
  EXPECT_EQ(forged(kBatch + 1, [](Draft&, Place& place) { place.subjects[0].count = 2; }),
            at("subject", kBatch + 1));
  EXPECT_EQ(forged(kBatch + 4, [](Draft&, Place& place) { place.subjects[0].prev_seq = 1; }),
            at("subject", kBatch + 4));
  // A record that hides whom it concerns leaves a gap in the next one.
  EXPECT_EQ(forged(kBatch + 1, [](Draft&, Place& place) { place.subjects.clear(); }),
            at("subject", kBatch + 4));
}

TEST(VerifyLog, ARequestIdUsedTwiceIsFound) {
  EXPECT_EQ(forged(kBatch, [](Draft& draft,
                              Place&) { draft.body = tests::command_draft("accounts").body; }),
            at("request_id", kBatch));
}

TEST(VerifyLog, ACommandThatCannotBeReadIsFound) {
  EXPECT_EQ(forged(kBatch, [](Draft& draft, Place&) { draft.body = {0xa0}; }),
            at("record", kBatch));
}

TEST(VerifyLog, AnAccountOpenedTwiceIsFound) {
  EXPECT_EQ(forged(kBatch + 4,
                   [](Draft& draft, Place&) {
                     const auto bank = tests::opening_of(JournalBook::kBank);
                     draft.kind = kAccountsOpened;
                     draft.body = tests::opened_draft({bank}).body;
                   }),
            at("books", kBatch + 4));
}

// --- Very large batches. ---

TEST(VerifyLog, AVeryLargeBatchAndAVoidedOneAreSound) {
  JournalBook book;
  book.begin();
  const std::vector<Draft> effects(2 * kGroupRecordsMax, tests::entry_draft({}));
  ASSERT_EQ(book.stage("r-1", effects), "a value");
  ASSERT_EQ(book.commit(), "a value");
  book.log().inject(tests::Fault::UnknownNotLanded, 1);
  ASSERT_EQ(book.stage("r-2", effects), "a value");
  EXPECT_NE(book.commit(), "a value");
  ASSERT_EQ(book.reopen(), "a value");
  const Leaves voided = book.leaves();
  Report report = verify(voided);
  EXPECT_EQ(told(report), "");
  EXPECT_EQ(report.records, voided.size());

  // Before it is voided: not damage, and named.
  const Leaves open(voided.begin(), voided.end() - 1);
  report = verify(open);
  EXPECT_TRUE(report.clean()) << told(report);
  EXPECT_EQ(report.open_batch, 3 + 2 * kGroupRecordsMax + 2);

  // Cut off where no crash cuts: inside its first group.
  const Leaves cut(voided.begin(), voided.begin() + 100);
  EXPECT_EQ(told(verify(cut)), at("open_batch", 3));
}

TEST(VerifyLog, TheEndOfAVeryLargeBatchCountsItsRecords) {
  Leaves stored = leaves();
  RecordView last;
  ASSERT_TRUE(decode_record(stored.back(), last).has_value());
  // An ordinary batch that claims to be one.
  Draft end;
  end.kind = kBatchEnd;
  end.body = core::to_cbor(BatchEnded{1});
  end.effective_at = last.effective_at;
  Place place{last.seq, last.prev, last.salt, last.recorded_at, last.batch, {}};
  stored.back() = encode_record(end, place).value();
  EXPECT_EQ(told(verify(stored)), at("batch", last.seq));
}

}  // namespace
}  // namespace ledger::verify
