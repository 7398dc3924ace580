#include <gtest/gtest.h>

#include "tests/engine/copy/copying.h"

namespace engine::copy {
namespace {

using tests::decimal;

class Confirming : public Copying {
 public:
  Confirming() : Copying(Model::CopyConfirmed) {
    CopyTerms terms;
    terms.confirm_seconds = 60;
    add_copier(1, 10'000, terms);
    EXPECT_EQ(buy("s1", "1"), "done");
  }
  std::string confirm(const std::string& signal) { return run(ConfirmCopy{account(1), signal}); }
  std::string decline(const std::string& signal) { return run(DeclineCopy{account(1), signal}); }
  // What a tick would record.
  std::string end_of_time() {
    Effects effects(now);
    expire(context(), effects);
    return commit(effects.take());
  }
};

TEST(ConfirmCopy, NothingIsOrderedBeforeTheClientSaysSo) {
  Confirming book;
  EXPECT_EQ(book.sized(), "");
  ASSERT_EQ(book.last<CopyOffered>().size(), 1u);
  EXPECT_EQ(book.fill(1, "s1", "a", "1"), "NotFound/unknown_copy");
  ASSERT_EQ(book.confirm("s1"), "done");
  EXPECT_TRUE(book.last<CopyOfferEnded>()[0].decision.has_value());
  EXPECT_EQ(book.fill(1, "s1", "a", "1"), "done");
  EXPECT_EQ(book.confirm("s1"), "NotFound/unknown_copy");
}

TEST(ConfirmCopy, ADeclinedOneIsOver) {
  Confirming book;
  ASSERT_EQ(book.decline("s1"), "done");
  EXPECT_EQ(book.last<CopyOfferEnded>()[0].end, OfferEnd::Declined);
  EXPECT_EQ(book.confirm("s1"), "NotFound/unknown_copy");
  EXPECT_EQ(book.decline("s1"), "NotFound/unknown_copy");
}

TEST(ConfirmCopy, ItIsTooLateWhenItsTimeIsOver) {
  Confirming book;
  const core::Instant expires = book.last<CopyOffered>()[0].expires_at;
  EXPECT_FALSE(has_expired(book.state, {expires.micros - 1}));
  EXPECT_TRUE(has_expired(book.state, expires));
  book.now = expires;
  EXPECT_EQ(book.confirm("s1"), "Conflict/expired");
  ASSERT_EQ(book.end_of_time(), "done");
  EXPECT_EQ(book.last<CopyOfferEnded>()[0].end, OfferEnd::Expired);
  EXPECT_FALSE(has_expired(book.state, expires));
}

TEST(ConfirmCopy, TheGateIsAskedAgain) {
  Confirming book;
  book.add_decision(book.manager, Model::CopyConfirmed, Verdict::Block);
  EXPECT_EQ(book.confirm("s1"), "Conflict/not_authorised");
}

TEST(ConfirmCopy, ADecisionForTheOtherModelIsNone) {
  Copying book(Model::CopyConfirmed);
  book.add_copier(1, 10'000);
  book.add_decision(book.manager, Model::CopyConfirmed, Verdict::Refer);
  book.add_decision(book.manager, Model::CopyAutomatic, Verdict::Allow);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(book.skipped(), "not_authorised");
}

TEST(ConfirmCopy, OnlyWhatTheMasterStillHoldsIsOrdered) {
  Confirming book;
  ASSERT_EQ(book.sell("s2", "0.255"), "done");
  ASSERT_EQ(book.confirm("s1"), "done");
  EXPECT_EQ(Copying::lots(book.last<CopyOfferEnded>()[0].volume), "0.74");
  ASSERT_EQ(book.fill(1, "s1", "a", "0.74"), "done");
  EXPECT_EQ(book.asked(), "");
  ASSERT_EQ(book.sell("s3", "0.745"), "done");
  EXPECT_EQ(book.asked(), "0.74");
}

TEST(ConfirmCopy, LessThanTheSmallestOrderIsNotOrdered) {
  Copying book(Model::CopyConfirmed);
  book.set_contract("0.01", "0.1", "");
  book.add_copier(1, 10'000);
  ASSERT_EQ(book.buy("s1", "1"), "done");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  ASSERT_EQ(book.sell("s3", "0.9"), "done");
  ASSERT_EQ(book.sell("s4", "0.91", "q"), "done");
  const auto confirm = [&](const std::string& signal) {
    return book.run(ConfirmCopy{Copying::account(1), signal});
  };
  ASSERT_EQ(confirm("s1"), "done");
  EXPECT_EQ(Copying::lots(book.last<CopyOfferEnded>()[0].volume), "0.1");
  EXPECT_EQ(confirm("s2"), "Conflict/offer_ended");
}

TEST(ConfirmCopy, TheMastersCloseAndAStopWithdrawIt) {
  Confirming book;
  ASSERT_EQ(book.sell("s2", "1"), "done");
  ASSERT_EQ(book.last<CopyOfferEnded>().size(), 1u);
  EXPECT_EQ(book.last<CopyOfferEnded>()[0].end, OfferEnd::Withdrawn);
  ASSERT_EQ(book.buy("s3", "1"), "done");
  ASSERT_EQ(book.run(StopCopying{Copying::account(1), false}), "done");
  ASSERT_EQ(book.last<CopyOfferEnded>().size(), 1u);
  EXPECT_EQ(book.confirm("s3"), "NotFound/unknown_copy");
}

// An offer is as good as an order for who measures what a client may hold.
TEST(ConfirmCopy, OffersCountAgainstTheCaps) {
  Copying book(Model::CopyConfirmed);
  CopyTerms terms;
  terms.max_exposure = decimal("16.5");  // 165,000 of 10,000: one and a half lots.
  book.add_copier(1, 10'000, terms);
  const auto offered = [&] {
    const auto offers = book.last<CopyOffered>();
    return offers.empty() ? std::string("none") : Copying::lots(offers[0].sized.volume);
  };
  ASSERT_EQ(book.buy("s1", "1"), "done");
  EXPECT_EQ(offered(), "1");
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  EXPECT_EQ(offered(), "0.5");
  ASSERT_EQ(book.buy("s3", "1", "r"), "done");
  EXPECT_EQ(book.skipped(), "cap_reached");
  ASSERT_EQ(book.run(ConfirmCopy{Copying::account(1), "s2"}), "done");
  ASSERT_EQ(book.run(DeclineCopy{Copying::account(1), "s1"}), "done");
  ASSERT_EQ(book.buy("s4", "2", "t"), "done");
  EXPECT_EQ(offered(), "1");  // The half lot is ordered.
  // What has expired counts no more, though no tick has said so.
  book.now = book.last<CopyOffered>()[0].expires_at;
  ASSERT_EQ(book.buy("s5", "2", "u"), "done");
  EXPECT_EQ(offered(), "1");
}

TEST(ConfirmCopy, WhoMustStopByHisEquityConfirmsNothing) {
  for (const bool hard : {false, true}) {
    Copying book(Model::CopyConfirmed);
    CopyTerms terms;
    (hard ? terms.hard_stop : terms.soft_stop) = decimal("0.6");
    book.add_copier(1, 10'000, terms);
    ASSERT_EQ(book.buy("s1", "1"), "done");
    ASSERT_EQ(book.equity(1, "6000"), "done");
    EXPECT_EQ(book.run(ConfirmCopy{Copying::account(1), "s1"}), "Conflict/stopped");
    ASSERT_EQ(book.equity(1, "6000.01"), "done");
    EXPECT_EQ(book.run(ConfirmCopy{Copying::account(1), "s1"}), "done");
  }
}

TEST(ConfirmCopy, NewTermsWithdrawWhatTheOldOnesSized) {
  Confirming book;
  book.add_copier(2, 10'000);
  ASSERT_EQ(book.buy("s2", "1", "q"), "done");
  CopyTerms terms;
  terms.max_lots = decimal("0.1");
  ASSERT_EQ(book.set_terms(1, terms), "done");
  const auto ended = book.last<CopyOfferEnded>();
  ASSERT_EQ(ended.size(), 2u);
  for (const CopyOfferEnded& one : ended) {
    EXPECT_EQ(one.account, Copying::account(1));
    EXPECT_EQ(one.end, OfferEnd::Withdrawn);
  }
  EXPECT_EQ(book.confirm("s1"), "NotFound/unknown_copy");
  EXPECT_EQ(book.run(ConfirmCopy{Copying::account(2), "s2"}), "done");
}

}  // namespace
}  // namespace engine::copy
