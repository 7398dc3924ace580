#pragma once

#include <string>
#include <vector>

#include "engine/instruments_state.h"
#include "engine/partners/deals.h"
#include "engine/partners/decide.h"
#include "tests/support/engine_fixture.h"

namespace engine::partners {

inline core::Result<> apply_partner_record(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    return partners::apply(to, body, view);
  };
  return tests::apply_one_of<
      ProgrammePublished, ProgrammeAssigned, PartnerParentSet, ClientAttributed,
      PartnerDealRecorded, PartnerLineAccrued, PartnerDealReversed, ClientAcquired, RevenueShared,
      ChurnMeasured, EarningsHeld, EarningsReleased, EarningsApproved, PayoutBatchMade, PayoutLine,
      PayoutPaid, PayoutReclaimed, RebateRouted, PartnerDealsReconciled, PartnerBreakResolved,
      MonthToppedUp, PartnerFeeShare, PartnerEvaluated>(state, record, apply_it);
}

// The bodies of all records, for commands that read them again.
class Records final : public ledger::journal::Past {
 public:
  core::Result<core::Minor> balance_at(std::string_view, std::string_view,
                                       std::uint64_t seq) override {
    return ledger::journal::unknown_record(seq);
  }
  core::Result<bool> has_subject(const ledger::SubjectId&) override { return false; }
  core::Result<> balances_before(core::Instant, const VisitBalance&) override { return core::ok(); }
  core::Result<> record_at(std::uint64_t seq, const VisitRecord& visit) override {
    const auto found = bodies_.find(seq);
    if (found == bodies_.end()) return ledger::journal::unknown_record(seq);
    ledger::RecordView record;
    record.seq = seq;
    record.kind = found->second.first;
    record.body = found->second.second;
    return visit(record);
  }
  void keep(const ledger::RecordView& record) {
    bodies_[record.seq] = {record.kind, {record.body.begin(), record.body.end()}};
  }

 private:
  std::map<std::uint64_t, std::pair<std::uint64_t, core::Bytes>> bodies_;
};

// A base, so that it is there before the book has its first records.
struct RecordsOfBook {
  mutable Records records_;
};

// A book whose partners b, c and d stand above each other, d lowest; client 1 came by d. Currency
// EUR, profile offshore, EURUSD with 100,000 for a lot and results in USD, GER40 in EUR.
class Tree : private RecordsOfBook, public tests::EngineBook {
 public:
  explicit Tree(ProgrammeTerms terms = {}, const std::string& currency = "EUR")
      : EngineBook([this](State& to, const ledger::RecordView& record) {
          records_.keep(record);
          return apply_partner_record(to, record);
        }) {
    now = at("2026-01-31T12:00:00Z");
    state.genesis.profile = "offshore";
    add_symbol("EURUSD", "USD");
    add_symbol("GER40", "EUR");
    for (const auto& symbol : {"EURUSD", "GER40"}) {
      ContractSpec spec;
      spec.contract_size = tests::decimal(symbol == std::string("EURUSD") ? "100000" : "1");
      spec.price_digits = symbol == std::string("EURUSD") ? 5 : 1;
      state.instruments->symbols.at(symbol).contracts.push_back({at("2020-01-01"), spec, 1, 0});
    }
    for (const core::PartyId& partner : {b, c, d}) add_partner(partner);
    state.banks[bank] = BankRing::House;
    open(accounts::bank(bank, BankRing::House));
    add_client(client(1), ClientCategory::Retail);
    if (terms.pays.empty() && !terms.acquisition && !terms.revenue_share) return;
    EXPECT_EQ(run(PublishProgramme{programme, start, currency, std::move(terms)}), "done");
    for (const core::PartyId& partner : {b, c, d}) {
      EXPECT_EQ(run(AssignProgramme{partner, programme, start, {}}), "done");
    }
    EXPECT_EQ(run(SetPartnerParent{d, c, start}), "done");
    EXPECT_EQ(run(SetPartnerParent{c, b, start}), "done");
    EXPECT_EQ(run(AttributeClient{client(1), d, start, false}), "done");
  }

  static core::Instant at(const std::string& text) {
    return core::parse_instant(text.size() == 10 ? text + "T00:00:00Z" : text).value();
  }
  static core::Date day(const std::string& text) { return core::parse_date(text).value(); }
  static core::PartyId client(std::uint64_t number) { return tests::client_id(number); }

  void add_partner(const core::PartyId& partner) {
    state.partners[partner] = {partner, PartnerKind::IntroducingBroker, "CY"};
    open(accounts::partner_accrued(partner), {ledger::LawKind::NeverDebit});
    open(accounts::partner_expense(partner));
  }

  Context context() const { return {state, books, now, now, records_}; }

  template <class Command>
  std::string run(const Command& command) {
    return commit(partners::decide(context(), command));
  }

  // Ten minutes of one lot of GER40 that rose by 50 points and brought the broker 10.
  static RecordPartnerDeal deal(const std::string& ticket, const std::string& lots = "1",
                                const std::string& commission = "10") {
    RecordPartnerDeal out;
    out.server = "live-1";
    out.ticket = ticket;
    out.client = client(1);
    out.symbol = "GER40";
    out.lots = tests::decimal(lots);
    out.opened_at = at("2026-01-05T09:00:00Z");
    out.closed_at = at("2026-01-05T09:10:00Z");
    out.open_price = tests::decimal("20000");
    out.close_price = tests::decimal("20005");
    out.commission = tests::decimal(commission);
    return out;
  }

  // What accrued to a partner exactly, in the programme's currency.
  std::string earned(const core::PartyId& partner, const std::string& currency = "EUR") const {
    return core::to_string(written(earnings_of(state, partner, currency).exact));
  }
  // The lines of the last command: "6 1".
  std::string lines() const {
    std::string out;
    for (const auto& line : last<PartnerLineAccrued>()) {
      out += (out.empty() ? "" : " ") + core::to_string(line.amount);
    }
    return out;
  }
  DealLeg leg() const { return last<PartnerDealRecorded>().at(0).legs.at(0); }
  core::Minor accrued(const core::PartyId& partner, std::string_view currency = "EUR") const {
    return -balance(accounts::partner_accrued(partner), currency);
  }

  const core::Instant start = at("2026-01-01");
  const ProgrammeId programme = tests::id<ProgrammeId>(500);
  const core::PartyId b = tests::id<core::PartyId>(900);
  const core::PartyId c = tests::id<core::PartyId>(901);
  const core::PartyId d = tests::id<core::PartyId>(902);
  const core::BankId bank = tests::id<core::BankId>(1);
};

// One rule with one rate for all symbols.
inline PayRule pay(PayBasis basis, const std::string& rate) {
  PayRule rule;
  rule.basis = basis;
  rule.rates = {{{}, {}, tests::decimal(rate), {}}};
  return rule;
}
inline ProgrammeTerms paying(PayBasis basis, const std::string& rate) {
  ProgrammeTerms terms;
  terms.pays = {pay(basis, rate)};
  return terms;
}
inline std::vector<core::Decimal> decimals(const std::vector<std::string>& texts) {
  std::vector<core::Decimal> out;
  for (const std::string& text : texts) out.push_back(tests::decimal(text));
  return out;
}

}  // namespace engine::partners
