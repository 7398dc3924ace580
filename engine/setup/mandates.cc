// What a mandate says beside the offer, and its end.

#include "engine/gate/mandates.h"

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/gate/agenda.h"
#include "engine/gate_state.h"
#include "engine/lookup.h"
#include "engine/setup/decide.h"
#include "engine/setup/mandate_terms.h"
#include "engine/trading_state.h"

namespace engine::setup {
namespace {

constexpr std::uint64_t kLeverageMax = 10'000;
constexpr std::size_t kVersionBytesMax = 64;
constexpr std::size_t kDisclosuresMax = 100;

// "de", or "de-CH": what he was shown must be known.
core::Result<> check_language(const std::string& language) {
  const std::size_t end = std::min(language.find('-'), language.size());
  const auto is_small = [](char c) { return 'a' <= c && c <= 'z'; };
  const bool named =
      (end == 2 || end == 3) && language.size() <= 16 && end + 1 != language.size() &&
      std::all_of(language.begin(), language.begin() + static_cast<std::ptrdiff_t>(end), is_small);
  if (named) return core::ok();
  return core::invalid("mandate_language", "terms: language",
                       "Name the language that he was shown by its code in ISO 639, as in \"de\".");
}

core::Result<> check_disclosures(const std::vector<std::string>& codes, std::string_view field) {
  if (codes.size() > kDisclosuresMax) {
    return core::invalid("item", std::string(field), "Name 100 disclosures at most.");
  }
  for (const std::string& code : codes) {
    if (!code.empty() && code.size() <= kVersionBytesMax) continue;
    return core::invalid("item", std::string(field), "A code has 1 to 64 bytes.");
  }
  return core::ok();
}

core::Result<> check_assessment(const Suitability& found, core::Date today,
                                std::string_view field) {
  if (today < found.assessed || found.expires < found.assessed) {
    return core::invalid("future", std::string(field),
                         "He was assessed on a day up to today, and it is good from then on.");
  }
  if (found.expires < today) {
    return core::invalid("expired", std::string(field), "The assessment is good no longer.");
  }
  return core::ok();
}

core::Result<> check_no_request(const Context& context, const RevokeMandate& command) {
  for (const auto& [request, open] : context.state.requests) {
    const bool here = open.structure == command.structure || open.to == command.structure;
    if (here && open.client == command.client) {
      return core::conflict("open_request", "client", "A request of his waits for a rollover.");
    }
  }
  return core::ok();
}

// Nobody's fee may accrue without a mandate: first he leaves, which prices what is owed.
core::Result<> check_nothing_left(const Context& context, const RevokeMandate& command,
                                  const Structure& structure) {
  if (structure.model == Model::Pamm) {
    TRY(check_no_request(context, command));
  }
  for (const auto& [id, transfer] : context.state.client_money.transfers) {
    if (transfer.sent.structure == command.structure && transfer.sent.client == command.client) {
      return core::conflict("open_request", "client",
                            "A transfer of his is on its way: confirm or refuse it first.");
    }
  }
  if (structure.model == Model::Pamm) {
    const std::string unit = accounts::unit_code(structure.ordinal, structure.epoch);
    if (context.books.balance(accounts::units(command.structure, command.client), unit) == 0) {
      return core::ok();
    }
    return core::conflict("holds_units", "client",
                          "Redeem all first; the rollover that pays it charges what is owed.");
  }
  const auto own = context.state.trading->of_client.find(command.client);
  if (own == context.state.trading->of_client.end()) return core::ok();
  for (const core::AccountId& account : own->second) {
    const TradingAccount& opened = context.state.trading->accounts.at(account);
    if (opened.structure != command.structure) continue;
    const std::string& currency = opened.currency;
    const auto held = [&](const std::string& path) {
      return context.books.balance(path, currency);
    };
    if (held(accounts::account_balance(command.client, account)) == 0 &&
        held(accounts::account_floating(command.client, account)) == 0) {
      continue;
    }
    return core::conflict("holds_money", "client",
                          "Close and defund his accounts in the group first.");
  }
  return core::ok();
}

}  // namespace

HeldMandate* newest_mandate(State& state, const core::StructureId& structure,
                            const core::PartyId& client) {
  const auto all = gate::mandates_of(*state.gate, structure, client);
  return all.empty() ? nullptr : &state.gate->mandates[all.back()];
}

core::Result<> check_first_or_over(const Context& context, const AcceptMandate& command,
                                   const Structure& structure) {
  if (!structure.mandates.contains(command.client)) return core::ok();
  if (!gate::mandate_is_over(context.state, command.structure, command.client,
                             core::utc_date(context.now))) {
    return core::conflict("exists", "client", "The client has accepted this mandate already.");
  }
  // What runs would go on from where it stopped, over days without a mandate.
  for (const core::AccountId& id : structure.accounts) {
    const TradingAccount& account = context.state.trading->accounts.at(id);
    if (account.client != command.client || account.stopped || !account.standing.accrued_to) {
      continue;
    }
    return core::conflict("account_running", "client",
                          "Stop his accounts first (stop_account); they begin again after it.");
  }
  return core::ok();
}

core::Result<> check_mandate_terms(const Context& context, const AcceptMandate& command) {
  if (!command.terms) return core::ok();
  const MandateTerms& terms = *command.terms;
  const core::Date today = core::utc_date(context.now);
  if (terms.withdrawal_power) {
    return core::conflict("withdrawal_power", "terms: withdrawal_power",
                          "A manager trades; withdrawals stay with the client.");
  }
  TRY(check_language(terms.language));
  if (terms.version && (terms.version->empty() || terms.version->size() > kVersionBytesMax)) {
    return core::invalid("item", "terms: version", "A version has 1 to 64 bytes.");
  }
  TRY(check_disclosures(terms.disclosures, "terms: disclosures"));
  if (terms.suitability) {
    TRY(check_assessment(*terms.suitability, today, "terms: suitability"));
  }
  if (terms.leverage_max && (*terms.leverage_max == 0 || *terms.leverage_max > kLeverageMax)) {
    return core::invalid("rate_range", "terms: leverage_max",
                         "The agreed leverage is 1 to 10,000; leave it out if none is agreed.");
  }
  if (terms.expires && *terms.expires < today) {
    return core::invalid("expired", "terms: expires", "The mandate would be over already.");
  }
  return core::ok();
}

Drafts decide(const Context& context, const RenewPapers& command) {
  TRY(find_structure(context, command.structure));
  TRY(require_client(context, command.client));
  TRY(gate::require_active_mandate(context, command.structure, command.client));
  if (!command.suitability && !command.tax_certificate && command.disclosures.empty()) {
    return core::invalid("missing_field", "suitability",
                         "Name what is new: an assessment, a tax certificate, or disclosures.");
  }
  if (!command.disclosures.empty() && !command.document) {
    return core::invalid("missing_field", "document",
                         "Name the digest of what shows that he received the disclosures.");
  }
  TRY(check_disclosures(command.disclosures, "disclosures"));
  if (command.suitability) {
    TRY(check_assessment(*command.suitability, core::utc_date(context.now), "suitability"));
  }
  std::vector<core::Hash> documents;
  if (command.suitability) documents.push_back(command.suitability->document);
  if (command.tax_certificate) documents.push_back(*command.tax_certificate);
  if (command.document) documents.push_back(*command.document);
  Effects effects(context.effective_at);
  effects.add(PapersRenewed{command}, {}, {command.client.bytes, command.structure.bytes})
      .documents = std::move(documents);
  return effects.take();
}

Drafts decide(const Context& context, const RevokeMandate& command) {
  TRY(const Structure* structure, find_structure(context, command.structure));
  TRY(require_client(context, command.client));
  TRY(require_mandate(*structure, command.client));
  TRY(check_nothing_left(context, command, *structure));
  Effects effects(context.effective_at);
  effects.add(MandateRevoked{command}, {}, {command.client.bytes, command.structure.bytes})
      .documents = {command.document};
  return effects.take();
}

void apply(State& state, const PapersRenewed& body, const ledger::RecordView& record) {
  const RenewPapers& renewed = body.renewed;
  MandateEnds& ends = state.gate->mandate_ends[renewed.structure][renewed.client];
  if (renewed.suitability) {
    ends.suitability = renewed.suitability->expires;
    ends.assessed = renewed.suitability->result;
    ends.assessed_seq = record.seq;
  }
  if (renewed.tax_certificate) ends.tax_certified = true;
  ends.papers.insert(ends.papers.end(), renewed.disclosures.begin(), renewed.disclosures.end());
  gate::plan_mandate(*state.gate, renewed.structure, renewed.client,
                     core::utc_date(record.recorded_at));
  HeldMandate* held = newest_mandate(state, renewed.structure, renewed.client);
  if (held != nullptr) held->renewed.push_back({renewed, record.recorded_at, record.seq});
}

void apply(State& state, const MandateRevoked& body, const ledger::RecordView& record) {
  state.structures.at(body.revoked.structure).mandates.erase(body.revoked.client);
  if (const auto ends = state.gate->mandate_ends.find(body.revoked.structure);
      ends != state.gate->mandate_ends.end()) {
    ends->second.erase(body.revoked.client);
  }
  gate::plan_mandate(*state.gate, body.revoked.structure, body.revoked.client,
                     core::utc_date(record.recorded_at));
  HeldMandate* held = newest_mandate(state, body.revoked.structure, body.revoked.client);
  if (held != nullptr) held->revoked_at = record.recorded_at;
}

}  // namespace engine::setup
