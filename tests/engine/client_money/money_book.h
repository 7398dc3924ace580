#pragma once

#include <string>
#include <vector>

#include "engine/cash/decide.h"
#include "engine/client_money/decide.h"
#include "engine/trading/decide.h"
#include "engine/trading_state.h"
#include "tests/support/engine_fixture.h"

namespace engine::client_money {

inline core::Result<> apply_money_record(State& state, const ledger::RecordView& record) {
  const auto apply_it = [](State& to, const auto& body, const ledger::RecordView& view) {
    using engine::client_money::apply;
    using engine::trading::apply;
    return apply(to, body, view);
  };
  TRY((tests::apply_one_of<PspRegistered, CardDeposited, PspSettled, PspReserveReleased,
                           ChargedBack, ReceiptRecorded, ReceiptEnded, TransferSent, TransferEnded,
                           ManagerPaid, NegativeBalanceCovered, Converted, SegregationRuleSet,
                           SegregationRecorded, ClientMoneyBreached>(state, record, apply_it)));
  return tests::apply_one_of<TradingAccountOpened, AccountValued, AccountStood, AccountFeeCharged,
                             AccountFlow>(state, record, apply_it);
}

// Clients 1, 2 and 3 with wallets, a trading account each (100 + n, in EUR, of a group of manager
// 800), two client banks, a bank of the house, and a card processor. It is 2026-01-05T09:00:00Z.
class MoneyBook : public tests::EngineBook {
 public:
  MoneyBook() : EngineBook(apply_money_record) {
    now = core::parse_instant("2026-01-05T09:00:00Z").value();
    state.banks = {{trust, BankRing::ClientMoney},
                   {second_trust, BankRing::ClientMoney},
                   {own, BankRing::House}};
    open(accounts::bank(trust, BankRing::ClientMoney), {ledger::LawKind::NeverCredit});
    open(accounts::bank(second_trust, BankRing::ClientMoney), {ledger::LawKind::NeverCredit});
    open(accounts::bank(own, BankRing::House));
    add_manager(manager);
    open(accounts::manager_fees(manager), {ledger::LawKind::NeverDebit});
    add_decision(manager, Model::Mam, Verdict::Allow);
    state.decisions.begin()->second.valid_until = core::kInstantMax;
    Structure& opened = add_structure(group, Model::Mam, manager, {});
    opened.jurisdiction = Jurisdiction::Cysec;
    opened.manager_client = tests::client_id(3);
    for (const std::uint64_t number : {1u, 2u, 3u}) add_trader(number);
    EXPECT_EQ(run(RegisterPsp{psp}), "done");
  }

  template <class Command>
  std::string run(const Command& command) {
    using engine::cash::decide;
    using engine::client_money::decide;
    using engine::trading::decide;
    return commit(decide(context(), command));
  }
  // What a tick records of client money: "done", or "nothing".
  std::string tick() {
    Effects effects(now);
    const auto expired = expire(context(), effects);
    if (!expired) return tests::outcome(expired);
    auto drafts = effects.take();
    EXPECT_EQ(drafts.empty(), !has_expired(state, context().now));
    return drafts.empty() ? "nothing" : commit(std::move(drafts));
  }
  void at(std::string_view time) { now = core::parse_instant(time).value(); }

  std::string deposit(std::uint64_t number, std::string_view amount,
                      std::string_view currency = "EUR") {
    return run(
        Deposit{tests::client_id(number), trust, tests::decimal(amount), std::string(currency)});
  }
  std::string pay_by_card(std::uint64_t payment, std::uint64_t number, std::string_view amount) {
    return run(DepositByCard{MoneyBook::payment_id(payment), psp, tests::client_id(number),
                             tests::decimal(amount), "EUR"});
  }
  std::string send(std::uint64_t transfer, std::uint64_t number, std::string_view amount,
                   TransferDirection direction = TransferDirection::ToAccount,
                   std::string server = "demo-1") {
    return run(SendTransfer{MoneyBook::transfer_id(transfer), account(number), direction,
                            tests::decimal(amount), std::move(server)});
  }
  // The calculation of a day in EUR, with both banks.
  RecordSegregation day(std::string_view date) const {
    RecordSegregation command;
    command.date = core::parse_date(date).value();
    command.currency = "EUR";
    command.client_bank = trust;
    command.house_bank = own;
    return command;
  }
  RecordSegregation day(std::string_view date, OwedMeasure measure) const {
    RecordSegregation command = day(date);
    command.measure = measure;
    return command;
  }
  SetSegregationRule rule(std::string_view first_date, std::uint64_t cut_off_minutes,
                          RequiredDays days = RequiredDays::EveryDay) const {
    return {"EUR",
            OwedMeasure::NetOfFloatingLoss,
            days,
            core::parse_date(first_date).value(),
            cut_off_minutes,
            {}};
  }
  // Moves results between account and house, as deals would: positive is the client's gain.
  void trade(std::uint64_t number, core::Minor profit) {
    move_between_rings(accounts::account_balance(tests::client_id(number), account(number)),
                       accounts::kClientTradingRealised, profit);
  }

  core::Minor wallet(std::uint64_t number, std::string_view currency = "EUR") const {
    return -balance(accounts::wallet(tests::client_id(number)), currency);
  }
  core::Minor on_account(std::uint64_t number) const {
    return -balance(accounts::account_balance(tests::client_id(number), account(number)));
  }
  core::Minor floating(std::uint64_t number) const {
    return -balance(accounts::account_floating(tests::client_id(number), account(number)));
  }
  // C, positive in credit.
  core::Minor c(std::string_view currency = "EUR") const {
    return -balance(std::string(accounts::kInterfundClient), currency);
  }
  core::Minor held(std::string_view currency = "EUR") const {
    return balance(accounts::bank(trust, BankRing::ClientMoney), currency) +
           balance(accounts::bank(second_trust, BankRing::ClientMoney), currency);
  }

  static core::AccountId account(std::uint64_t number) {
    return tests::id<core::AccountId>(100 + number);
  }

  // Apart from each other and from clients: subjects of all kinds are one space.
  static PaymentId payment_id(std::uint64_t n) { return tests::id<PaymentId>(10'000 + n); }
  static ReceiptId receipt_id(std::uint64_t n) { return tests::id<ReceiptId>(20'000 + n); }
  static TransferId transfer_id(std::uint64_t n) { return tests::id<TransferId>(30'000 + n); }

  const core::BankId trust = tests::id<core::BankId>(501);
  const core::BankId second_trust = tests::id<core::BankId>(502);
  const core::BankId own = tests::id<core::BankId>(503);
  const core::StructureId group = tests::id<core::StructureId>(700);
  const core::PartyId manager = tests::id<core::PartyId>(800);
  const PspId psp = tests::id<PspId>(900);

 private:
  void add_trader(std::uint64_t number) {
    const core::PartyId client = tests::client_id(number);
    add_client(client, number == 1 ? ClientCategory::Retail : ClientCategory::Professional);
    open(accounts::payout(client), {ledger::LawKind::NeverDebit});
    open(accounts::account_balance(client, account(number)));
    open(accounts::account_floating(client, account(number)));
    state.structures.at(group).mandates.emplace(client, core::DecisionId{});
    state.trading->accounts[account(number)] = {group, client, number, "EUR"};
  }
  void move_between_rings(const std::string& client_account, std::string_view house_account,
                          core::Minor amount) {
    ledger::Draft draft;
    draft.kind = 25;
    draft.body = {0xa0};
    Postings postings;
    postings.add(client_account, "EUR", -amount).in("EUR", amount);
    postings.add(std::string(house_account), "EUR", amount);
    draft.postings = postings.take();
    draft.effective_at = now;
    EXPECT_EQ(commit(std::vector{std::move(draft)}), "done");
  }
};

}  // namespace engine::client_money
