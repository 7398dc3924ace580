#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/money.h"
#include "engine/setup/decide.h"

namespace engine::setup {
namespace {

using ledger::LawKind;

core::Error exists(std::string_view field) {
  return core::conflict("exists", std::string(field), "This id is registered already.");
}

core::Result<> check_country(const std::string& code, std::string_view field) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (code.size() == 2 && std::ranges::all_of(code, upper)) return core::ok();
  return core::invalid("country", std::string(field), "Use an ISO 3166 code of two letters.");
}

constexpr std::size_t kSymbolBytesMax = 64;
constexpr unsigned kLotScale = 8;  // Of LOT commodities.

core::Result<> check_terms(const PublishOffer& command) {
  const OfferTerms& terms = command.terms;
  TRY(check_rate(terms.management_fee_rate, 1, "terms: management_fee_rate"));
  TRY(check_rate(terms.performance_fee_rate, 1, "terms: performance_fee_rate"));
  TRY(check_rate(terms.entry_fee_rate, 1, "terms: entry_fee_rate"));
  if (terms.lot_step && (terms.lot_step->digits <= 0 || terms.lot_step->scale > kLotScale)) {
    return core::invalid("lot_step", "terms: lot_step",
                         "The lot step must be above zero, with at most 8 decimals.");
  }
  const bool takes_fees = terms.management_fee_rate.digits != 0 ||
                          terms.performance_fee_rate.digits != 0 ||
                          terms.entry_fee_rate.digits != 0;
  if (command.model != Model::Pamm && takes_fees) {
    return core::invalid(
        "fee_not_supported", "terms",
        "Fees are charged in pools only so far; give rates of 0 for other models.");
  }
  if (terms.rebate_per_lot.has_value() != terms.rebate_to.has_value()) {
    return core::invalid("rebate_terms", "terms: rebate_to",
                         "Give rebate_per_lot and rebate_to together.");
  }
  if (!terms.rebate_per_lot) return core::ok();
  return check_rate(*terms.rebate_per_lot, 1'000'000, "terms: rebate_per_lot");
}

}  // namespace

Drafts decide(const Context& context, const RegisterBank& command) {
  if (context.state.banks.contains(command.bank)) return exists("bank");
  Effects effects(context.effective_at);
  effects.open(
      {account(accounts::bank(command.bank, command.ring),
               command.ring == BankRing::ClientMoney ? std::vector<LawKind>{LawKind::NeverCredit}
                                                     : std::vector<LawKind>{})},
      {});
  effects.add(BankRegistered{command}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const RegisterClient& command) {
  if (context.state.clients.contains(command.client)) return exists("client");
  TRY(check_country(command.residence, "residence"));
  Effects effects(context.effective_at);
  effects.open({account(accounts::wallet(command.client), {LawKind::NeverDebit}),
                account(accounts::payout(command.client), {LawKind::NeverDebit})},
               {command.client.bytes});
  effects.add(ClientRegistered{command}, {}, {command.client.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RegisterManager& command) {
  if (context.state.managers.contains(command.manager)) return exists("manager");
  TRY(check_country(command.home, "home"));
  Effects effects(context.effective_at);
  effects.open({account(accounts::manager_fees(command.manager), {LawKind::NeverDebit}),
                account(accounts::manager_reserve(command.manager), {LawKind::NeverDebit}),
                account(accounts::rebate_accrued(command.manager), {LawKind::NeverDebit}),
                account(accounts::rebate_expense(command.manager))},
               {command.manager.bytes});
  effects.add(ManagerRegistered{command}, {}, {command.manager.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RegisterSymbol& command) {
  if (context.state.symbols.contains(command.symbol)) return exists("symbol");
  if (command.symbol.empty() || command.symbol.size() > kSymbolBytesMax) {
    return core::invalid("symbol", "symbol", "A symbol has 1 to 64 bytes.");
  }
  TRY(check_currency(command.currency, "currency"));
  const std::uint64_t ordinal = context.state.symbols.size() + 1;
  Effects effects(context.effective_at);
  effects.open({account(accounts::street(ordinal))}, {});
  effects.add(SymbolRegistered{command.symbol, command.currency, ordinal}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const PublishOffer& command) {
  if (context.state.offers.contains(command.offer)) return exists("offer");
  TRY(check_currency(command.currency, "currency"));
  TRY(check_terms(command));
  Effects effects(context.effective_at);
  effects.add(OfferPublished{command}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const RecordDecision& command) {
  if (context.state.decisions.contains(command.decision)) return exists("decision");
  if (!context.state.managers.contains(command.manager)) {
    return core::not_found("unknown_manager", "manager", "Register the manager first.");
  }
  if (command.valid_until <= command.valid_from) {
    return core::invalid("decision_period", "valid_until", "A decision must end after it begins.");
  }
  Effects effects(context.effective_at);
  effects.add(DecisionRecorded{command}, {}, {command.manager.bytes}).documents = {
      command.document};
  return effects.take();
}

void apply(State& state, const BankRegistered& body, const ledger::RecordView&) {
  state.banks[body.bank.bank] = body.bank.ring;
}

void apply(State& state, const ClientRegistered& body, const ledger::RecordView&) {
  state.clients[body.client.client] = body.client;
}

void apply(State& state, const ManagerRegistered& body, const ledger::RecordView&) {
  state.managers[body.manager.manager] = body.manager;
}

void apply(State& state, const SymbolRegistered& body, const ledger::RecordView&) {
  state.symbols[body.symbol] = {body.ordinal, body.currency};
}

void apply(State& state, const OfferPublished& body, const ledger::RecordView&) {
  state.offers[body.offer.offer] = {body.offer.model, body.offer.currency, body.offer.terms};
}

void apply(State& state, const DecisionRecorded& body, const ledger::RecordView&) {
  state.decisions[body.decision.decision] = body.decision;
  state.decision_order.push_back(body.decision.decision);
}

}  // namespace engine::setup
