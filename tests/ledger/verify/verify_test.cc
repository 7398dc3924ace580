#include "ledger/verify/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "ledger/merkle.h"
#include "tests/support/journal_book.h"

namespace ledger::verify {
namespace {

using tests::JournalBook;

using Leaves = std::vector<core::Bytes>;

// A book of records of every kind, several batches in several groups.
Leaves make_leaves() {
  JournalBook book;
  book.begin();
  const std::string transit = "liabilities:cm:transit:1";
  std::vector<Draft> effects{
      tests::opened_draft({tests::opening_of(transit, {{LawKind::ZeroAt, {}, "close"}})})};
  EXPECT_EQ(book.stage("open", effects), "a value");
  for (int i = 1; i <= 6; ++i) {
    const auto subject = static_cast<std::uint8_t>(i % 3);
    Draft corrected = tests::entry_draft({}, {tests::subject_of(subject)});
    corrected.corrects = static_cast<std::uint64_t>(i);
    corrected.documents = {core::sha256(core::as_bytes("document " + std::to_string(i)))};
    effects = {book.deposit((core::Minor{1} << (12 * i)), subject),
               tests::moved_draft(transit, JournalBook::kWallet, i, "USD"),
               tests::moved_draft(JournalBook::kBank, transit, i, "USD"), std::move(corrected),
               tests::event_draft("close")};
    EXPECT_EQ(book.stage("r-" + std::to_string(i), effects), "a value");
    if (i % 2 == 0) {
      EXPECT_EQ(book.commit(), "a value");
    }
  }
  return book.leaves();
}

const Leaves& leaves() {
  static const Leaves made = make_leaves();
  return made;
}

Anchor anchor_of(const Leaves& of, std::size_t size, std::string source = "trusted note") {
  const Leaves first(of.begin(), of.begin() + static_cast<std::ptrdiff_t>(size));
  return {size, tests::root_of(first), std::move(source)};
}
Anchor whole_anchor() { return anchor_of(leaves(), leaves().size(), "signer"); }

Report verify(const Leaves& stored, const std::vector<Anchor>& anchors = {},
              const Observer& observe = {}) {
  return verify_log(*tests::log_of(stored), stored.size(), anchors, observe);
}

// "chain seq 4", one a line.
std::string told(const Report& report) {
  std::string text;
  for (const core::Error& finding : report.findings) {
    EXPECT_EQ(finding.code, core::Code::Corrupt);
    text += finding.reason + " " + finding.at + "\n";
  }
  return text;
}

std::string at(const std::string& reason, std::size_t seq) {
  return reason + " seq " + std::to_string(seq) + "\n";
}

bool names(const Report& report, std::size_t seq) {
  return std::ranges::any_of(report.findings, [&](const core::Error& finding) {
    return finding.at == "seq " + std::to_string(seq);
  });
}

// Gives every record from `first` on the link to the one before, as a forger with time would.
void chain_again(Leaves& of, std::size_t first) {
  core::Sha256 sha256;
  for (std::size_t i = std::max<std::size_t>(first, 1); i < of.size(); ++i) {
    RecordView view;
    ASSERT_TRUE(decode_record(of[i], view).has_value());
    const core::Hash before = leaf_hash(sha256, of[i - 1]);
    const auto found = std::ranges::search(of[i], view.prev.bytes);
    std::ranges::copy(before.bytes, found.begin());
  }
}

// The first place where `from` stands becomes `to`.
void replace(core::Bytes& leaf, std::string_view from_hex, std::string_view to_hex) {
  const core::Bytes from = core::from_hex(from_hex).value();
  const core::Bytes to = core::from_hex(to_hex).value();
  const auto found = std::ranges::search(leaf, from);
  ASSERT_FALSE(found.empty());
  const auto next = leaf.erase(found.begin(), found.end());
  leaf.insert(next, to.begin(), to.end());
}

// --- What holds. ---

TEST(VerifyLog, ASoundLogIsClean) {
  const Report report = verify(leaves(), {anchor_of(leaves(), 0), anchor_of(leaves(), 1),
                                          anchor_of(leaves(), 7), whole_anchor()});
  EXPECT_EQ(told(report), "");
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.records, leaves().size());
  EXPECT_EQ(report.root, tests::root_of(leaves()));
}

TEST(VerifyLog, AnEmptyLogIsClean) {
  const Report report = verify({}, {{0, empty_root(), "signer"}});
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(report.records, 0u);
  EXPECT_EQ(report.root, empty_root());
}

TEST(VerifyLog, ObserverSeesEachRecordAndItsBytes) {
  Leaves seen;
  const Report report = verify(leaves(), {}, [&](const RecordView& record, core::ByteView leaf) {
    EXPECT_EQ(record.seq, seen.size());
    seen.emplace_back(leaf.begin(), leaf.end());
    return core::ok();
  });
  EXPECT_TRUE(report.clean());
  EXPECT_EQ(seen, leaves());
}

TEST(VerifyLog, AnObserversErrorIsAFinding) {
  const Report report =
      verify(leaves(), {}, [&](const RecordView& record, core::ByteView) -> core::Result<> {
        if (record.seq == 5) return core::corrupt("engine_record", "seq 5", "");
        return core::ok();
      });
  EXPECT_EQ(told(report), at("engine_record", 5));
}

TEST(VerifyLog, AnAnchorsOrderDoesNotMatter) {
  EXPECT_TRUE(
      verify(leaves(), {whole_anchor(), anchor_of(leaves(), 3), anchor_of(leaves(), 9)}).clean());
}

// --- One altered byte. ---

TEST(VerifyLog, EveryAlteredByteIsFoundAndItsRecordNamed) {
  const std::size_t last = leaves().size() - 1;
  for (std::size_t k = 0; k <= last; ++k) {
    for (std::size_t i = 0; i < leaves()[k].size(); ++i) {
      Leaves stored = leaves();
      stored[k][i] ^= 1;
      const Report report = verify(stored, {whole_anchor()});
      SCOPED_TRACE("record " + std::to_string(k) + " byte " + std::to_string(i) + "\n" +
                   told(report));
      ASSERT_FALSE(report.clean());
      ASSERT_TRUE(names(report, k));
      for (const core::Error& finding : report.findings) {
        // Where the link to the record before was hit, that one is named with a doubt.
        if (k > 0 && finding.at == "seq " + std::to_string(k - 1)) {
          ASSERT_TRUE(finding.detail.starts_with("Altered, or seq " + std::to_string(k)));
        } else if (finding.detail.starts_with("Altered")) {
          ASSERT_EQ(finding.at, "seq " + std::to_string(k));
        }
      }
    }
  }
}

TEST(VerifyLog, WithoutAnAnchorTheChainFindsAllButTheLastRecord) {
  for (std::size_t k = 0; k + 1 < leaves().size(); ++k) {
    Leaves stored = leaves();
    ASSERT_NO_FATAL_FAILURE(
        replace(stored[k], core::to_hex(JournalBook::salt(k)), "00000000000000000000000000000000"));
    EXPECT_EQ(told(verify(stored)), at("chain", k));
  }
  Leaves stored = leaves();
  ASSERT_NO_FATAL_FAILURE(replace(stored.back(),
                                  core::to_hex(JournalBook::salt(leaves().size() - 1)),
                                  "00000000000000000000000000000000"));
  EXPECT_EQ(told(verify(stored)), "");
  EXPECT_EQ(told(verify(stored, {whole_anchor()})), at("root", leaves().size() - 1));
}

TEST(VerifyLog, TwoAlteredRecordsAreBothNamed) {
  Leaves stored = leaves();
  for (const std::size_t k : {4u, 20u}) {
    ASSERT_NO_FATAL_FAILURE(
        replace(stored[k], core::to_hex(JournalBook::salt(k)), "00000000000000000000000000000000"));
  }
  EXPECT_EQ(told(verify(stored)), at("chain", 4) + at("chain", 20));
}

// --- Records moved, lost and doubled. ---

TEST(VerifyLog, TwoSwappedRecordsAreFound) {
  const std::size_t size = leaves().size();
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = i + 1; j < size; ++j) {
      Leaves stored = leaves();
      std::swap(stored[i], stored[j]);
      const Report report = verify(stored, {whole_anchor()});
      SCOPED_TRACE(std::to_string(i) + " and " + std::to_string(j) + "\n" + told(report));
      ASSERT_TRUE(names(report, i));
      ASSERT_TRUE(names(report, j));
      for (const core::Error& finding : report.findings) {
        ASSERT_TRUE(finding.reason == "root" || finding.at == "seq " + std::to_string(i) ||
                    finding.at == "seq " + std::to_string(j));
      }
    }
  }
}

TEST(VerifyLog, ADroppedRecordIsFoundWhereItIsMissing) {
  const std::size_t size = leaves().size();
  for (std::size_t k = 0; k + 1 < size; ++k) {
    SCOPED_TRACE(k);
    Leaves stored = leaves();
    stored.erase(stored.begin() + static_cast<std::ptrdiff_t>(k));
    EXPECT_EQ(told(verify(stored)), at("chain", k));
    EXPECT_EQ(told(verify(stored, {whole_anchor()})), at("missing", size - 1) + at("chain", k));
  }
}

TEST(VerifyLog, ADoubledRecordIsFoundWhereItIsTooMuch) {
  const std::size_t size = leaves().size();
  for (std::size_t k = 0; k < size; ++k) {
    SCOPED_TRACE(k);
    Leaves stored = leaves();
    stored.insert(stored.begin() + static_cast<std::ptrdiff_t>(k), leaves()[k]);
    EXPECT_EQ(told(verify(stored)), at("chain", k + 1));
    const bool in_anchor = k + 1 < size;
    EXPECT_EQ(told(verify(stored, {whole_anchor()})),
              (in_anchor ? at("root", size - 1) : "") + at("chain", k + 1));
  }
}

TEST(VerifyLog, ATruncatedLogMissesWhatIsVouchedFor) {
  const std::size_t size = leaves().size();
  for (std::size_t left = 0; left < size; ++left) {
    SCOPED_TRACE(left);
    const Leaves stored(leaves().begin(), leaves().begin() + static_cast<std::ptrdiff_t>(left));
    const Report report = verify(stored, {whole_anchor()});
    EXPECT_EQ(told(report), at("missing", left));
    EXPECT_EQ(report.records, left);
  }
}

TEST(VerifyLog, ALogThatEndsInsideABatchIsFoundWithoutAnAnchor) {
  Leaves stored = leaves();
  stored.pop_back();
  const Report report = verify(stored);
  RecordView view;
  ASSERT_TRUE(decode_record(stored.back(), view).has_value());
  EXPECT_EQ(told(report), at("open_batch", view.batch.first_seq));
}

TEST(VerifyLog, UnreadableRecordsAreNamedByTheLog) {
  // A log whose read fails at a sequence, as a damaged store's does.
  class Damaged final : public Log {
   public:
    core::Result<Tenure> open(std::string_view) override { return Tenure{}; }
    AppendOutcome append_group(std::uint64_t, std::uint64_t, const LeafGroup&) override {
      return AppendOutcome::Conflict;
    }
    core::Result<LogState> read(std::uint64_t first, std::uint64_t end,
                                const Visitor& visit) override {
      for (std::uint64_t seq = first; seq < end; ++seq) {
        if (seq >= 7 && seq < 10) return core::corrupt("chunk", "seq " + std::to_string(seq), "");
        TRY(visit(seq, leaves()[seq]));
      }
      return LogState{1, leaves().size()};
    }
    core::Result<LogState> state() override { return LogState{1, leaves().size()}; }
  };
  Damaged log;
  const Report report = verify_log(log, leaves().size(), {whole_anchor()}, {});
  // What lies behind is still read.
  EXPECT_EQ(told(report), "chunk seq 7 to seq 9\n" + at("missing", 7));
  EXPECT_EQ(report.records, leaves().size() - 3);
}

TEST(VerifyLog, FindingsHaveALimit) {
  Leaves stored = leaves();
  for (core::Bytes& leaf : stored) leaf.back() ^= 0xff;
  const Report report = verify(stored);
  EXPECT_FALSE(report.clean());
  EXPECT_LE(report.findings.size(), kFindingsMax);
  EXPECT_EQ(report.records, leaves().size());
}

// --- A forged history, whose chain was made good again. ---

TEST(VerifyLog, AForgedHistoryIsFoundByWhoeverVouchedForTheOldOne) {
  const std::size_t size = leaves().size();
  for (std::size_t k = 0; k < size; ++k) {
    SCOPED_TRACE(k);
    Leaves forged = leaves();
    ASSERT_NO_FATAL_FAILURE(
        replace(forged[k], core::to_hex(JournalBook::salt(k)), "00000000000000000000000000000000"));
    ASSERT_NO_FATAL_FAILURE(chain_again(forged, k + 1));
    // It is consistent in itself; only what was signed before tells.
    EXPECT_TRUE(verify(forged).clean());
    EXPECT_EQ(told(verify(forged, {whole_anchor()})), at("root", size - 1));
    // An older note narrows it down: those before the forgery still hold.
    std::vector<Anchor> anchors;
    for (std::size_t n = 0; n <= size; n += 5) anchors.push_back(anchor_of(leaves(), n));
    const Report report = verify(forged, anchors);
    const std::size_t first_wrong = (k / 5 + 1) * 5;
    if (first_wrong <= size) {
      EXPECT_EQ(report.findings.front().at, "seq " + std::to_string(first_wrong - 1));
    }
  }
}

TEST(VerifyLog, AnAnchorOfAnotherBookIsNotMet) {
  Anchor other = whole_anchor();
  other.root.bytes[0] ^= 1;
  EXPECT_EQ(told(verify(leaves(), {other})), at("root", leaves().size() - 1));
  EXPECT_EQ(told(verify(leaves(), {{0, {}, "signer"}})), at("root", 0));
}

TEST(VerifyLog, AnAnchorBeyondTheEndNamesTheFirstMissing) {
  Anchor beyond = whole_anchor();
  beyond.size += 3;
  EXPECT_EQ(told(verify(leaves(), {whole_anchor(), beyond})), at("missing", leaves().size()));
}

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

// --- Quick. ---

TEST(VerifyLog, QuickChecksChainAndTreeAlone) {
  const auto quick = [](const Leaves& stored, const std::vector<Anchor>& anchors) {
    Options options;
    options.quick = true;
    return verify_log(*tests::log_of(stored), stored.size(), anchors, {}, std::move(options));
  };
  EXPECT_EQ(told(quick(leaves(), {whole_anchor(), anchor_of(leaves(), 7)})), "");
  EXPECT_EQ(quick(leaves(), {}).root, tests::root_of(leaves()));
  Leaves altered = leaves();
  altered[5].back() ^= 1;
  EXPECT_EQ(told(quick(altered, {whole_anchor()})), at("chain", 6) + at("root", leaves().size() - 1));
  altered = leaves();
  std::swap(altered[8], altered[9]);
  EXPECT_EQ(told(quick(altered, {})), at("chain", 8));
  altered = leaves();
  altered[4] = {0xa1};
  EXPECT_EQ(told(quick(altered, {})), at("chain", 4));
}

}  // namespace
}  // namespace ledger::verify
