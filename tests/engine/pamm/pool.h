#pragma once

#include <string>
#include <vector>

#include "core/iso4217.h"
#include "engine/pamm/decide.h"
#include "engine/partners/decide.h"
#include "tests/support/engine_fixture.h"

namespace engine::pamm {

inline core::Result<> apply_pool_record(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    return engine::pamm::apply(to, body, view);
  };
  return tests::apply_one_of<
      SubscriptionRequested, RedemptionRequested, RequestCancelled, DealRecorded,
      BalanceOperationRecorded, OperationClassified, PoolValued, ResultAttributed, FeeCharged,
      RedemptionPriced, SubscriptionPriced, FloatingRebased, RolloverCompleted, OperationSent,
      OperationConfirmed, InvestorStanding, RetainedDistributed, UnitsVoided, UnitsRebased,
      NegativeBalanceAbsorbed, MarkMoved, GainForgone, FeeClawedBack, FeeReleased, OfferSwitched,
      RequestDeferred, JoinApproved, ScalingRequired, CalendarSet, LiquidationBegun, TransferPriced,
      TransferSentHome, RolloverHeld, HoldOverdue, DifferenceAccepted, ReleasedExpired>(
      state, record, apply_it);
}

// A pool in EUR without a platform server. Client n has the id n; the manager's own is client 99.
class Pool : public tests::EngineBook {
 public:
  explicit Pool(OfferTerms terms = {}) : EngineBook(apply_pool_record) {
    add_manager(manager);
    keep_decision(state, {tests::id<core::DecisionId>(9500),
                          manager,
                          Model::Pamm,
                          Jurisdiction::Cysec,
                          Verdict::Allow,
                          {0},
                          core::kInstantMax,
                          {}});
    for (const std::string_view path :
         {accounts::kTaxes, accounts::kCorrections, accounts::kEntryFee, accounts::kExitFee,
          accounts::kFeeShare, accounts::kNegativeBalanceCost, accounts::kRounding}) {
      open(std::string(path));
    }
    open(accounts::tax("CY"));
    open(accounts::manager_fees(manager), {ledger::LawKind::NeverDebit});
    open(accounts::manager_reserve(manager), {ledger::LawKind::NeverDebit});
    add_pool(structure, std::move(terms));
    now = core::utc_midnight(day);
  }

  void add_pool(const core::StructureId& pool, OfferTerms terms) {
    Structure& added = add_structure(pool, Model::Pamm, manager, std::move(terms));
    added.strategy = core::StrategyId{pool.bytes};
    added.offers = {added.offer};
    state.strategies[added.strategy] = {manager, "EUR", {}};
    open(accounts::undistributed(pool));
    open(accounts::pool_retained(pool), {ledger::LawKind::NeverDebit});
    open(accounts::units_issued(pool), {ledger::LawKind::NeverDebit});
    open(accounts::operation(pool));
  }

  void add_investor(std::uint64_t number, core::Minor wallet) {
    add_client(tests::client_id(number), ClientCategory::Retail, wallet);
    join(number, structure);
  }
  void join(std::uint64_t number, const core::StructureId& pool) {
    const core::PartyId client = tests::client_id(number);
    using ledger::LawKind;
    Structure& joined = state.structures.at(pool);
    for (const auto& path :
         {accounts::pending_in(pool, client), accounts::pending_out(pool, client)}) {
      open(path, {LawKind::NeverDebit});
    }
    open(accounts::settled(pool, client));
    open(accounts::floating(pool, client));
    open(accounts::units(pool, client), {LawKind::NeverCredit});
    open(accounts::mark(joined.strategy, client), {LawKind::NeverCredit});
    open(accounts::released(joined.strategy, client), {LawKind::NeverCredit});
    joined.mandates[client] = {};
    Investor& investor = joined.investors[client];
    investor.ordinal = ++ordinal_;
    investor.offer = joined.offer;
  }

  template <class Command>
  std::string run(const Command& command) {
    return commit(decide(context(), command));
  }
  std::string subscribe(std::uint64_t client, core::Minor cents) {
    return run(Subscribe{next_request(), structure, tests::client_id(client), {cents, 2}});
  }
  std::string redeem(std::uint64_t client, std::optional<core::Minor> cents = {}) {
    Redeem command{next_request(), structure, tests::client_id(client), {}};
    if (cents) command.amount = core::Decimal{*cents, 2};
    return run(command);
  }
  // The pool is worth `cents` at the end of a day `days` later, and is priced.
  std::string price(std::int32_t days, core::Minor cents, bool period_end = false) {
    pass(days);
    const auto valued = run(worth(cents));
    if (valued != "done") return valued;
    return run(Rollover{structure, day, period_end, {}});
  }
  RecordValuation worth(core::Minor cents) const {
    RecordValuation value;
    value.structure = structure;
    value.equity = {cents, 2};
    return value;
  }
  void pass(std::int32_t days) {
    day.days += days;
    now = core::utc_midnight(day);
  }

  core::Minor entitlement(std::uint64_t client) const {
    const core::PartyId party = tests::client_id(client);
    return -balance(accounts::settled(structure, party)) -
           balance(accounts::floating(structure, party));
  }
  core::Minor mark(std::uint64_t client) const {
    return balance(
        accounts::mark(state.structures.at(structure).strategy, tests::client_id(client)),
        "MARK.EUR");
  }
  core::Minor units(std::uint64_t client) const {
    const Structure& pool = state.structures.at(structure);
    return balance(accounts::units(structure, tests::client_id(client)),
                   accounts::unit_code(pool.ordinal, pool.epoch));
  }
  core::Minor wallet(std::uint64_t client) const {
    return -balance(accounts::wallet(tests::client_id(client)));
  }
  const Investor& investor(std::uint64_t client) const {
    return state.structures.at(structure).investors.at(tests::client_id(client));
  }
  core::RequestId next_request() { return tests::id<core::RequestId>(++requests_); }

  const core::PartyId manager = tests::id<core::PartyId>(7000);
  const core::StructureId structure = tests::id<core::StructureId>(8000);
  core::Date day{20'454};  // 2026-01-01.

 private:
  std::uint64_t requests_ = 100'000;
  std::uint64_t ordinal_ = 0;
};

}  // namespace engine::pamm
