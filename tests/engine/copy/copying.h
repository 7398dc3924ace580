#pragma once

#include <string>
#include <vector>

#include "engine/copy/decide.h"
#include "engine/copy/lineage.h"
#include "engine/copy_state.h"
#include "engine/currency/decide.h"
#include "engine/currency_state.h"
#include "engine/instruments/decide.h"
#include "engine/partners/decide.h"
#include "engine/trading/decide.h"
#include "engine/trading_state.h"
#include "tests/support/engine_fixture.h"

namespace engine::copy {

inline core::Result<> apply_copy_record(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    using engine::copy::apply;
    using engine::currency::apply;
    using engine::instruments::apply;
    using engine::partners::apply;
    using engine::trading::apply;
    return apply(to, body, view);
  };
  return tests::apply_one_of<TradingAccountOpened, AccountValued, ContractChanged, SymbolAliased,
                             PlatformRateRecorded, CopyTermsSet, MasterValued, SignalRecorded,
                             CopySized, CopySkipped, CopyOffered, CopyOfferEnded, CopyCloseAsked,
                             CopyFilled, CopyClosed, CopyRejected, CopyAmended, CopyStopped,
                             CopyMarginMeasured, CopiesSplit, CopySplitAllocated, CopiesAdjusted,
                             CopyAdjusted, RebateAccrued, RebatePaid, RebatePassed>(state, record,
                                                                                    apply_it);
}

// Clients' subscriptions to one manager, in EUR: client n has account 100 + n. The master has
// 10,000 euros; EURUSD is booked in EUR, in steps of 0.01.
class Copying : public tests::EngineBook {
 public:
  explicit Copying(Model model = Model::CopyAutomatic, OfferTerms terms = {},
                   Apply apply = apply_copy_record)
      : EngineBook(std::move(apply)) {
    add_manager(manager);
    add_symbol("EURUSD", "EUR");
    add_structure(structure, model, manager, std::move(terms));
    add_decision(manager, model, Verdict::Allow);
    set_contract("0.01", "0.01", "");
    EXPECT_EQ(value_master("10000"), "done");
  }

  void set_contract(const std::string& step, const std::string& least, const std::string& most) {
    ContractSpec spec;
    spec.contract_size = tests::decimal("100000");
    spec.lot_step = tests::decimal(step);
    spec.min_lots = tests::decimal(least);
    if (!most.empty()) spec.max_lots = tests::decimal(most);
    spec.price_digits = 5;
    EXPECT_EQ(run(SetContract{"EURUSD", {0}, spec}), "done");
  }

  // A retail client with a subscription and money on it, in whole euros, without terms.
  void add_account(std::uint64_t number, std::int64_t euros) {
    const core::PartyId client = tests::client_id(number);
    add_client(client, ClientCategory::Retail, core::Minor{euros} * 100);
    state.structures.at(structure).mandates.emplace(client, core::DecisionId{});
    EXPECT_EQ(run(OpenTradingAccount{account(number), structure, client}), "done");
    if (euros == 0) return;
    EXPECT_EQ(run(FundAccount{account(number), tests::decimal(std::to_string(euros))}), "done");
  }
  void add_copier(std::uint64_t number, std::int64_t euros, CopyTerms terms = {}) {
    add_account(number, euros);
    EXPECT_EQ(set_terms(number, std::move(terms)), "done");
  }
  static core::AccountId account(std::uint64_t number) {
    return tests::id<core::AccountId>(100 + number);
  }

  template <class Command>
  std::string run(const Command& command) {
    using engine::copy::decide;
    using engine::currency::decide;
    using engine::instruments::decide;
    using engine::partners::decide;
    using engine::trading::decide;
    return commit(decide(context(), command));
  }
  std::string set_terms(std::uint64_t number, CopyTerms terms) {
    return run(SetCopyTerms{account(number), std::move(terms)});
  }
  std::string value_master(const std::string& equity) {
    ValueMaster command;
    command.structure = structure;
    command.equity = tests::decimal(equity);
    return run(command);
  }
  RecordSignal signal_of(const std::string& id, Side side, const std::string& lots,
                         const std::string& position = "p") const {
    RecordSignal command;
    command.structure = structure;
    command.signal = id;
    command.position = position;
    command.symbol = "EURUSD";
    command.side = side;
    command.lots = tests::decimal(lots);
    command.price = tests::decimal("1.1");
    return command;
  }
  std::string buy(const std::string& id, const std::string& lots,
                  const std::string& position = "p") {
    return run(signal_of(id, Side::Buy, lots, position));
  }
  std::string sell(const std::string& id, const std::string& lots,
                   const std::string& position = "p") {
    return run(signal_of(id, Side::Sell, lots, position));
  }
  RecordCopyFill fill_of(std::uint64_t number, const std::string& signal, const std::string& id,
                         const std::string& lots) const {
    RecordCopyFill command;
    command.account = account(number);
    command.signal = signal;
    command.fill = id;
    command.lots = tests::decimal(lots);
    command.price = tests::decimal("1.1");
    return command;
  }
  std::string fill(std::uint64_t number, const std::string& signal, const std::string& id,
                   const std::string& lots) {
    return run(fill_of(number, signal, id, lots));
  }
  RecordCopyClose close_of(std::uint64_t number, const std::string& signal, const std::string& id,
                           const std::string& lots, const std::string& profit = "0") const {
    RecordCopyClose command;
    command.account = account(number);
    command.signal = signal;
    command.close = id;
    command.lots = tests::decimal(lots);
    command.price = tests::decimal("1.2");
    command.profit = tests::decimal(profit);
    return command;
  }
  std::string close(std::uint64_t number, const std::string& signal, const std::string& id,
                    const std::string& lots, const std::string& profit = "0") {
    return run(close_of(number, signal, id, lots, profit));
  }
  std::string reject(std::uint64_t number, const std::string& signal) {
    return run(RejectCopy{account(number), signal, "no_margin"});
  }
  std::string equity(std::uint64_t number, const std::string& euros) {
    return run(ValueAccount{account(number), tests::decimal(euros), {}});
  }

  // --- What the last command said, in lots: "0.5 0.25", by account; skips by their reason. ---

  std::string sized() const {
    return listed<CopySized>([](const CopySized& body) { return lots(body.volume); });
  }
  std::string skipped() const {
    return listed<CopySkipped>([](const CopySkipped& body) {
      return std::string(core::EnumNames<CopySkip>::names[static_cast<std::size_t>(body.reason)]);
    });
  }
  std::string asked() const {
    return listed<CopyCloseAsked>([](const CopyCloseAsked& body) { return lots(body.volume); });
  }
  std::string stopped() const {
    return listed<CopyStopped>([](const CopyStopped& body) {
      return std::string(core::EnumNames<CopyStop>::names[static_cast<std::size_t>(body.stop)]);
    });
  }

  const CopyLineage& lineage(const std::string& id) const {
    return state.copy->masters.at(structure).lineages.at(id);
  }
  const Copy& copy(std::uint64_t number, const std::string& id) const {
    return lineage(id).copies.at(account(number));
  }
  std::string open(std::uint64_t number, const std::string& lineage) const {
    return lots(open_volume(copy(number, lineage)));
  }
  // As the books have it, bought positive.
  std::string position(std::uint64_t number) const {
    return lots(balance(accounts::position(account(number), 1), "LOT.S1"));
  }
  core::Minor owed(std::uint64_t number) const {
    return -balance(accounts::account_balance(tests::client_id(number), account(number)));
  }
  static std::string lots(core::Minor volume) {
    return core::to_string(core::to_decimal(volume, 8));
  }

  using EngineBook::open;

  const core::StructureId structure = tests::id<core::StructureId>(700);
  const core::PartyId manager = tests::id<core::PartyId>(800);

 private:
  template <class Body, class Show>
  std::string listed(Show show) const {
    std::string text;
    for (const Body& body : last<Body>()) text += (text.empty() ? "" : " ") + show(body);
    return text;
  }
};

}  // namespace engine::copy
