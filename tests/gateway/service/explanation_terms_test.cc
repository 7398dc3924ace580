// What tally explain says of the records of an offer with most of the terms, and that every field
// of a fee is looked at.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/dealing_records.h"
#include "engine/investor_records.h"
#include "engine/pamm_records.h"
#include "gateway/service/explanation.h"
#include "reports/explain/explain.h"
#include "tests/gateway/service/forged_log.h"
#include "tests/gateway/service/many_terms.h"
#include "tests/gateway/service/memory_sources.h"
#include "tests/gateway/service/pool_book.h"

namespace gateway::service {
namespace {

using engine::FeeCharged;
using reports::explain::Explanation;
using testing::HasSubstr;

class ExplanationTermsTest : public testing::Test {
 protected:
  ExplanationTermsTest() {
    book.add_pool(tests::kManyTerms);
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

  // Anna takes money out by two requests, Bella brings some; then there is a loss.
  void add_losing_month() {
    const std::string at = "2026-02-10T08:00:00Z";
    for (const std::string amount : {"1000.00", "500.01"}) {
      book.must(R"("command":"redeem","request":"@out-)" + amount +
                    R"(","structure":"@p","client":"@anna","amount":")" + amount + "\"",
                at);
    }
    book.must(R"("command":"deposit","bank":"@trust","amount":"3000.00","currency":"EUR",
        "client":"@bella")",
              at);
    for (const std::string amount : {"1000.03", "1999.97"}) {
      book.must(R"("command":"subscribe","request":"@in-)" + amount +
                    R"(","structure":"@p","client":"@bella","amount":")" + amount + "\"",
                at);
    }
    book.end_month("20000.00", "2026-02-28");
  }
  // The first fee of a kind.
  std::uint64_t fee_of(engine::FeeKind kind) {
    std::uint64_t out = 0;
    ledger::RecordView record;
    for (const core::Bytes& leaf : book.leaves()) {
      EXPECT_TRUE(ledger::decode_record(leaf, record).has_value());
      if (record.kind != FeeCharged::kKind || out != 0) continue;
      if (core::from_cbor<FeeCharged>(record.body).value().fee == kind) out = record.seq;
    }
    return out;
  }

  // Changes one field after the other of one record; each change must be seen.
  template <class Body>
  void expect_all_seen(std::uint64_t seq, const std::vector<std::function<void(Body&)>>& changes) {
    const auto leaves = book.leaves();
    for (std::size_t i = 0; i < changes.size(); ++i) {
      auto batches = tests::batches_of(leaves);
      std::uint64_t at = 0;
      for (tests::ForgedBatch& batch : batches) {
        for (tests::ForgedRecord& record : batch) {
          if (at++ != seq) continue;
          auto body = core::from_cbor<Body>(record.draft.body).value();
          changes[i](body);
          record.draft.body = core::to_cbor(body);
        }
      }
      const auto log = tests::log_of(batches);
      tests::MemorySources sources(*log);
      const auto out = reports::explain::explain(sources, seq);
      if (!out) continue;  // What it names is not there.
      EXPECT_FALSE(out.value().sound()) << "change " << i << "\n" << to_text(out.value());
      EXPECT_THAT(to_text(out.value()), HasSubstr("MISMATCH")) << "change " << i;
    }
  }

  tests::PoolBook book;
};

TEST_F(ExplanationTermsTest, EveryRecordOfAnHonestBookFollows) {
  add_losing_month();
  book.must(R"("command":"redeem","request":"@all","structure":"@p","client":"@anna")",
            "2026-03-10T08:00:00Z");
  book.end_month("24000.00", "2026-03-31");
  EXPECT_FALSE(book.seqs_of(engine::FeeClawedBack::kKind).empty());
  EXPECT_FALSE(book.seqs_of(engine::InvestorStanding::kKind).empty());
  for (std::uint64_t seq = 0; seq < book.leaves().size(); ++seq) {
    EXPECT_TRUE(explained(seq).sound()) << text(seq);
  }
}

TEST_F(ExplanationTermsTest, AFeeOfManyTermsIsToldStepByStep) {
  // 2 % of 10000 for 30 days: 16.43 and 3.12 of tax; 12 a year: 0.98 and 0.18 of tax. So 11979.29.
  // Hurdle 10000 x 0.05 x 30 / 365 = 41.0958..; 0.2 x (11000 - 10041.0958..) + 0.3 x 979.29 =
  // 485.5678..; tax 92.2564; broker 145.668; of the manager's 339.90 a quarter is held.
  const std::string told = text(fee_of(engine::FeeKind::Performance));
  EXPECT_THAT(told, HasSubstr("a performance fee of 485.56 EUR, 577.81 EUR with its tax"));
  EXPECT_THAT(told, HasSubstr("10000.00 EUR x 0.05 x 30 / 365 = 41.09589041.. EUR"));
  EXPECT_THAT(told, HasSubstr("up to a return of 0.1"));
  EXPECT_THAT(told, HasSubstr("485.56782191.. EUR"));
  EXPECT_THAT(told, HasSubstr("= 1000.00 EUR as recorded"));  // The year's cap.
  EXPECT_THAT(told, HasSubstr("= 17.41 EUR as recorded"));    // Used of it.
  EXPECT_THAT(told, HasSubstr("tax 92.25 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("broker 145.66 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("reserve 84.97 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("manager 254.93 EUR as recorded"));
  EXPECT_THAT(told, HasSubstr("= 11401.48 EUR as recorded"));
}

TEST_F(ExplanationTermsTest, EveryFieldOfAPerformanceFeeIsLookedAt) {
  using Body = FeeCharged;
  expect_all_seen<Body>(fee_of(engine::FeeKind::Performance),
                        {[](Body& fee) { fee.amount += 1; },
                         [](Body& fee) { fee.fee = engine::FeeKind::Volume; },
                         [](Body& fee) { fee.base += 1; },
                         [](Body& fee) {
                           fee.rate = core::Decimal{25, 2};
                         },
                         [](Body& fee) { fee.days = 1; },
                         [](Body& fee) { fee.exact_numerator += 1; },
                         [](Body& fee) { fee.exact_denominator += 1; },
                         [](Body& fee) { fee.charged_before = 1; },
                         [](Body& fee) { fee.equity_before += 1; },
                         [](Body& fee) { fee.equity_after += 1; },
                         [](Body& fee) { fee.mark_before += 1; },
                         [](Body& fee) { fee.mark_after += 1; },
                         [](Body& fee) { fee.units_cancelled += 1; },
                         [](Body& fee) { fee.offer.bytes[3] ^= 1; },
                         [](Body& fee) { fee.decision.bytes[3] ^= 1; },
                         [](Body& fee) { fee.due = engine::FeeDue::OfferChange; },
                         [](Body& fee) { fee.due = engine::FeeDue::Redemption; },
                         [](Body& fee) { fee.due.reset(); },
                         [](Body& fee) { fee.valuation = *fee.valuation - 1; },
                         [](Body& fee) { fee.valuation.reset(); },
                         [](Body& fee) { fee.from = core::Date{20'000}; },
                         [](Body& fee) { fee.to = core::Date{20'000}; },
                         [](Body& fee) { fee.measured = fee.equity_before + 1; },
                         [](Body& fee) { fee.withdrawn = 1; },
                         [](Body& fee) { *fee.hurdle_numerator += 1; },
                         [](Body& fee) { *fee.hurdle_denominator += 1; },
                         [](Body& fee) { fee.hurdle_numerator.reset(); },
                         [](Body& fee) { *fee.cap += 1; },
                         [](Body& fee) { *fee.cap_used += 1; },
                         [](Body& fee) { fee.forfeited = 1; },
                         [](Body& fee) { fee.fund_fee = 1; },
                         [](Body& fee) { fee.credit = 1; },
                         [](Body& fee) { fee.contingent = 1; },
                         [](Body& fee) { *fee.tax += 1; },
                         [](Body& fee) { fee.lots_traded = 1; },
                         [](Body& fee) { fee.notional_traded = 1; },
                         [](Body& fee) { fee.pool_units = 1; },
                         [](Body& fee) { fee.shares.front().amount += 1; },
                         [](Body& fee) { fee.shares.back().of = engine::FeeShareOf::House; },
                         [](Body& fee) { fee.shares.front().partner = core::PartyId{}; },
                         [](Body& fee) { fee.shares.pop_back(); },
                         [](Body& fee) { fee.shares.clear(); }});
}

TEST_F(ExplanationTermsTest, EveryFieldOfAnAccrualIsLookedAt) {
  using Body = FeeCharged;
  for (const auto kind : {engine::FeeKind::Management, engine::FeeKind::Subscription}) {
    expect_all_seen<Body>(
        fee_of(kind),
        {[](Body& fee) { fee.amount += 1; }, [](Body& fee) { fee.base += 1; },
         [](Body& fee) {
           fee.rate = core::Decimal{25, 2};
         },
         [](Body& fee) { fee.days += 1; }, [](Body& fee) { fee.exact_numerator += 1; },
         [](Body& fee) { fee.charged_before = 1; }, [](Body& fee) { fee.equity_before += 1; },
         [](Body& fee) { fee.mark_after += 1; },
         [](Body& fee) { fee.due = engine::FeeDue::Accrued; },
         [](Body& fee) { fee.from->days -= 1; }, [](Body& fee) { fee.to->days += 1; },
         [](Body& fee) { fee.lot = 1; }, [](Body& fee) { fee.measured = 1; },
         [](Body& fee) { fee.withdrawn = 1; }, [](Body& fee) { *fee.cap += 1; },
         [](Body& fee) { *fee.tax -= 1; }});
  }
}

TEST_F(ExplanationTermsTest, EveryFieldOfARedemptionIsLookedAt) {
  add_losing_month();
  using Body = engine::RedemptionPriced;
  for (const std::uint64_t seq : book.seqs_of(Body::kKind)) {
    expect_all_seen<Body>(
        seq,
        {[](Body& body) { body.gross += 1; }, [](Body& body) { body.units_cancelled += 1; },
         [](Body& body) { body.mark_before += 1; }, [](Body& body) { body.mark_after += 1; },
         [](Body& body) { body.released += 1; }, [](Body& body) { body.full = true; },
         [](Body& body) { body.trade_date->days += 1; }, [](Body& body) { *body.withdrawn += 1; },
         [](Body& body) { *body.exit_fee += 1; }, [](Body& body) { body.penalty = 1; },
         [](Body& body) { body.waits = true; }, [](Body& body) { body.left = 1; }});
  }
}

TEST_F(ExplanationTermsTest, EveryFieldOfASubscriptionIsLookedAt) {
  add_losing_month();
  using Body = engine::SubscriptionPriced;
  const auto seqs = book.seqs_of(Body::kKind);
  expect_all_seen<Body>(
      seqs.back(),
      {[](Body& body) { body.amount += 1; }, [](Body& body) { body.entry_fee += 1; },
       [](Body& body) { body.units_issued += 1; }, [](Body& body) { body.price_equity += 1; },
       [](Body& body) { body.price_units += 1; }, [](Body& body) { body.mark_before += 1; },
       [](Body& body) { body.mark_after += 1; }, [](Body& body) { body.restored += 1; },
       [](Body& body) { body.trade_date->days += 1; },
       [](Body& body) { body.transferred = true; }});
}

TEST_F(ExplanationTermsTest, EveryFieldOfAClawbackIsLookedAt) {
  add_losing_month();
  using Body = engine::FeeClawedBack;
  expect_all_seen<Body>(
      book.seqs_of(Body::kKind).front(),
      {[](Body& body) { body.loss += 1; },
       [](Body& body) {
         body.rate = core::Decimal{3, 1};
       },
       [](Body& body) { body.amount += 1; }, [](Body& body) { body.units_issued += 1; },
       [](Body& body) { body.mark_before += 1; }, [](Body& body) { body.mark_after += 1; }});
}

TEST_F(ExplanationTermsTest, EveryTotalOfARolloverIsLookedAt) {
  add_losing_month();
  using Body = engine::RolloverCompleted;
  expect_all_seen<Body>(
      book.seqs_of(Body::kKind).back(),
      {[](Body& body) { body.rollover += 1; }, [](Body& body) { body.equity_before += 1; },
       [](Body& body) { body.units_before += 1; }, [](Body& body) { body.equity_after += 1; },
       [](Body& body) { body.units_after += 1; }, [](Body& body) { body.floating += 1; },
       [](Body& body) { body.result += 1; }, [](Body& body) { body.fees += 1; },
       [](Body& body) { body.redeemed += 1; }, [](Body& body) { body.subscribed += 1; },
       [](Body& body) { body.epoch = 2; }, [](Body& body) { body.rounding = 1; },
       [](Body& body) { body.archived = true; }});
}

}  // namespace
}  // namespace gateway::service
