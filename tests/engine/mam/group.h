#pragma once

#include <string>
#include <vector>

#include "engine/mam/decide.h"
#include "engine/mam_state.h"
#include "engine/partners/decide.h"
#include "engine/trading/decide.h"
#include "tests/support/engine_fixture.h"

namespace engine::mam {

inline core::Result<> apply_group_record(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    using engine::mam::apply;
    using engine::trading::apply;
    using engine::partners::apply;
    return apply(to, body, view);
  };
  TRY((tests::apply_one_of<TradingAccountOpened, AccountValued, AccountStood, AccountFeeCharged,
                           AccountFlow, FlowAccepted, AccountFeeClawedBack, AccountLimitsSet,
                           StopOutTriggered, StopOutLifted, AccountStopped, AccountRestarted,
                           AccountReleasedExpired>(state, record, apply_it)));
  return tests::apply_one_of<OrderAccepted, OrderShareFrozen, FillRecorded, FillAllocated,
                             CloseRecorded, CloseAllocated, RebateAccrued, RebatePaid, RebatePassed,
                             ParticipationSet, AccountExcluded, AllocationCorrected, ShareRejected,
                             FillChanged, CompensationScheduled, ErrorClosed, PositionClosed,
                             PositionAdjusted, OrderSplit, SplitAllocated>(state, record, apply_it);
}

// A group of clients' accounts in EUR: client n has account 100 + n.
class Group : public tests::EngineBook {
 public:
  explicit Group(OfferTerms terms = {}, Apply apply = apply_group_record)
      : EngineBook(std::move(apply)) {
    add_manager(manager);
    add_symbol("EURUSD", "EUR");
    add_symbol("USDJPY", "JPY");
    add_structure(structure, Model::Mam, manager, std::move(terms));
    add_decision(manager, Model::Mam, Verdict::Allow);
  }

  // A retail client with an account and money on it, in whole euros.
  void add_account(std::uint64_t number, std::int64_t euros) {
    const core::PartyId client = tests::client_id(number);
    add_client(client, ClientCategory::Retail, core::Minor{euros} * 100);
    state.structures.at(structure).mandates.emplace(client, core::DecisionId{});
    EXPECT_EQ(run(OpenTradingAccount{account(number), structure, client}), "done");
    if (euros == 0) return;
    EXPECT_EQ(run(FundAccount{account(number), tests::decimal(std::to_string(euros))}), "done");
  }
  static core::AccountId account(std::uint64_t number) {
    return tests::id<core::AccountId>(100 + number);
  }

  template <class Command>
  std::string run(const Command& command) {
    using engine::mam::decide;
    using engine::trading::decide;
    return commit(decide(context(), command));
  }
  std::string accept(std::uint64_t order, const std::string& lots, Side side = Side::Buy) {
    return run(AcceptOrder{tests::id<core::OrderId>(order), structure, "EURUSD", side,
                           tests::decimal(lots)});
  }
  std::string fill(std::uint64_t order, const std::string& name, const std::string& lots,
                   bool final = false) {
    return run(RecordFill{tests::id<core::OrderId>(order), name, tests::decimal(lots),
                          tests::decimal("1.1"), final});
  }
  std::string close(std::uint64_t order, const std::string& name, const std::string& lots,
                    const std::string& profit = "0", const std::string& swap = "0",
                    const std::string& commission = "0") {
    return run(RecordClose{tests::id<core::OrderId>(order), name, tests::decimal(lots),
                           tests::decimal("1.2"), tests::decimal(profit), tests::decimal(swap),
                           tests::decimal(commission)});
  }

  std::string close_position(const std::string& name, const std::string& lots,
                             const std::string& profit = "0", Side side = Side::Buy) {
    return run(ClosePosition{structure, "EURUSD", side, name, tests::decimal(lots),
                             tests::decimal("1.2"), tests::decimal(profit), tests::decimal("0"),
                             tests::decimal("0")});
  }
  std::string adjust(const std::string& name, AdjustmentKind kind, const std::string& amount,
                     Side side = Side::Buy) {
    return run(AdjustPosition{structure, "EURUSD", side, name, kind, tests::decimal(amount)});
  }
  std::string amend(std::uint64_t order, const std::string& name, const std::string& lots,
                    const std::string& price = "1.1") {
    return run(AmendFill{tests::id<core::OrderId>(order),
                         name,
                         tests::decimal(lots),
                         tests::decimal(price),
                         {},
                         "told late"});
  }
  std::string bust(std::uint64_t order, const std::string& name) {
    return run(BustFill{tests::id<core::OrderId>(order), name, "annulled by the venue"});
  }
  std::string reject(std::uint64_t order, std::uint64_t number) {
    return run(RejectShare{tests::id<core::OrderId>(order), account(number), RejectReason::Margin});
  }
  std::string set(std::uint64_t number, const Participation& terms) {
    return run(SetParticipation{account(number), terms});
  }
  const Order& order(std::uint64_t number) const {
    return state.blocks->orders.at(tests::id<core::OrderId>(number));
  }
  // A contract of EURUSD from the start: 100,000 a lot.
  void add_contract(const std::string& lot_step = "0.01", const std::string& min_lots = "0.01") {
    ContractSpec spec{
        tests::decimal("100000"), tests::decimal(lot_step), tests::decimal(min_lots), {}, 5, {}, {},
        tests::decimal("0.02")};
    auto& contracts = state.instruments->symbols.at("EURUSD").contracts;
    contracts.push_back({{0}, spec, contracts.size() + 1, 7});
  }

  // What each account has of an order, in steps: "3 10 15".
  std::string filled(std::uint64_t order) const { return listed(order, &OrderShare::filled); }
  std::string open_steps(std::uint64_t order) const { return listed(order, &OrderShare::open); }
  std::string errors(std::uint64_t order) const { return listed(order, &OrderShare::error); }

  core::Minor owed(std::uint64_t number) const {
    return -balance(accounts::account_balance(tests::client_id(number), account(number)));
  }
  core::Minor floating(std::uint64_t number) const {
    return -balance(accounts::account_floating(tests::client_id(number), account(number)));
  }
  core::Minor wallet(std::uint64_t number) const {
    return -balance(accounts::wallet(tests::client_id(number)));
  }
  core::Minor position(std::uint64_t number) const {
    return balance(accounts::position(account(number), 1), "LOT.S1");
  }

  core::Minor house_position() const { return balance(accounts::error_position(1), "LOT.S1"); }

  const core::StructureId structure = tests::id<core::StructureId>(700);
  const core::PartyId manager = tests::id<core::PartyId>(800);

 private:
  std::string listed(std::uint64_t order, core::Minor OrderShare::*field) const {
    std::string text;
    for (const auto& [id, share] :
         state.blocks->orders.at(tests::id<core::OrderId>(order)).shares) {
      text += (text.empty() ? "" : " ") + core::to_string(share.*field);
    }
    return text;
  }
};

}  // namespace engine::mam
