#include "ledger/verify/verify.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "ledger/merkle.h"
#include "tests/ledger/verify/verified_log.h"

namespace ledger::verify {
namespace {

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
  EXPECT_EQ(told(quick(altered, {whole_anchor()})),
            at("chain", 6) + at("root", leaves().size() - 1));
  altered = leaves();
  std::swap(altered[8], altered[9]);
  EXPECT_EQ(told(quick(altered, {})), at("chain", 8));
  altered = leaves();
  altered[4] = {0xa1};
  EXPECT_EQ(told(quick(altered, {})), at("chain", 4));
}

}  // namespace
}  // namespace ledger::verify
