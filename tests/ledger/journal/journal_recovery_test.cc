#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "ledger/journal/journal.h"
#include "tests/support/journal_book.h"

// What becomes of a book whose write failed, and what is refused when a book is opened.
namespace ledger::journal {
namespace {

using tests::Fault;
using tests::JournalBook;
using tests::opened_draft;
using tests::opening_of;

const std::string& kBank = JournalBook::kBank;

class JournalRecovery : public testing::Test {
 protected:
  void SetUp() override { book.begin(); }

  JournalBook book;
};

// --- Writes that fail. ---

TEST_F(JournalRecovery, AfterAFailedWriteTheJournalStops) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  const std::string note = book.checkpoint();
  book.log().inject(Fault::UnknownNotLanded);
  EXPECT_EQ(book.commit(), "Unavailable/outcome_unknown");
  EXPECT_EQ(book.error().at, "seq 3");
  EXPECT_EQ(book.stage("r-2", {book.deposit(5)}), "Unavailable/stopped");
  EXPECT_EQ(book.commit(), "Unavailable/outcome_unknown");
  EXPECT_EQ(book.journal().durable_size(), 3u);
  EXPECT_EQ(book.checkpoint(), note);
}

TEST_F(JournalRecovery, AWriteThatDidNotLandNeverHappened) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  book.log().inject(Fault::UnknownNotLanded);
  ASSERT_EQ(book.commit(), "Unavailable/outcome_unknown");
  ASSERT_EQ(book.reopen(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 3u);
  EXPECT_EQ(book.find_request("local", "r-1"), std::nullopt);
  EXPECT_TRUE(book.books().balance(kBank, "EUR") == 0);
  EXPECT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  EXPECT_EQ(book.commit(), "a value");
  EXPECT_EQ(book.leaves().size(), 5u);
}

TEST_F(JournalRecovery, AWriteThatLandedIsFoundAndSigned) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  book.log().inject(Fault::UnknownLanded);
  ASSERT_EQ(book.commit(), "Unavailable/outcome_unknown");
  EXPECT_EQ(SignerMemory::read(book.memory_path()).value().durable_size, 3u);
  ASSERT_EQ(book.reopen(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 5u);
  EXPECT_EQ(book.find_request("local", "r-1"), 3u);
  EXPECT_TRUE(book.books().balance(kBank, "EUR") == 5);
  const std::vector<VerifierKey> known{tests::signer_of("log").verifier_key()};
  EXPECT_EQ(open_checkpoint(book.checkpoint(), known).value().root, tests::root_of(book.leaves()));
  EXPECT_EQ(SignerMemory::read(book.memory_path()).value().durable_size, 5u);
}

TEST_F(JournalRecovery, BothOutcomesLeadToTheSameBook) {
  std::vector<std::string> ends;
  for (const Fault fault : {Fault::UnknownLanded, Fault::UnknownNotLanded}) {
    JournalBook one;
    one.begin();
    one.log().inject(fault, 2);
    for (int i = 0; i < 4; ++i) {
      const std::string request = "r-" + std::to_string(i);
      if (one.find_request("local", request)) continue;
      const core::Instant at{tests::kStart.micros + 60'000'000 + i};
      const auto staged =
          one.journal().stage({tests::command_draft(request), one.deposit(1 + i)}, at, {});
      ASSERT_TRUE(staged.has_value());
      if (one.commit() == "a value") continue;
      ASSERT_EQ(one.reopen(), "a value");
      --i;  // The client asks again, with the same request id.
    }
    ends.push_back(one.told());
  }
  EXPECT_EQ(ends[0], ends[1]);
}

TEST_F(JournalRecovery, WithoutTheSignersMemoryNothingMoreIsTaken) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  // The disk refuses to write the signer's second slot.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit limit{10, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const std::string committed = book.commit();
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

  // The records are durable and the note is not: the client cannot know, and why is said.
  EXPECT_EQ(committed, "Unavailable/outcome_unknown");
  EXPECT_NE(book.error().detail.find("File too large"), std::string::npos) << book.error().detail;
  EXPECT_EQ(book.stage("r-2", {book.deposit(5)}), "Unavailable/stopped");
  ASSERT_EQ(book.reopen(), "a value");
  EXPECT_EQ(book.journal().durable_size(), 5u);
  EXPECT_EQ(SignerMemory::read(book.memory_path()).value().signed_size, 5u);
}

// --- Opening again. ---

TEST_F(JournalRecovery, ABookOpenedAgainIsTheSame) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5), book.deposit(6, 2)}), "a value");
  ASSERT_EQ(book.stage("r-2", {opened_draft({opening_of("assets:cm:x")})}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  ASSERT_EQ(book.stage("r-3", {book.deposit(7, 3), tests::event_draft("close")}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  const std::string before = book.told();
  const std::string note = book.checkpoint();
  std::vector<std::uint64_t> seen;
  ASSERT_EQ(book.reopen([&](const RecordView& record) {
    seen.push_back(record.seq);
    return core::ok();
  }),
            "a value");
  EXPECT_EQ(book.told(), before);
  EXPECT_EQ(book.checkpoint(), note);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(book.stage("r-3", {}), "Corrupt/request_id");
  EXPECT_EQ(book.stage("r-4", {book.deposit(1)}), "a value");
}

TEST_F(JournalRecovery, AnObserversErrorRefusesTheBook) {
  EXPECT_EQ(book.reopen([](const RecordView& record) -> core::Result<> {
    if (record.seq == 1) return core::corrupt("engine_record", "seq 1", "");
    return core::ok();
  }),
            "Corrupt/engine_record");
}

TEST_F(JournalRecovery, AnEarlierJournalCannotWriteAnyMore) {
  JournalBook& first = book;
  ASSERT_EQ(first.stage("r-1", {first.deposit(5)}), "a value");
  ASSERT_TRUE(first.log().open("somebody else").has_value());
  EXPECT_EQ(first.commit(), "Unavailable/outcome_unknown");
  EXPECT_EQ(first.leaves().size(), 3u);
}

TEST_F(JournalRecovery, AStoreShorterThanTheSignerRemembersIsRefused) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  const auto leaves = book.leaves();
  const SignerState remembered = SignerMemory::read(book.memory_path()).value();
  for (const std::ptrdiff_t size : {0, 1, 3}) {
    SCOPED_TRACE(size);
    EXPECT_EQ(book.reopen_with(tests::log_of({leaves.begin(), leaves.begin() + size})),
              "Corrupt/shorter_than_signer");
    EXPECT_EQ(book.error().at, "seq " + std::to_string(size));
  }
  EXPECT_EQ(SignerMemory::read(book.memory_path()).value(), remembered);
  EXPECT_EQ(book.reopen_with(tests::log_of(leaves)), "a value");
}

TEST_F(JournalRecovery, OtherRecordsThanTheSignerRemembersAreAFork) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  // The same size and a sound chain, but another amount; and the same with a record more.
  JournalBook other;
  other.begin();
  ASSERT_EQ(other.stage("r-1", {other.deposit(6)}), "a value");
  ASSERT_EQ(other.commit(), "a value");
  EXPECT_EQ(book.reopen_with(tests::log_of(other.leaves())), "Corrupt/fork");
  EXPECT_EQ(book.error().at, "seq 5");
  ASSERT_EQ(other.stage("r-2", {other.deposit(6)}), "a value");
  ASSERT_EQ(other.commit(), "a value");
  EXPECT_EQ(book.reopen_with(tests::log_of(other.leaves())), "Corrupt/fork");
}

TEST_F(JournalRecovery, AnotherKeysMemoryIsRefused) {
  EXPECT_EQ(book.reopen({}, "another key"), "Conflict/signer_regression");
  EXPECT_EQ(book.error().at, "key_id");
  EXPECT_EQ(book.reopen(), "a value");
}

TEST_F(JournalRecovery, ADamagedLogIsRefusedWithTheSequence) {
  ASSERT_EQ(book.stage("r-1", {book.deposit(5), book.deposit(6)}), "a value");
  ASSERT_EQ(book.commit(), "a value");
  const auto leaves = book.leaves();

  auto altered = leaves;
  altered[3].back() ^= 1;  // The semantics number of the command: the next record's prev differs.
  EXPECT_EQ(book.reopen_with(tests::log_of(altered)), "Corrupt/chain");
  EXPECT_EQ(book.error().at, "seq 4");

  altered = leaves;
  altered[4].pop_back();
  EXPECT_EQ(book.reopen_with(tests::log_of(altered)), "Corrupt/record");
  EXPECT_TRUE(book.error().at.starts_with("seq 4"));

  altered = leaves;
  std::swap(altered[4], altered[5]);
  EXPECT_EQ(book.reopen_with(tests::log_of(altered)), "Corrupt/chain");
  EXPECT_EQ(book.error().at, "seq 4");

  altered = leaves;
  altered.pop_back();
  EXPECT_EQ(book.reopen_with(tests::log_of(altered)), "Corrupt/open_batch");
  EXPECT_EQ(book.error().at, "seq 5");
}

TEST_F(JournalRecovery, AStoredRecordThatBreaksTheBooksIsRefused) {
  // A book written by hand, whose chain is sound and whose second record does not balance.
  core::Sha256 sha256;
  std::vector<core::Bytes> leaves;
  core::Hash prev;
  const std::vector<std::pair<Draft, BatchPlace>> records = {
      {tests::genesis_draft(), {0, 0, 1}},
      {tests::command_draft("r-1"), {1, 0, 3}},
      {opened_draft({opening_of(kBank)}), {1, 1, 3}},
      {tests::entry_draft({{kBank, "EUR", 5}}), {1, 2, 3}}};
  for (const auto& [draft, batch] : records) {
    Place place;
    place.seq = leaves.size();
    place.prev = prev;
    place.recorded_at = {tests::kStart.micros + static_cast<std::int64_t>(batch.first_seq)};
    place.batch = batch;
    leaves.push_back(encode_record(draft, place).value());
    prev = leaf_hash(sha256, leaves.back());
  }
  EXPECT_EQ(book.reopen_with(tests::log_of(leaves)), "Corrupt/books");
  EXPECT_EQ(book.error().at, "seq 3");
}

}  // namespace
}  // namespace ledger::journal
