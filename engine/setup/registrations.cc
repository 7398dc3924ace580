#include <algorithm>

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/instruments_state.h"
#include "engine/lookup.h"
#include "engine/money.h"
#include "engine/setup/decide.h"
#include "engine/setup/holders.h"
#include "engine/setup/term_checks.h"

namespace engine::setup {
namespace {

using ledger::LawKind;

core::Error exists(std::string_view field) {
  return core::conflict("exists", std::string(field), "This id is registered already.");
}

constexpr std::size_t kSymbolBytesMax = 64;
constexpr std::size_t kCountriesMax = 40;

// A manager may be a partner too: what is owed to him stands in one account.
void add_if_closed(const Context& context, std::string path,
                   std::vector<ledger::AccountOpening>& openings) {
  if (context.books.is_open(path)) return;
  openings.push_back(account(std::move(path), {LawKind::NeverDebit}));
}

core::Result<> check_other_countries(const std::vector<std::string>& countries,
                                     std::string_view field) {
  if (countries.size() > kCountriesMax) {
    return core::invalid("question", std::string(field), "Name 40 other countries at most.");
  }
  for (const std::string& country : countries) {
    TRY(check_country(country, field));
  }
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const NoteCountries& command) {
  TRY(require_client(context, command.client));
  if (command.countries.empty() && command.withdrawn.empty()) {
    return core::invalid("missing_field", "countries", "Name the countries.");
  }
  const std::vector<std::string>& known = context.state.clients.at(command.client).other_countries;
  for (const std::string& country : command.withdrawn) {
    if (std::ranges::find(known, country) != known.end()) continue;
    return core::not_found("unknown_country", "withdrawn", "Nobody noted " + country + " of him.");
  }
  TRY(check_other_countries(command.countries, "countries"));
  Effects effects(context.effective_at);
  effects.add(CountriesNoted{command}, {}, {command.client.bytes}).documents = {command.document};
  return effects.take();
}

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
  TRY(check_holders(command));
  TRY(check_other_countries(command.other_countries, "other_countries"));
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
  std::vector<ledger::AccountOpening> openings{
      account(accounts::manager_fees(command.manager), {LawKind::NeverDebit}),
      account(accounts::rebate_expense(command.manager)),
      account(accounts::manager_reserve(command.manager), {LawKind::NeverDebit})};
  add_if_closed(context, accounts::partner_accrued(command.manager), openings);
  effects.open(std::move(openings), {command.manager.bytes});
  effects.add(ManagerRegistered{command}, {}, {command.manager.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RegisterPartner& command) {
  if (context.state.partners.contains(command.partner)) return exists("partner");
  TRY(check_country(command.home, "home"));
  Effects effects(context.effective_at);
  std::vector<ledger::AccountOpening> openings{account(accounts::partner_expense(command.partner))};
  add_if_closed(context, accounts::partner_accrued(command.partner), openings);
  effects.open(std::move(openings), {command.partner.bytes});
  effects.add(PartnerRegistered{command}, {}, {command.partner.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const RegisterSymbol& command) {
  if (context.state.instruments->symbols.contains(command.symbol)) return exists("symbol");
  if (command.symbol.empty() || command.symbol.size() > kSymbolBytesMax) {
    return core::invalid("symbol", "symbol", "A symbol has 1 to 64 bytes.");
  }
  TRY(check_currency(command.currency, "currency"));
  const std::uint64_t ordinal = context.state.instruments->symbols.size() + 1;
  Effects effects(context.effective_at);
  effects.open({account(accounts::street(ordinal))}, {});
  effects.add(SymbolRegistered{command.symbol, command.currency, ordinal}, {}, {});
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
  if (command.verdict == Verdict::Allow && gate::rules_have_begun(context.state, context.now)) {
    return core::conflict("rules_decide", "verdict",
                          "This book has a rule pack, and people are never more lenient than the "
                          "rules: use decide_authorisation.");
  }
  Effects effects(context.effective_at);
  effects.add(DecisionRecorded{command}, {}, {command.manager.bytes}).documents = {
      command.document};
  return effects.take();
}

void apply(State& state, const BankRegistered& body, const ledger::RecordView&) {
  state.banks[body.bank.bank] = body.bank.ring;
}

void apply(State& state, const CountriesNoted& body, const ledger::RecordView&) {
  std::vector<std::string>& known = state.clients.at(body.noted.client).other_countries;
  for (const std::string& country : body.noted.withdrawn) std::erase(known, country);
  for (const std::string& country : body.noted.countries) {
    if (std::ranges::find(known, country) == known.end()) known.push_back(country);
  }
}

void apply(State& state, const ClientRegistered& body, const ledger::RecordView&) {
  state.clients[body.client.client] = body.client;
}

void apply(State& state, const ManagerRegistered& body, const ledger::RecordView&) {
  state.managers[body.manager.manager] = body.manager;
}

void apply(State& state, const SymbolRegistered& body, const ledger::RecordView&) {
  state.instruments->symbols[body.symbol] = {body.ordinal, body.currency};
}

void apply(State& state, const PartnerRegistered& body, const ledger::RecordView&) {
  state.partners[body.partner.partner] = body.partner;
}

void apply(State& state, const DecisionRecorded& body, const ledger::RecordView&) {
  keep_decision(state, body.decision);
}

}  // namespace engine::setup
