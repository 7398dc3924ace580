// What an explanation says of fees and flows on clients' accounts, and of some that do not follow.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "engine/offer_records.h"
#include "engine/setup_records.h"
#include "reports/explain/explain.h"
#include "tests/engine/trading/charged_group.h"

namespace reports::explain {
namespace {

using engine::AccountFeeCharged;
using engine::AccountFlow;
using engine::FeeCharged;
using engine::mam::Group;
using tests::decimal;

// A group whose records are kept, so that those of the last command can be explained.
class AccountBook final : public Sources {
 public:
  explicit AccountBook(engine::OfferTerms terms) : group(std::move(terms)) {
    engine::Structure& structure = group.state.structures.at(group.structure);
    engine::PublishOffer offer;
    offer.offer = structure.offer;
    offer.model = structure.model;
    offer.currency = structure.currency;
    offer.terms = group.state.offers.at(structure.offer).terms;
    engine::OpenStructure opened{group.structure, group.manager, structure.offer, {}, {}, {}};
    opened.strategy = group.strategy;
    engine::Effects effects(group.now);
    effects.add(engine::OfferPublished{offer, {}}, {}, {});
    effects.add(engine::StructureOpened{opened, 1, {}}, {}, {group.structure.bytes});
    keep(effects.take());
  }

  template <class Command>
  void run(const Command& command) {
    using engine::trading::decide;
    const auto drafts = decide(group.context(), command);
    ASSERT_EQ(tests::outcome(drafts), "a value");
    before_ = std::make_unique<ledger::journal::Books>(group.books);
    keep(drafts.value());
    ASSERT_EQ(group.commit(drafts), "done");
  }

  // What is told of the last command's first record of a kind, changed or not.
  template <class Body>
  Explanation told(const std::function<void(Body&)>& forge = [](Body&) {}) {
    for (std::uint64_t seq = first_; seq < leaves_.size(); ++seq) {
      ledger::RecordView record;
      EXPECT_TRUE(ledger::decode_record(leaves_[seq], record).has_value());
      if (record.kind != Body::kKind) continue;
      auto body = core::from_cbor<Body>(record.body).value();
      forge(body);
      ledger::Draft draft = drafts_[seq - first_];
      draft.body = core::to_cbor(body);
      const core::Bytes honest = leaves_[seq];
      leaves_[seq] = encoded(draft, seq, record.batch);
      auto out = explain(*this, seq);
      EXPECT_EQ(tests::outcome(out), "a value");
      leaves_[seq] = honest;
      return out ? std::move(out.value()) : Explanation{};
    }
    ADD_FAILURE() << "no such record";
    return {};
  }

  core::Result<> record(std::uint64_t seq, const Visit& visit) override {
    ledger::RecordView record;
    TRY(ledger::decode_record(leaves_.at(seq), record));
    return visit(record);
  }
  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override {
    core::Minor balance = before_->balance(account, commodity);
    for (std::uint64_t at = first_; at <= seq && at < leaves_.size(); ++at) {
      for (const ledger::Posting& posting : drafts_[at - first_].postings) {
        if (posting.account == account && posting.commodity == commodity) balance += posting.amount;
      }
    }
    return balance;
  }
  core::Result<std::optional<std::uint64_t>> find(std::uint64_t kind,
                                                  const std::optional<ledger::SubjectId>& subject,
                                                  Direction direction, std::uint64_t seq,
                                                  const Matches& matches) override {
    const bool forward = direction == Direction::After;
    while (forward ? ++seq < leaves_.size() : seq-- > 0) {
      bool found = false;
      TRY(record(seq, [&](const ledger::RecordView& one) -> core::Result<> {
        const auto is_his = [&](const auto& link) { return link.id == *subject; };
        if (one.kind != kind) return core::ok();
        if (subject && std::ranges::none_of(one.subjects, is_his)) return core::ok();
        TRY(found, matches(one));
        return core::ok();
      }));
      if (found) return std::optional<std::uint64_t>(seq);
    }
    return std::optional<std::uint64_t>();
  }

  engine::trading::ChargedGroup group;

 private:
  core::Bytes encoded(const ledger::Draft& draft, std::uint64_t seq,
                      const ledger::BatchPlace& batch) const {
    ledger::Place at;
    at.seq = seq;
    at.recorded_at = group.now;
    at.batch = batch;
    for (const ledger::SubjectId& subject : draft.subjects) at.subjects.push_back({subject, 1, {}});
    return ledger::encode_record(draft, at).value();
  }
  void keep(std::vector<ledger::Draft> drafts) {
    first_ = leaves_.size();
    drafts_ = std::move(drafts);
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      leaves_.push_back(encoded(drafts_[i], first_ + i, {first_, i, drafts_.size()}));
    }
  }

  std::vector<core::Bytes> leaves_;
  std::vector<ledger::Draft> drafts_;  // Of the last command.
  std::uint64_t first_ = 0;
  std::unique_ptr<ledger::journal::Books> before_;
};

engine::OfferTerms some_terms() {
  engine::OfferTerms terms = engine::trading::performance("0.2");
  terms.management_fee_rate = decimal("0.0365");
  terms.shares = engine::ShareTerms{decimal("0.25"), {}, {}};
  terms.tax = engine::TaxTerms{decimal("0.1"), "CY", {}};
  return terms;
}

// An account of 1000 that stands at 1200 after a month.
class AccountExplanation : public testing::Test {
 protected:
  AccountExplanation() : book(some_terms()) {
    book.group.add_client_account(1, 2000);
    known.equity_before = decimal("1200");
    book.run(engine::FundAccount{Group::account(1), decimal("1000"), {}});
    book.group.at_day(31);
    book.run(engine::ValueAccount{Group::account(1), decimal("1200"), {}});
  }
  void charge() {
    book.run(engine::ChargeAccountFees{
        book.group.structure, engine::trading::ChargedGroup::date(31), {}, true});
  }

  AccountBook book;
  engine::FlowFacts known;
};

TEST_F(AccountExplanation, AnHonestAccrualFollows) {
  charge();
  const auto out = book.told<AccountFeeCharged>();
  EXPECT_TRUE(out.sound()) << to_text(out);
  EXPECT_EQ(out.title, "a fee by time of 3.00 EUR on an account");
}

TEST_F(AccountExplanation, EveryFigureOfAnAccrualIsLookedAt) {
  charge();
  const auto sound = [&](const std::function<void(FeeCharged&)>& forge) {
    return book.told<AccountFeeCharged>([&](auto& body) { forge(body.fee); }).sound();
  };
  EXPECT_TRUE(sound([](auto&) {}));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.amount; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.exact_numerator; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.charged_before; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.equity_before; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.equity_after; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.mark_before; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.mark_after; }));
  EXPECT_FALSE(sound([](auto& fee) { ++fee.shares.back().amount; }));
  EXPECT_FALSE(sound([](auto& fee) { fee.shares.pop_back(); }));
}

TEST_F(AccountExplanation, EveryFigureOfAPerformanceFeeIsLookedAt) {
  // A fee on what leaves, so that the performance fee is the first.
  book.run(engine::DefundAccount{Group::account(1), decimal("300"), known});
  const auto honest = book.told<AccountFeeCharged>();
  EXPECT_TRUE(honest.sound()) << to_text(honest);
  const auto sound = [&](const std::function<void(AccountFeeCharged&)>& forge) {
    return book.told<AccountFeeCharged>(forge).sound();
  };
  EXPECT_FALSE(sound([](auto& body) { ++body.fee.amount; }));
  EXPECT_FALSE(sound([](auto& body) { ++body.fee.exact_numerator; }));
  EXPECT_FALSE(sound([](auto& body) { ++*body.fee.withdrawn; }));
  EXPECT_FALSE(sound([](auto& body) { ++body.fee.mark_before; }));
  EXPECT_FALSE(sound([](auto& body) { ++body.fee.mark_after; }));
  EXPECT_FALSE(sound([](auto& body) { body.floating += 1; }));
}

TEST_F(AccountExplanation, AFlowAndItsMarkAreLookedAt) {
  book.run(engine::DefundAccount{Group::account(1), decimal("300"), known});
  const auto honest = book.told<AccountFlow>();
  EXPECT_TRUE(honest.sound()) << to_text(honest);
  EXPECT_FALSE(book.told<AccountFlow>([](auto& body) { ++body.mark_after; }).sound());
  EXPECT_FALSE(book.told<AccountFlow>([](auto& body) { ++body.mark_before; }).sound());
  EXPECT_FALSE(book.told<AccountFlow>([](auto& body) { ++body.released; }).sound());
  known.equity_before = decimal("900");
  book.run(engine::FundAccount{Group::account(1), decimal("10"), known});
  EXPECT_TRUE(book.told<AccountFlow>().sound());
  EXPECT_FALSE(book.told<AccountFlow>([](auto& body) { ++body.restored; }).sound());
}

}  // namespace
}  // namespace reports::explain
