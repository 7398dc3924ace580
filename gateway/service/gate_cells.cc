#include "gateway/service/gate_cells.h"

#include <algorithm>
#include <set>

#include "core/fields.h"
#include "engine/gate/pack.h"
#include "engine/gate_state.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
namespace gate = engine::gate;

template <class T>
Value in_json(const T& value) {
  return core::Codec<T>::to_json(value);
}

// Those of the pack's items whose name stands in the list, in the order of the pack.
template <class T>
Array named(const std::vector<T>& items, std::string T::*name,
            const std::vector<std::string>& names) {
  Array out;
  for (const T& item : items) {
    if (std::ranges::find(names, item.*name) != names.end()) out.push_back(in_json(item));
  }
  return out;
}

void collect(const engine::RulePack& pack, const std::string& name, std::set<std::string>& names) {
  if (!names.insert(name).second) return;
  const engine::Requirement& requirement = gate::find_requirement(pack, name);
  for (const auto* list : {&requirement.all_of, &requirement.any_of}) {
    for (const std::string& part : *list) collect(pack, part, names);
  }
}

// A requirement and all that it names, in the order of the pack: the last one is what is asked for.
Array requirements_of(const engine::RulePack& pack, const std::string& name) {
  std::set<std::string> names;
  collect(pack, name, names);
  return named(pack.requirements, &engine::Requirement::name, {names.begin(), names.end()});
}

Array papers_of(const engine::RulePack& pack, const engine::RuleCell& cell) {
  Array out;
  for (const engine::Paper* paper : gate::papers_of(pack, cell)) out.push_back(in_json(*paper));
  return out;
}

Array forbidden_in(const engine::RulePack& pack, const engine::RuleCell& cell) {
  Array out;
  for (const engine::ForbiddenRule& rule : pack.forbidden) {
    const bool in_cell = std::ranges::find(cell.forbidden, rule.code) != cell.forbidden.end();
    const bool in_model =
        rule.models.empty() || std::ranges::find(rule.models, cell.model) != rule.models.end();
    if (in_model && (in_cell || rule.everywhere)) {
      out.push_back(Object{{"code", rule.code}, {"why", rule.why}});
    }
  }
  return out;
}

Array notes_of(const engine::RulePack& pack, const std::vector<std::string>& ids) {
  Array out;
  for (const engine::RuleNote& note : pack.notes) {
    if (std::ranges::find(ids, note.id) != ids.end()) out.emplace_back(note.text);
  }
  return out;
}

// What is recorded once it is signed. No signature opens what the rules leave to counsel or forbid.
Value to_sign(const engine::RulePack& pack, const engine::RuleCell& cell) {
  if (cell.verdict != engine::CellVerdict::AllowIf) {
    return "Nothing: no signature opens this cell. A new version of the pack must say what it "
           "asks for.";
  }
  return Object{{"statement",
                 "I have read the sources and questions above. Whoever meets what this cell asks "
                 "for of manager and broker, and of whom nothing is true that it forbids, may do "
                 "so for these clients until the last day that I name."},
                {"command", "sign_off_cell"},
                {"fields", Object{{"pack", in_json(gate::hash_of(pack))},
                                  {"cell", cell.id},
                                  {"counsel", "who signs"},
                                  {"document", "SHA-256 of the signed form"},
                                  {"valid_until", "the last day"}}}};
}

}  // namespace

core::Result<Value> cell_form(const engine::RulePack& pack, const std::string& id) {
  const auto cell = std::ranges::find(pack.cells, id, &engine::RuleCell::id);
  if (cell == pack.cells.end()) {
    return core::not_found("unknown_cell", "cell", "The pack has no such cell.");
  }
  Object out{{"pack", Object{{"name", pack.name},
                             {"version", in_json(pack.version)},
                             {"hash", in_json(gate::hash_of(pack))},
                             {"status", pack.status}}},
             {"cell", cell->id},
             {"jurisdiction", cell->jurisdiction},
             {"model", in_json(cell->model)},
             {"category", cell->category},
             {"from", core::to_string(cell->from.value_or(pack.from))}};
  const auto until = cell->until ? cell->until : pack.until;
  if (until) out.emplace_back("until", core::to_string(*until));
  out.emplace_back("verdict", in_json(cell->verdict));
  out.emplace_back("confidence", cell->confidence);
  out.emplace_back("sources", named(pack.sources, &engine::RuleSource::id, cell->sources));
  out.emplace_back("questions", notes_of(pack, cell->questions));
  out.emplace_back("manager_requires", requirements_of(pack, cell->manager_requires));
  out.emplace_back("broker_requires", requirements_of(pack, cell->broker_requires));
  out.emplace_back("papers", papers_of(pack, *cell));
  out.emplace_back("forbidden", forbidden_in(pack, *cell));
  if (cell->limits) {
    out.emplace_back("limits", named(pack.limits, &engine::ProductLimits::name, {*cell->limits}));
  }
  out.emplace_back("alerts", notes_of(pack, cell->alerts));
  out.emplace_back("sign", to_sign(pack, *cell));
  return Value(std::move(out));
}

core::Result<Value> adopted_cell_form(const engine::State& state, const core::Hash& pack,
                                      const std::string& cell) {
  const auto& packs = state.gate->packs;
  const auto adopted = std::ranges::find(packs, pack, &engine::AdoptedPack::hash);
  if (adopted == packs.end()) {
    return core::not_found("unknown_pack", "pack", "The book has adopted no such rule pack.");
  }
  TRY(const Value form, cell_form(adopted->pack, cell));
  Object out = *form.as_object();
  const auto& signatures = state.gate->sign_offs;
  const auto last = std::find_if(signatures.rbegin(), signatures.rend(), [&](const auto& one) {
    return one.signed_off.pack == pack && one.signed_off.cell == cell;
  });
  if (last != signatures.rend()) {
    Object signature{{"counsel", last->signed_off.counsel.hex()},
                     {"document", in_json(last->signed_off.document)},
                     {"valid_until", core::to_string(last->signed_off.valid_until)},
                     {"recorded_at", core::to_string(last->recorded_at)},
                     {"seq", in_json(last->seq)}};
    if (last->signed_off.demo) signature.emplace_back("demo", true);
    out.emplace_back("signed", std::move(signature));
  }
  return Value(std::move(out));
}

}  // namespace gateway::service
