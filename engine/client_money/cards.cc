// Rows 2 to 4: what clients pay by card, before, at and after its settlement.

#include <algorithm>

#include "core/amount.h"
#include "engine/accounts.h"
#include "engine/client_money/decide.h"
#include "engine/client_money/opening.h"
#include "engine/lookup.h"
#include "engine/money.h"

namespace engine::client_money {
namespace {

using ledger::LawKind;

std::string owed_by(const PspId& psp) { return "assets:house:psp:" + psp.hex(); }
std::string held_back_by(const PspId& psp) { return "assets:house:psp-reserve:" + psp.hex(); }

core::Result<> require_psp(const Context& context, const PspId& psp) {
  if (context.state.client_money.psps.contains(psp)) return core::ok();
  return core::not_found("unknown_psp", "psp", "Register the payment service provider first.");
}

core::Result<BankRing> ring_of_bank(const Context& context, const core::BankId& bank) {
  const auto found = context.state.banks.find(bank);
  if (found != context.state.banks.end()) return found->second;
  return core::not_found("unknown_bank", "bank", "Register the bank account first.");
}

// What arrives of a settlement.
core::Result<core::Minor> paid_of(core::Minor amount, core::Minor cost, core::Minor reserve) {
  if (cost < 0 || reserve < 0) {
    return core::invalid("settlement_parts", cost < 0 ? "cost" : "reserve",
                         "Cost and reserve are taken off the amount: neither is below zero.");
  }
  TRY(const auto taken, core::add(cost, reserve));
  if (taken <= amount) return core::subtract(amount, taken);
  return core::invalid("settlement_parts", "amount",
                       "Cost and reserve together are more than what is settled.");
}

}  // namespace

Drafts decide(const Context& context, const RegisterPsp& command) {
  if (context.state.client_money.psps.contains(command.psp)) {
    return core::conflict("exists", "psp", "This id is registered already.");
  }
  Effects effects(context.effective_at);
  effects.open(
      {account(owed_by(command.psp)), account(held_back_by(command.psp), {LawKind::NeverCredit})},
      {});
  open_if_missing(context, effects, std::string(accounts::kPspCost), {}, {});
  effects.add(PspRegistered{command.psp}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const DepositByCard& command) {
  TRY(require_psp(context, command.psp));
  TRY(require_client(context, command.client));
  TRY(require_new(context, command.payment.bytes, "payment"));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  Postings postings;
  postings.add(accounts::wallet(command.client), command.currency, -amount);
  postings.in(command.currency, amount).add(owed_by(command.psp), command.currency, amount);
  Effects effects(context.effective_at);
  effects.add(CardDeposited{command.payment, command.psp, command.client, command.currency, amount},
              std::move(postings), {command.payment.bytes, command.client.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const SettlePsp& command) {
  TRY(require_psp(context, command.psp));
  TRY(require_bank(context, command.bank, BankRing::ClientMoney));
  const std::string& currency = command.currency;
  TRY(const auto amount, positive_money(command.amount, currency, "amount"));
  TRY(const auto cost, signed_money(command.cost, currency, "cost"));
  TRY(const auto reserve, signed_money(command.reserve, currency, "reserve"));
  TRY(const auto paid, paid_of(amount, cost, reserve));
  if (amount > context.books.balance(owed_by(command.psp), currency)) {
    return core::conflict("psp_balance", "amount",
                          "The processor does not owe that much: payments are missing, or were "
                          "settled or charged back before.");
  }
  Postings postings;
  postings.add(accounts::bank(command.bank, BankRing::ClientMoney), currency, paid);
  postings.out(currency, paid).add(owed_by(command.psp), currency, -amount);
  postings.add(std::string(accounts::kPspCost), currency, cost);
  postings.add(held_back_by(command.psp), currency, reserve);
  Effects effects(context.effective_at);
  effects.add(PspSettled{command.psp, command.bank, currency, amount, cost, reserve, paid},
              std::move(postings), {});
  return effects.take();
}

Drafts decide(const Context& context, const ReleasePspReserve& command) {
  TRY(require_psp(context, command.psp));
  TRY(const BankRing ring, ring_of_bank(context, command.bank));
  TRY(const auto amount, positive_money(command.amount, command.currency, "amount"));
  Postings postings;
  postings.add(accounts::bank(command.bank, ring), command.currency, amount);
  if (ring == BankRing::ClientMoney) postings.out(command.currency, amount);
  postings.add(held_back_by(command.psp), command.currency, -amount);
  Effects effects(context.effective_at);
  effects.add(PspReserveReleased{command.psp, command.bank, command.currency, amount},
              std::move(postings), {});
  return effects.take();
}

Drafts decide(const Context& context, const ChargeBack& command) {
  const auto found = context.state.client_money.payments.find(command.payment);
  if (found == context.state.client_money.payments.end()) {
    return core::not_found("unknown_payment", "payment", "No such card payment was recorded.");
  }
  const CardDeposited& payment = found->second.deposited;
  const std::string& currency = payment.currency;
  TRY(const auto amount, positive_money(command.amount, currency, "amount"));
  TRY(const auto charged_back, core::add(found->second.charged_back, amount));
  if (charged_back > payment.amount) {
    return core::conflict("payment_exhausted", "amount",
                          "More would be charged back than was paid.");
  }
  const core::Minor held = -context.books.balance(accounts::wallet(payment.client), currency);
  const core::Minor from_wallet = std::min(amount, held);
  const core::Minor rest = amount - from_wallet;
  const bool is_owed = command.rest_borne_by == BorneBy::Client;
  const std::string bearer =
      is_owed ? accounts::receivable(payment.client) : std::string(accounts::kPspCost);
  const Subjects subjects{command.payment.bytes, payment.client.bytes};
  Effects effects(context.effective_at);
  if (rest > 0) open_if_missing(context, effects, bearer, {}, {payment.client.bytes});
  Postings postings;
  postings.add(accounts::wallet(payment.client), currency, from_wallet);
  postings.out(currency, from_wallet).add(owed_by(payment.psp), currency, -amount);
  postings.add(bearer, currency, rest);
  effects.add(ChargedBack{command.payment, payment.psp, payment.client, currency, amount,
                          from_wallet, rest, command.rest_borne_by, charged_back},
              std::move(postings), subjects);
  return effects.take();
}

void apply(State& state, const PspRegistered& body, const ledger::RecordView&) {
  state.client_money.psps.insert(body.psp);
}

void apply(State& state, const CardDeposited& body, const ledger::RecordView&) {
  state.client_money.payments[body.payment] = {body, 0};
}

// What is owed and held back are the books' to know.
void apply(State&, const PspSettled&, const ledger::RecordView&) {}
void apply(State&, const PspReserveReleased&, const ledger::RecordView&) {}

void apply(State& state, const ChargedBack& body, const ledger::RecordView&) {
  state.client_money.payments.at(body.payment).charged_back = body.charged_back;
}

}  // namespace engine::client_money
