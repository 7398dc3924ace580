#include "reports/explain/pool.h"

#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/dealing_records.h"
#include "engine/migration_records.h"
#include "engine/offer_records.h"

namespace reports::explain {
namespace {

using engine::RolloverCompleted;
namespace accounts = engine::accounts;

core::Error missing(const Calculation& calculation, const std::string& what) {
  return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                       "The records have no " + what + " that this one rests on.");
}

std::string print_source(const std::optional<engine::Source>& source) {
  if (!source) return "no file named";
  return "row " + std::to_string(source->row) + " of file " + core::to_hex(source->document.bytes);
}

}  // namespace

namespace {

core::Result<Found<engine::StructureOpened>> find_structure(Calculation& calculation,
                                                            const core::StructureId& structure) {
  TRY(auto opened, find_body<engine::StructureOpened>(
                       calculation.sources(), structure.bytes, Direction::Before, calculation.seq(),
                       [&](const auto& body) { return body.structure.structure == structure; }));
  if (!opened) return missing(calculation, "opened structure");
  return std::move(*opened);
}

// The version that newcomers get.
core::Result<core::OfferId> offer_of(Calculation& calculation,
                                     const engine::StructureOpened& opened) {
  const core::StructureId& structure = opened.structure.structure;
  TRY(const auto changed,
      find_body<engine::OfferChanged>(
          calculation.sources(), std::nullopt, Direction::Before, calculation.seq(),
          [&](const auto& body) { return body.structure == structure; }));
  return core::OfferId{changed ? changed->body.offer : opened.structure.offer};
}

// No pool is wiped out this often.
constexpr std::uint64_t kEpochsMax = 10'000;

// The units that are out at the record: those of the one epoch that has any; of the first if none
// has.
core::Result<std::string> unit_code_at(Calculation& calculation, const core::StructureId& structure,
                                       std::uint64_t ordinal) {
  const std::string issued = accounts::units_issued(structure);
  for (std::uint64_t epoch = 1; epoch <= kEpochsMax; ++epoch) {
    std::string code = accounts::unit_code(ordinal, epoch);
    TRY(const auto before, calculation.balance_before(issued, code));
    TRY(const auto after, calculation.sources().balance_at(issued, code, calculation.seq()));
    if (before != 0 || after != 0) return code;
  }
  return accounts::unit_code(ordinal, 1);
}

core::Result<Terms> make_terms(Calculation& calculation, Found<engine::StructureOpened> opened,
                               const core::OfferId& offer) {
  Terms terms;
  terms.structure = std::move(opened.body);
  TRY(const auto published,
      find_body<engine::OfferPublished>(
          calculation.sources(), std::nullopt, Direction::Before, calculation.seq(),
          [&](const auto& body) { return body.offer.offer == offer; }));
  if (!published) return missing(calculation, "published offer");
  terms.offer = published->body.offer;
  for (const ledger::PostingView& posting : calculation.record().postings) {
    if (posting.commodity.starts_with("UNIT.")) terms.unit_code = std::string(posting.commodity);
  }
  if (terms.unit_code.empty() && terms.offer.model == engine::Model::Pamm) {
    TRY(terms.unit_code,
        unit_code_at(calculation, terms.structure.structure.structure, terms.structure.ordinal));
  }
  calculation.set_currency(terms.offer.currency);
  calculation.rests_on(opened.seq, "the structure as it was opened");
  calculation.rests_on(published->seq, "the offer and its terms");
  return terms;
}

}  // namespace

core::Result<Terms> find_terms(Calculation& calculation, const core::StructureId& structure) {
  TRY(auto opened, find_structure(calculation, structure));
  TRY(const auto offer, offer_of(calculation, opened.body));
  return make_terms(calculation, std::move(opened), offer);
}

core::Result<Terms> find_terms_of(Calculation& calculation, const core::StructureId& structure,
                                  const core::PartyId& client) {
  TRY(auto opened, find_structure(calculation, structure));
  TRY(auto offer, offer_in_force(calculation, structure, client));
  if (!offer) offer = opened.body.structure.offer;  // The manager's own capital.
  return make_terms(calculation, std::move(opened), *offer);
}

core::Result<Terms> find_terms_named(Calculation& calculation, const core::StructureId& structure,
                                     const core::OfferId& offer) {
  TRY(auto opened, find_structure(calculation, structure));
  return make_terms(calculation, std::move(opened), offer);
}

core::Result<std::optional<core::OfferId>> offer_in_force(Calculation& calculation,
                                                          const core::StructureId& structure,
                                                          const core::PartyId& client) {
  std::optional<core::OfferId> offer;
  std::uint64_t at = 0;
  const ledger::SubjectId subject(client.bytes);
  const auto keep = [&](const auto& found, const auto& offer_of_body) {
    if (!found || (offer && found->seq < at)) return;
    at = found->seq;
    offer = offer_of_body(found->body);
  };
  Sources& sources = calculation.sources();
  const std::uint64_t seq = calculation.seq();
  TRY(const auto mandate, find_body<engine::MandateAccepted>(
                              sources, subject, Direction::Before, seq, [&](const auto& body) {
                                return body.mandate.structure == structure;
                              }));
  keep(mandate, [](const auto& body) { return body.offer; });
  TRY(const auto imported, find_body<engine::InvestorOpened>(
                               sources, subject, Direction::Before, seq,
                               [&](const auto& body) { return body.structure == structure; }));
  keep(imported, [](const auto& body) { return body.import.row.offer; });
  TRY(const auto switched, find_body<engine::OfferSwitched>(
                               sources, subject, Direction::Before, seq,
                               [&](const auto& body) { return body.structure == structure; }));
  keep(switched, [](const auto& body) { return body.to; });
  return offer;
}

core::Minor Rollovers::price_equity(unsigned scale) const {
  if (current.body.units_before != 0) return current.body.equity_before;
  return core::power_of_ten(scale).value();
}

core::Minor Rollovers::price_units() const {
  if (current.body.units_before != 0) return current.body.units_before;
  return 100'000'000;
}

core::Result<Rollovers> find_rollovers(Calculation& calculation,
                                       const core::StructureId& structure) {
  Rollovers out;
  Sources& sources = calculation.sources();
  const auto same = [&](const RolloverCompleted& body) { return body.structure == structure; };
  TRY(auto current, find_body<RolloverCompleted>(sources, std::nullopt, Direction::After,
                                                 calculation.seq() - 1, same));
  if (!current) return missing(calculation, "completed rollover");
  out.current = std::move(*current);
  TRY(out.last, find_body<RolloverCompleted>(sources, std::nullopt, Direction::Before,
                                             calculation.seq(), same));
  if (out.last) {
    calculation.rests_on(out.last->seq, "the last rollover, trade date " +
                                            core::to_string(out.last->body.trade_date));
  }
  if (out.current.seq != calculation.seq()) {
    calculation.rests_on(out.current.seq, "this rollover's completion, trade date " +
                                              core::to_string(out.current.body.trade_date));
  }
  return out;
}

std::string print_price(const Calculation& calculation, core::Minor equity, core::Minor units) {
  return calculation.money(equity) + " / " + Calculation::units(units) + " units";
}

core::Result<Investor> investor_at(Calculation& calculation, const Terms& terms,
                                   const core::StructureId& structure, const core::PartyId& client,
                                   std::uint64_t seq) {
  Sources& sources = calculation.sources();
  const std::string& currency = calculation.currency();
  Investor out;
  TRY(const auto settled, sources.balance_at(accounts::settled(structure, client), currency, seq));
  TRY(const auto floating,
      sources.balance_at(accounts::floating(structure, client), currency, seq));
  out.entitlement = -settled - floating;
  TRY(out.units, sources.balance_at(accounts::units(structure, client), terms.unit_code, seq));
  TRY(out.mark, sources.balance_at(accounts::mark(terms.strategy(), client),
                                   accounts::mark_code(currency), seq));
  return out;
}

core::Result<std::optional<core::DecisionId>> rest_on_mandate(Calculation& calculation,
                                                              const core::StructureId& structure,
                                                              const core::PartyId& client) {
  TRY(const auto mandate,
      find_body<engine::MandateAccepted>(
          calculation.sources(), client.bytes, Direction::Before, calculation.seq(),
          [&](const auto& body) { return body.mandate.structure == structure; }));
  if (!mandate) return std::optional<core::DecisionId>();  // The manager's own capital.
  calculation.rests_on(mandate->seq, "the investor's mandate");
  TRY(const auto decision,
      find_body<engine::DecisionRecorded>(
          calculation.sources(), std::nullopt, Direction::Before, mandate->seq,
          [&](const auto& body) { return body.decision.decision == mandate->body.decision; }));
  if (decision) calculation.rests_on(decision->seq, "the decision that the manager may act");
  return std::optional<core::DecisionId>(mandate->body.decision);
}

core::Result<std::optional<Found<engine::PoolValued>>> rest_on_valuation(
    Calculation& calculation, const core::StructureId& structure) {
  std::optional<core::Instant> at;
  engine::PoolValued valued;
  TRY(const auto seq,
      calculation.sources().find(engine::PoolValued::kKind, std::nullopt, Direction::Before,
                                 calculation.seq(),
                                 [&](const ledger::RecordView& record) -> core::Result<bool> {
                                   TRY(valued, core::from_cbor<engine::PoolValued>(record.body));
                                   at = record.effective_at;
                                   return valued.structure == structure;
                                 }));
  if (!seq) return std::optional<Found<engine::PoolValued>>();
  calculation.rests_on(*seq, "the valuation: equity " + calculation.money(valued.equity) + " at " +
                                 core::to_string(*at) + ", " + print_source(valued.source));
  return std::optional<Found<engine::PoolValued>>({*seq, std::move(valued)});
}

core::Result<core::Minor> rounding_of(const engine::PoolValued& valued) {
  if (!valued.balance || !valued.floating) return core::Minor{0};
  TRY(auto sum, core::add(*valued.balance, *valued.floating));
  TRY(sum, core::add(sum, valued.credit.value_or(0)));
  return core::subtract(valued.equity, sum);
}

}  // namespace reports::explain
