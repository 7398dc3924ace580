#pragma once

#include <string>
#include <utility>

#include "engine/partner_state.h"
#include "engine/partners/decide.h"
#include "tests/engine/mam/group.h"
#include "tests/engine/partners/tree.h"

namespace engine::mam {

inline core::Result<> apply_paying_record(State& state, const ledger::RecordView& record) {
  TRY(apply_group_record(state, record));
  TRY(partners::apply_partner_record(state, record));
  return tests::apply_one_of<PartnerDealAwaited>(
      state, record, [](State& to, const auto& body, const ledger::RecordView& view) {
        partners::apply(to, body, view);
      });
}

// A base, so that it is there before the book has its first records.
struct PartnerRecords {
  mutable partners::Records kept;
};

// A group that books what partners b, c and d earn by it; d is lowest, and client 1 came by him. By
// difference: d has 0.6 of the base, c 0.1 and b 0.1 more. An hour passes between any two fills or
// closes unless a test says otherwise.
class PayingGroup : private PartnerRecords, public Group {
 public:
  explicit PayingGroup(const ProgrammeTerms& terms, OfferTerms offer = {})
      : Group(std::move(offer), [this](State& to, const ledger::RecordView& record) {
          kept.keep(record);
          return apply_paying_record(to, record);
        }) {
    now = kStart;
    add_contract();
    for (const core::PartyId& partner : {b, c, d}) {
      state.partners[partner] = {partner, PartnerKind::IntroducingBroker, "CY"};
      open(accounts::partner_accrued(partner), {ledger::LawKind::NeverDebit});
      open(accounts::partner_expense(partner));
    }
    if (terms.pays.empty()) return;
    EXPECT_EQ(run(PublishProgramme{programme, kStart, "EUR", terms}), "done");
    EXPECT_EQ(run(AssignProgramme{b, programme, kStart, tests::decimal("0.8")}), "done");
    EXPECT_EQ(run(AssignProgramme{c, programme, kStart, tests::decimal("0.7")}), "done");
    EXPECT_EQ(run(AssignProgramme{d, programme, kStart, tests::decimal("0.6")}), "done");
    EXPECT_EQ(run(SetPartnerParent{d, c, kStart}), "done");
    EXPECT_EQ(run(SetPartnerParent{c, b, kStart}), "done");
    // Before he has an account.
    state.partner_book->clients[tests::client_id(1)] = {{kStart, d, false}};
  }

  template <class Command>
  std::string run(const Command& command) {
    using engine::mam::decide;
    using engine::partners::decide;
    using engine::trading::decide;
    return commit(decide(Context{state, books, now, now, kept}, command));
  }
  // An order that is filled whole, at 1.1.
  void open_order(std::uint64_t number, const std::string& lots, Side side = Side::Buy) {
    ASSERT_EQ(accept(number, lots, side), "done");
    pass_seconds(3600);
    ASSERT_EQ(fill(number, "f", lots), "done");
  }
  std::string close_after(std::int64_t seconds, std::uint64_t order, const std::string& name,
                          const std::string& lots, const std::string& commission = "-40") {
    pass_seconds(seconds);
    return close(order, name, lots, "0", "0", commission);
  }
  void pass_seconds(std::int64_t seconds) { now.micros += seconds * 1'000'000; }

  // The last command's lines: "3 0.5 0.5", and its deals' lots, gates and so on.
  std::string lines() const {
    std::string out;
    for (const auto& line : last<PartnerLineAccrued>()) {
      out += (out.empty() ? "" : " ") + core::to_string(line.amount);
    }
    return out;
  }
  std::vector<RecordPartnerDeal> deals() const {
    std::vector<RecordPartnerDeal> out;
    for (const auto& body : last<PartnerDealRecorded>()) out.push_back(body.deal);
    return out;
  }
  DealLeg leg(std::size_t deal = 0) const {
    return last<PartnerDealRecorded>().at(deal).legs.at(0);
  }
  std::string earned(const core::PartyId& partner) const {
    return core::to_string(partners::written(partners::earnings_of(state, partner, "EUR").exact));
  }
  static std::string ticket(const std::string& close, std::uint64_t order, std::uint64_t number) {
    return close + "/" + tests::id<core::OrderId>(order).hex() + "/" + account(number).hex();
  }

  static constexpr core::Instant kStart{1'000'000};
  const ProgrammeId programme = tests::id<ProgrammeId>(500);
  const core::PartyId b = tests::id<core::PartyId>(900);
  const core::PartyId c = tests::id<core::PartyId>(901);
  const core::PartyId d = tests::id<core::PartyId>(902);
};

}  // namespace engine::mam
