// What tally explain says of records that follow, and of some that do not.

#include "gateway/service/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/correction_records.h"
#include "engine/pamm_records.h"
#include "reports/explain/explain.h"
#include "tests/gateway/service/forged_log.h"
#include "tests/gateway/service/memory_sources.h"
#include "tests/gateway/service/pool_book.h"

namespace gateway::service {
namespace {

using engine::FeeCharged;
using reports::explain::Explanation;
using testing::HasSubstr;
using testing::Not;

class ExplanationTest : public testing::Test {
 protected:
  ExplanationTest() {
    book.add_pool();
    book.end_month();
  }

  Explanation explained(std::uint64_t seq) {
    Explanation out;
    const auto asked = book.book().read([&](const BookView& view) -> core::Result<> {
      TRY(out, explain_record(view, seq));
      return core::ok();
    });
    EXPECT_EQ(tests::outcome(asked), "a value") << seq;
    return out;
  }
  std::string text(std::uint64_t seq) { return to_text(explained(seq)); }

  // Of the first record of a kind in a book that was forged.
  template <class Body>
  std::string forged(const std::function<void(Body&, ledger::Draft&)>& forge) {
    auto batches = tests::batches_of(book.leaves());
    tests::forge_first<Body>(batches, forge);
    const auto log = tests::log_of(batches);
    tests::MemorySources sources(*log);
    const auto out = reports::explain::explain(sources, book.seqs_of(Body::kKind).front());
    EXPECT_EQ(tests::outcome(out), "a value");
    EXPECT_FALSE(out.value().sound());
    return to_text(out.value());
  }

  tests::PoolBook book;
};

TEST_F(ExplanationTest, EveryRecordOfAnHonestBookFollows) {
  for (std::uint64_t seq = 0; seq < book.leaves().size(); ++seq) {
    EXPECT_TRUE(explained(seq).sound()) << text(seq);
  }
}

TEST_F(ExplanationTest, APerformanceFeeIsToldStepByStep) {
  const std::string told = text(book.seqs_of(FeeCharged::kKind).front());
  EXPECT_THAT(told, HasSubstr("a performance fee of 400.00 EUR"));
  EXPECT_THAT(told, HasSubstr("entitlement before the fee: settled + floating of the investor in "
                              "the books = 12000.00 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("high-water mark before the fee: the investor's mark in the books = "
                              "10000.00 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("gain above the mark: 12000.00 EUR - 10000.00 EUR = 2000.00 EUR as "
                              "recorded"));
  EXPECT_THAT(told, HasSubstr("that, rounded down to the smallest unit = 400.00 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("the higher of 10000.00 EUR and 11600.00 EUR, net of the fee = "
                              "11600.00 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("price of the rollover: 24000.00 EUR / 20000.00000000 units"));
  EXPECT_THAT(told, HasSubstr("= 333.33333334 as recorded"));
  EXPECT_THAT(told, HasSubstr("the valuation: equity 24000.00 EUR at 2026-01-31T22:00:00.000000Z"));
  EXPECT_THAT(told, HasSubstr("the investor's mandate"));
  EXPECT_THAT(told, HasSubstr("the decision that the manager may act"));
  EXPECT_THAT(told, HasSubstr("the offer and its terms"));
  EXPECT_THAT(told, HasSubstr("the last rollover, trade date 2026-01-01"));
  EXPECT_THAT(told, HasSubstr("the command: rollover, given by"));
  EXPECT_THAT(told, HasSubstr("every figure follows"));
  EXPECT_THAT(told, Not(HasSubstr("MISMATCH")));
}

TEST_F(ExplanationTest, AFeeTooHighByACentIsSaidLoudly) {
  const std::string told = forged<FeeCharged>([](FeeCharged& body, ledger::Draft& draft) {
    body.amount += 1;
    tests::add_to(draft, ":settled", 1);
    tests::add_to(draft, ":fees", -1);
    tests::add_to(draft, "liabilities:cm:interfund-house", -1);
    tests::add_to(draft, "assets:house:interfund-cm", 1);
  });
  EXPECT_THAT(told, HasSubstr("= 400.00 EUR\n   MISMATCH: the record says 400.01 EUR"));
  EXPECT_THAT(told, HasSubstr("DOES NOT FOLLOW"));
}

TEST_F(ExplanationTest, AnotherRateThanTheOffersIsSaid) {
  const std::string told = forged<FeeCharged>(
      [](FeeCharged& body, ledger::Draft&) { body.rate = core::parse_decimal("0.25").value(); });
  EXPECT_THAT(told, HasSubstr("rate: the offer's = 0.2\n   MISMATCH: the record says 0.25"));
}

TEST_F(ExplanationTest, AnotherUnitInASubscriptionIsSaid) {
  const std::string told = forged<engine::SubscriptionPriced>(
      [](engine::SubscriptionPriced& body, ledger::Draft&) { body.units_issued += 1; });
  EXPECT_THAT(told, HasSubstr("= 10000.00000000\n   MISMATCH: the record says 10000.00000001"));
}

TEST_F(ExplanationTest, AnotherTotalOfARolloverIsSaid) {
  const std::string told = forged<engine::RolloverCompleted>(
      [](engine::RolloverCompleted& body, ledger::Draft&) { body.equity_after += 7; });
  EXPECT_THAT(told, HasSubstr("= 20000.00 EUR\n   MISMATCH: the record says 20000.07 EUR"));
}

TEST_F(ExplanationTest, ARedemptionAndItsFeeAreTold) {
  book.must(R"("command":"redeem","request":"@out","structure":"@p","client":"@anna",
      "amount":"1000.00")",
            "2026-02-10T08:00:00Z");
  book.must(R"("command":"record_valuation","structure":"@p","equity":"30000.00")",
            "2026-02-28T22:00:00Z");
  book.must(R"("command":"rollover","structure":"@p","trade_date":"2026-02-28")",
            "2026-02-28T22:00:00Z");
  const auto redemption = book.seqs_of(engine::RedemptionPriced::kKind).back();
  // 15000, mark 11600: 0.2 x 3400 x 1000 / 15000 = 45.33 of fee, and 11600 x 14000 / 15000 =
  // 10826.666.., up.
  const std::string fee = text(redemption - 1);
  EXPECT_THAT(fee, HasSubstr("his requests together = 1000.00 EUR as recorded"));
  EXPECT_THAT(fee, HasSubstr("= 45.33 EUR as recorded"));
  const std::string told = text(redemption);
  EXPECT_THAT(told, HasSubstr("1000.00 EUR - 45.33 EUR of performance fee = 954.67 EUR"));
  EXPECT_THAT(told, HasSubstr("rounded up = 10826.67 EUR as recorded"));
  for (std::uint64_t seq = redemption - 3; seq < book.leaves().size(); ++seq) {
    EXPECT_TRUE(explained(seq).sound()) << text(seq);
  }
}

TEST_F(ExplanationTest, ACorrectionIsTold) {
  const auto fee = book.seqs_of(FeeCharged::kKind).front();
  book.must(R"("command":"correct_fee","amount":"200.00","fee":)" + std::to_string(fee),
            "2026-02-01T08:00:00Z");
  const auto corrected = book.seqs_of(engine::FeeCorrected::kKind).front();
  const std::string told = text(corrected);
  EXPECT_THAT(told, HasSubstr("the right fee, 200.00 EUR instead of 400.00 EUR"));
  EXPECT_THAT(told, HasSubstr("= 166.66666667 as recorded"));
  EXPECT_THAT(told, HasSubstr("every figure follows"));
  EXPECT_TRUE(explained(corrected - 1).sound()) << text(corrected - 1);
}

}  // namespace
}  // namespace gateway::service
