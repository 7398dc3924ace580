#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/files.h"
#include "core/json.h"
#include "engine/gate/decision.h"
#include "engine/gate/pack.h"
#include "tests/support/engine_fixture.h"

// A pack and evidence to ask the gate about, without a book.
namespace tests {

inline core::Instant at(std::string_view text) { return core::parse_instant(text).value(); }
inline core::Date day(std::string_view text) { return core::parse_date(text).value(); }

inline core::json::Value pack_json() {
  const auto text = core::read_file("jurisdictions/rule_packs/2026-11-22.json").value();
  return core::json::parse(text).value();
}

inline const engine::RulePack& first_pack() {
  static const engine::RulePack pack =
      core::from_json<engine::RulePack>(pack_json(), nullptr).value();
  return pack;
}

using Needs = std::vector<engine::FactNeed>;

// Every way to meet a requirement, as the needs that it takes.
inline std::vector<Needs> ways(const engine::RulePack& pack, const std::string& name) {
  const engine::Requirement& requirement = engine::gate::find_requirement(pack, name);
  if (requirement.need) return {{*requirement.need}};
  std::vector<Needs> out;
  if (!requirement.any_of.empty()) {
    for (const std::string& part : requirement.any_of) {
      for (Needs& way : ways(pack, part)) out.push_back(std::move(way));
    }
    return out;
  }
  out.push_back({});
  for (const std::string& part : requirement.all_of) {
    std::vector<Needs> longer;
    for (const Needs& way : out) {
      for (const Needs& more : ways(pack, part)) {
        longer.push_back(way);
        longer.back().insert(longer.back().end(), more.begin(), more.end());
      }
    }
    out = std::move(longer);
  }
  return out;
}

// A fact that is what the need asks for.
inline engine::Fact fact_for(const engine::FactNeed& need, const std::string& residence) {
  engine::Fact fact{need.fact, {}, {}, {}, {}};
  for (const engine::FactCondition& condition : need.where) {
    if (condition.op == engine::FactOperator::Is) {
      fact.values.push_back({condition.key, condition.values.front()});
    }
    if (condition.op == engine::FactOperator::Residence) {
      fact.values.push_back({condition.key, residence});
    }
    for (const engine::InstrumentValues& one : condition.by_instrument) {
      fact.values.push_back({condition.key, one.values.front()});
    }
  }
  return fact;
}

inline std::string source_of(const std::string& fact) {
  if (fact == "fca.requirements_reviewed") return "capture";  // A person's word.
  const std::string first = fact.substr(0, fact.find('.'));
  return first == "esma" || first == "fca" || first == "asic" ? first : "capture";
}

// The world on 26 November 2026, in which everybody and everything asked for is of one
// jurisdiction.
class GateWorld {
 public:
  explicit GateWorld(const engine::RuleCell& cell, const engine::RulePack& rules = first_pack())
      : pack(rules) {
    const auto place =
        std::ranges::find(pack.jurisdictions, cell.jurisdiction, &engine::RuleJurisdiction::code);
    const bool offshore = place->countries.empty();
    known.pack = &pack;
    known.pack_hash = engine::gate::hash_of(pack);
    for (const engine::RuleCell& one : pack.cells) known.signed_off[one.id] = day("2027-11-01");
    known.profile = *place->profile;
    known.home = offshore ? "SC" : place->countries.front();
    question.manager = client_id(1);
    question.model = cell.model;
    for (const auto category :
         {engine::ClientCategory::Retail, engine::ClientCategory::Professional,
          engine::ClientCategory::EligibleCounterparty}) {
      if (engine::gate::category_of(*place, category) == cell.category) {
        question.categories = {category};
      }
    }
    question.residences = {offshore ? "CH" : place->countries.front()};
    question.instruments = {engine::GateInstrument::Cfd, engine::GateInstrument::FxRollingSpot};
    for (const engine::Paper* paper : engine::gate::papers_of(pack, cell)) {
      if (!paper->per_client) bring_paper(paper->code);
    }
  }

  engine::Evidence evidence(const engine::Fact& fact) {
    engine::Evidence out;
    out.source = source_of(fact.name);
    out.reference = std::to_string(++number_);
    out.documents = {core::Hash{}};
    out.answered_at = at("2026-11-25T12:00:00Z");
    out.parser = "made up";
    out.facts = {fact};
    return out;
  }
  engine::HeldEvidence hold(engine::Evidence evidence) {
    return {std::move(evidence), false, ++number_, at("2026-11-25T13:00:00Z")};
  }
  void bring_paper(const std::string& code) {
    known.of_manager.push_back(hold(evidence({"gate.paper", {{"code", code}}, {}, {}, {}})));
  }
  // Into the evidence of whoever is meant.
  void bring(const engine::FactNeed& need, engine::Holder own) {
    const engine::Holder named = need.holder.value_or(engine::Holder::Own);
    const engine::Holder holder = named == engine::Holder::Own ? own : named;
    auto& all = holder == engine::Holder::Broker ? known.of_firm : known.of_manager;
    const engine::Fact fact = fact_for(need, question.residences.front());
    const bool there = std::ranges::any_of(all, [&](const engine::HeldEvidence& one) {
      return core::to_cbor(one.evidence.facts.front()) == core::to_cbor(fact);
    });
    if (!there) all.push_back(hold(evidence(fact)));
  }
  engine::GateAnswer answer() const {
    engine::gate::Known all = known;
    all.of_manager = known.of_manager;
    all.of_firm = known.of_firm;
    return engine::gate::answer(all, question, now);
  }

  engine::Verdict verdict() const { return answer().verdict; }
  // "refer stale fca.permission", ... of one kind of leg or of all.
  static std::string said(const engine::GateAnswer& answer) {
    std::string out;
    for (const engine::GateReason& one : answer.reasons) {
      out += std::string(
                 core::EnumNames<engine::Verdict>::names[static_cast<std::size_t>(one.verdict)]) +
             " " + one.reason + (one.fact ? " " + *one.fact : "") + "\n";
    }
    return out;
  }

  const engine::RulePack& pack;
  // With evidence of its own, where the gate's is the state's.
  struct Known : engine::gate::Known {
    std::vector<engine::HeldEvidence> of_manager;
    std::vector<engine::HeldEvidence> of_firm;
  };
  Known known;
  engine::GateQuestion question;
  core::Instant now = at("2026-11-26T12:00:00Z");

 private:
  std::uint64_t number_ = 0;
};

inline const engine::RuleCell& cell_of(std::string_view id) {
  const auto found = std::ranges::find(first_pack().cells, id, &engine::RuleCell::id);
  EXPECT_NE(found, first_pack().cells.end()) << id;
  return *found;
}

// In which everything that a cell asks for is there, by the first way.
inline GateWorld satisfied(std::string_view id) {
  const engine::RuleCell& cell = cell_of(id);
  GateWorld world(cell);
  const auto managers = ways(first_pack(), cell.manager_requires);
  const auto brokers = ways(first_pack(), cell.broker_requires);
  for (const engine::FactNeed& need : managers.front()) {
    world.bring(need, engine::Holder::Manager);
  }
  for (const engine::FactNeed& need : brokers.front()) {
    world.bring(need, engine::Holder::Broker);
  }
  return world;
}

}  // namespace tests
