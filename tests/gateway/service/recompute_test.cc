// Books whose every hash, link and law is right, and in which one figure does not follow.

#include "gateway/service/recompute.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/pamm_records.h"
#include "engine/setup_records.h"
#include "ledger/verify/verify.h"
#include "tests/gateway/service/forged_log.h"
#include "tests/gateway/service/pool_book.h"

namespace gateway::service {
namespace {

using engine::FeeCharged;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::ForgedBatch;
using tests::ForgedRecord;

class RecomputeTest : public testing::Test {
 protected:
  RecomputeTest() {
    book.add_pool();
    book.end_month();
    fees = book.seqs_of(FeeCharged::kKind);
    completed = book.seqs_of(engine::RolloverCompleted::kKind);
    batches = tests::batches_of(book.leaves());
  }

  // The forged book, which the ledger's own checks find nothing wrong with.
  RecomputeReport recomputed() {
    const auto log = tests::log_of(batches);
    const std::uint64_t size = log->state().value().size;
    const auto checked = ledger::verify::verify_log(
        *log, size, {}, [](const ledger::RecordView&, core::ByteView) { return core::ok(); });
    EXPECT_TRUE(checked.clean()) << (checked.findings.empty()
                                         ? ""
                                         : core::to_string(checked.findings.front()));
    auto report = recompute(*log, size);
    EXPECT_EQ(tests::outcome(report), "a value");
    return std::move(report.value());
  }
  static std::vector<std::string> texts(const RecomputeReport& report) {
    std::vector<std::string> out;
    for (const RecordDifference& one : report.differences) {
      out.push_back(std::to_string(one.seq) + ": " + to_text(one));
    }
    return out;
  }

  tests::PoolBook book;
  std::vector<std::uint64_t> fees;
  std::vector<std::uint64_t> completed;
  std::vector<ForgedBatch> batches;
};

TEST_F(RecomputeTest, AnHonestBookFollows) {
  const RecomputeReport report = recomputed();
  EXPECT_EQ(report.count, 0u);
  EXPECT_THAT(texts(report), ElementsAre());
  EXPECT_GT(report.commands, 10u);
}

TEST_F(RecomputeTest, AFeeThatIsACentTooHighIsNamedWithWhatFollows) {
  tests::forge_first<FeeCharged>(batches, [](FeeCharged& body, ledger::Draft& draft) {
    body.amount += 1;
    tests::add_to(draft, ":settled", 1);
    tests::add_to(draft, ":fees", -1);
    tests::add_to(draft, "liabilities:cm:interfund-house", -1);
    tests::add_to(draft, "assets:house:interfund-cm", 1);
  });
  const RecomputeReport report = recomputed();
  ASSERT_EQ(report.count, 1u);
  const RecordDifference& one = report.differences.front();
  EXPECT_EQ(one.seq, fees[0]);
  EXPECT_EQ(one.name, "fee_charged");
  ASSERT_EQ(one.parts.size(), 5u);
  EXPECT_EQ(one.parts[0].part, "body.amount");
  EXPECT_EQ(one.parts[0].expected, "40000");
  EXPECT_EQ(one.parts[0].found, "40001");
  EXPECT_THAT(to_text(one), HasSubstr("body.amount is 40001, and 40000 follows"));
  EXPECT_THAT(to_text(one), HasSubstr(":settled is 400.01 EUR, and 400.00 EUR follows"));
}

TEST_F(RecomputeTest, AMarkThatMovedIsNamed) {
  tests::forge_first<FeeCharged>(batches, [](FeeCharged& body, ledger::Draft& draft) {
    body.mark_after -= 100;
    for (ledger::Posting& posting : draft.postings) {
      if (posting.commodity != "MARK.EUR") continue;
      posting.amount += posting.amount > 0 ? -100 : 100;
    }
  });
  const RecomputeReport report = recomputed();
  ASSERT_EQ(report.count, 1u);
  EXPECT_EQ(report.differences[0].seq, fees[0]);
  EXPECT_THAT(to_text(report.differences[0]),
              HasSubstr("body.mark_after is 1159900, and 1160000 follows"));
}

TEST_F(RecomputeTest, AUnitTooManyIsNamed) {
  tests::forge_first<engine::SubscriptionPriced>(
      batches, [](engine::SubscriptionPriced& body, ledger::Draft& draft) {
        body.units_issued += 1;
        for (ledger::Posting& posting : draft.postings) {
          if (!posting.commodity.starts_with("UNIT.")) continue;
          posting.amount += posting.amount > 0 ? 1 : -1;
        }
      });
  const RecomputeReport report = recomputed();
  // What comes later is judged by the units as they were recorded: there was one more when the next
  // rollover was priced than it says.
  ASSERT_EQ(report.count, 2u);
  EXPECT_EQ(report.differences[0].name, "subscription_priced");
  EXPECT_THAT(to_text(report.differences[0]),
              HasSubstr("body.units_issued is 1000000000001, and 1000000000000 follows"));
  EXPECT_EQ(report.differences[1].seq, completed[1]);
  EXPECT_THAT(to_text(report.differences[1]),
              HasSubstr("body.units_before is 2000000000000, and 2000000000001 follows"));
}

TEST_F(RecomputeTest, EveryForgedRecordIsNamedAndNoOther) {
  std::size_t forged = 0;
  for (ForgedBatch& batch : batches) {
    for (ForgedRecord& record : batch) {
      if (record.draft.kind != FeeCharged::kKind) continue;
      auto body = core::from_cbor<FeeCharged>(record.draft.body).value();
      body.base += ++forged;
      record.draft.body = core::to_cbor(body);
    }
  }
  ASSERT_EQ(forged, 2u);
  const RecomputeReport report = recomputed();
  EXPECT_EQ(report.count, 2u);
  EXPECT_THAT(texts(report), ElementsAre(HasSubstr("body.base is 200001, and 200000 follows"),
                                         HasSubstr("body.base is 200002, and 200000 follows")));
}

TEST_F(RecomputeTest, AnEffectThatDoesNotFollowIsNamedByItself) {
  // A second fee on the first investor, like the first.
  for (ForgedBatch& batch : batches) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
      if (batch[i].draft.kind != FeeCharged::kKind) continue;
      batch.insert(batch.begin() + static_cast<std::ptrdiff_t>(i), ForgedRecord(batch[i]));
      break;
    }
  }
  const RecomputeReport report = recomputed();
  ASSERT_EQ(report.count, 1u);
  EXPECT_EQ(report.differences[0].what, DifferenceKind::Extra);
  EXPECT_EQ(report.differences[0].name, "fee_charged");
}

TEST_F(RecomputeTest, AnEffectThatIsMissingIsNamedWhereItWouldStand) {
  for (ForgedBatch& batch : batches) {
    const auto last = std::ranges::find_if(
        batch, [](const ForgedRecord& record) { return record.draft.kind == FeeCharged::kKind; });
    if (last != batch.end()) batch.erase(last);
  }
  const RecomputeReport report = recomputed();
  ASSERT_EQ(report.count, 1u);
  EXPECT_EQ(report.differences[0].what, DifferenceKind::Missing);
  EXPECT_EQ(report.differences[0].seq, fees[0]);
}

TEST_F(RecomputeTest, ACommandThatWouldBeRefusedIsNamed) {
  // Anna's mandate never was: what she asked for after it would have been refused.
  for (ForgedBatch& batch : batches) {
    const bool is_mandate = std::ranges::any_of(batch, [](const ForgedRecord& record) {
      return record.draft.kind == engine::MandateAccepted::kKind;
    });
    if (!is_mandate) continue;
    std::erase_if(batch, [](const ForgedRecord& record) {
      return record.draft.kind == engine::MandateAccepted::kKind;
    });
    break;
  }
  const auto log = tests::log_of(batches);
  const auto report = recompute(*log, log->state().value().size);
  ASSERT_EQ(tests::outcome(report), "a value");
  ASSERT_GE(report.value().count, 2u);
  EXPECT_EQ(report.value().differences[0].what, DifferenceKind::Missing);
  EXPECT_EQ(report.value().differences[0].name, "mandate_accepted");
  EXPECT_EQ(report.value().differences[1].what, DifferenceKind::Refused);
  EXPECT_THAT(to_text(report.value().differences[1]), HasSubstr("no_mandate"));
}

}  // namespace
}  // namespace gateway::service
