// Rule packs, counsel's signatures and excluded countries.

#include <algorithm>

#include "engine/country.h"
#include "engine/effects.h"
#include "engine/gate/agenda.h"
#include "engine/gate/decide.h"
#include "engine/gate/pack.h"
#include "engine/gate_state.h"

namespace engine::gate {

Drafts decide(const Context& context, const AdoptRulePack& command) {
  const RulePack& pack = command.pack;
  TRY(check_pack(pack));
  const core::Hash hash = hash_of(pack);
  for (const AdoptedPack& one : context.state.gate->packs) {
    if (one.hash == hash) return core::conflict("exists", "pack", "This pack is adopted already.");
    if (one.pack.name != pack.name || one.pack.version < pack.version) continue;
    return core::conflict("pack_version", "pack: version",
                          "A version of this pack that is as high or higher is adopted already.");
  }
  Effects effects(context.effective_at);
  effects.add(RulePackAdopted{hash, pack}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const SignOffCell& command) {
  const auto& packs = context.state.gate->packs;
  const auto pack = std::ranges::find(packs, command.pack, &AdoptedPack::hash);
  if (pack == packs.end()) {
    return core::not_found("unknown_pack", "pack", "Adopt the rule pack first.");
  }
  const auto cell = std::ranges::find(pack->pack.cells, command.cell, &RuleCell::id);
  if (cell == pack->pack.cells.end()) {
    return core::not_found("unknown_cell", "cell", "The pack has no such cell.");
  }
  if (cell->verdict != CellVerdict::AllowIf) {
    return core::conflict("cell_verdict", "cell",
                          "No signature opens this cell; a new pack must say what it asks for.");
  }
  if (command.demo && !context.state.genesis.simulated_seed) {
    return core::conflict("demo_only", "demo", "Only a simulated book takes made-up signatures.");
  }
  if (command.valid_until < core::utc_date(context.now)) {
    return core::invalid("expired", "valid_until", "The signature is over already.");
  }
  Effects effects(context.effective_at);
  effects.add(CellSignedOff{command}, {}, {}).documents = {command.document};
  return effects.take();
}

Drafts decide(const Context& context, const ExcludeCountries& command) {
  for (const std::string& country : command.countries) {
    TRY(check_country(country, "countries"));
  }
  Effects effects(context.effective_at);
  effects.add(CountriesExcluded{command.countries}, {}, {});
  return effects.take();
}

void apply(State& state, const RulePackAdopted& body, const ledger::RecordView& record) {
  state.gate->packs.push_back({body.hash, body.pack, record.recorded_at});
  plan_rechecks(*state.gate, core::utc_date(record.recorded_at));
}

void apply(State& state, const CellSignedOff& body, const ledger::RecordView& record) {
  state.gate->sign_offs.push_back({body.sign_off, record.recorded_at, record.seq});
  plan_signatures(*state.gate, core::utc_date(record.recorded_at));
}

void apply(State& state, const CountriesExcluded& body, const ledger::RecordView& record) {
  state.gate->excluded.push_back({body.countries, record.recorded_at});
}

}  // namespace engine::gate
