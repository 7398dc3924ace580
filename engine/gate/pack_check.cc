#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/check.h"
#include "engine/country.h"
#include "engine/gate/known_facts.h"
#include "engine/gate/pack.h"
#include "engine/gate/standing.h"

namespace engine::gate {
namespace {

core::Error wrong(std::string place, std::string detail) {
  return core::invalid("rule_pack", "pack: " + std::move(place), std::move(detail));
}

// Names that others in the pack may use.
using Names = std::set<std::string, std::less<>>;

template <class T>
core::Result<Names> collect(const std::vector<T>& items, std::string T::*name,
                            const std::string& list) {
  Names names;
  for (const T& item : items) {
    if ((item.*name).empty()) return wrong(list, "Each has a name.");
    if (!names.insert(item.*name).second) return wrong(list + ": " + item.*name, "It is twice.");
  }
  return names;
}

core::Result<> all_in(const std::vector<std::string>& used, const Names& names,
                      const std::string& place, const char* what) {
  for (const std::string& name : used) {
    if (!names.contains(name))
      return wrong(place, "There is no such " + std::string(what) + ": '" + name + "'.");
  }
  return core::ok();
}

core::Result<> check_period(const std::optional<core::Date>& from,
                            const std::optional<core::Date>& until, const std::string& place) {
  if (from && until && *until < *from) return wrong(place, "It ends before it begins.");
  return core::ok();
}

// --- Facts ---

core::Result<> check_condition(const std::string& fact, const FactCondition& condition,
                               const std::string& place) {
  if (!is_known_key(fact, condition.key)) {
    return wrong(place, "No source says '" + condition.key + "' of " + fact + ".");
  }
  const bool each = condition.op == FactOperator::Each;
  const bool alone =
      condition.op == FactOperator::Residence || condition.op == FactOperator::Absent;
  if (each != !condition.by_instrument.empty() || (each || alone) != condition.values.empty()) {
    return wrong(place,
                 "'is' and 'lacks' have values, 'each' has by_instrument, 'residence' and 'absent' "
                 "neither.");
  }
  std::set<GateInstrument> seen;
  for (const InstrumentValues& one : condition.by_instrument) {
    if (one.values.empty() || !seen.insert(one.instrument).second) {
      return wrong(place, "Each instrument stands once in by_instrument, with values.");
    }
  }
  return core::ok();
}

core::Result<> check_need(const FactNeed& need, const std::string& place) {
  if (!is_known_fact(need.fact))
    return wrong(place, "No source says such a fact: '" + need.fact + "'.");
  for (const FactCondition& condition : need.where) {
    TRY(check_condition(need.fact, condition, place));
  }
  for (const ReviewedFact& one : need.unchanged_since) {
    if (!is_register(one.fact.substr(0, one.fact.find('.'))) || !is_known_fact(one.fact)) {
      return wrong(place, "No register says such a fact: '" + one.fact + "'.");
    }
    if (one.key && !is_known_key(one.fact, *one.key)) {
      return wrong(place, "No source says '" + *one.key + "' of " + one.fact + ".");
    }
  }
  return core::ok();
}

struct Size {
  std::size_t depth = 1;
  std::size_t parts = 1;
};

core::Result<Size> measure(const Requirement& requirement,
                           const std::map<std::string, Size>& before, const std::string& place) {
  Size size;
  for (const auto* list : {&requirement.all_of, &requirement.any_of}) {
    for (const std::string& name : *list) {
      const auto found = before.find(name);
      if (found == before.end()) {
        return wrong(place, "It names '" + name + "', which does not stand before it.");
      }
      size.depth = std::max(size.depth, found->second.depth + 1);
      size.parts += found->second.parts;
    }
  }
  if (size.depth > kRequirementDepthMax || size.parts > kRequirementPartsMax) {
    return wrong(place, "It names too many others, or through too many.");
  }
  return size;
}

core::Result<Names> check_requirements(const RulePack& pack) {
  TRY(const Names names, collect(pack.requirements, &Requirement::name, "requirements"));
  std::map<std::string, Size> before;
  for (const Requirement& requirement : pack.requirements) {
    const std::string place = "requirements: " + requirement.name;
    const int kinds = (requirement.all_of.empty() ? 0 : 1) + (requirement.any_of.empty() ? 0 : 1) +
                      (requirement.need ? 1 : 0);
    if (kinds != 1) return wrong(place, "Exactly one of all_of, any_of and need stands in it.");
    if (requirement.need) {
      TRY(check_need(*requirement.need, place));
    }
    TRY(const Size size, measure(requirement, before, place));
    before[requirement.name] = size;
  }
  return names;
}

// --- Cells ---

struct PackNames {
  Names sources;
  Names requirements;
  Names papers;  // And their groups.
  Names forbidden;
  Names limits;
  Names notes;
  std::map<std::string, std::set<std::string>> categories;  // By jurisdiction.
};

core::Result<> check_cell(const RuleCell& cell, const PackNames& names) {
  const std::string place = "cells: " + cell.id;
  const auto jurisdiction = names.categories.find(cell.jurisdiction);
  if (jurisdiction == names.categories.end() || !jurisdiction->second.contains(cell.category)) {
    return wrong(place, "There is no such jurisdiction, or it has no such category.");
  }
  if (cell.sources.empty()) return wrong(place, "A cell has a source at least.");
  TRY(all_in(cell.sources, names.sources, place, "source"));
  TRY(all_in({cell.manager_requires, cell.broker_requires}, names.requirements, place,
             "requirement"));
  TRY(all_in(cell.papers, names.papers, place, "paper or group"));
  TRY(all_in(cell.forbidden, names.forbidden, place, "forbidden thing"));
  if (cell.limits) {
    TRY(all_in({*cell.limits}, names.limits, place, "limits"));
  }
  TRY(all_in(cell.questions, names.notes, place, "note"));
  TRY(all_in(cell.alerts, names.notes, place, "note"));
  return check_period(cell.from, cell.until, place);
}

core::Date first_day(const RulePack& pack, const RuleCell& cell) {
  return cell.from.value_or(pack.from);
}

// The cells of one place, in order of time, without a gap and without overlapping.
core::Result<> check_days(const RulePack& pack, std::vector<const RuleCell*> cells,
                          const std::string& place) {
  if (cells.empty()) return wrong("cells: " + place, "The cell is missing.");
  std::ranges::sort(cells, {}, [&](const RuleCell* cell) { return first_day(pack, *cell); });
  core::Date wanted = pack.from;
  bool open = true;  // The cell before had an end.
  for (const RuleCell* cell : cells) {
    const core::Date from = first_day(pack, *cell);
    if (!open || from < wanted) return wrong("cells: " + place, "Its dates overlap.");
    if (wanted < from)
      return wrong("cells: " + place, "No cell covers " + core::to_string(wanted) + ".");
    open = cell->until.has_value();
    if (open) wanted = {cell->until->days + 1};
  }
  if (open && (!pack.until || wanted <= *pack.until)) {
    return wrong("cells: " + place, "No cell covers " + core::to_string(wanted) + ".");
  }
  return core::ok();
}

core::Result<> check_matrix(const RulePack& pack, const PackNames& names) {
  std::map<std::tuple<std::string, GateModel, std::string>, std::vector<const RuleCell*>> places;
  std::set<std::string> seen;  // Counsel signs an id: it is one cell, on all days of the pack.
  for (const RuleCell& cell : pack.cells) {
    TRY(check_cell(cell, names));
    if (!seen.insert(cell.id).second) {
      return wrong("cells: " + cell.id, "It is twice; what holds from a day on has its own id.");
    }
    places[{cell.jurisdiction, cell.model, cell.category}].push_back(&cell);
  }
  for (const auto& [jurisdiction, categories] : names.categories) {
    for (const std::string& category : categories) {
      for (std::size_t model = 0; model < core::EnumNames<GateModel>::names.size(); ++model) {
        const std::string place = jurisdiction + ", " +
                                  std::string(core::EnumNames<GateModel>::names[model]) + ", " +
                                  category;
        TRY(check_days(pack, places[{jurisdiction, static_cast<GateModel>(model), category}],
                       place));
      }
    }
  }
  return core::ok();
}

core::Result<> check_jurisdictions(const RulePack& pack, PackNames& names) {
  TRY(collect(pack.jurisdictions, &RuleJurisdiction::code, "jurisdictions"));
  std::set<std::string> countries;
  std::set<std::string> profiles;
  bool elsewhere_seen = false;
  for (const RuleJurisdiction& one : pack.jurisdictions) {
    const std::string place = "jurisdictions: " + one.code;
    for (const std::string& country : one.countries) {
      TRY(check_country(country, "pack: " + place));
      if (!countries.insert(country).second) return wrong(place, country + " stands in two.");
    }
    if (one.profile && !profiles.insert(*one.profile).second) {
      return wrong(place, "Its profile stands in two.");
    }
    if (one.countries.empty() && std::exchange(elsewhere_seen, true)) {
      return wrong(place, "Two are without countries.");
    }
    if (one.retail.empty() || one.professional.empty() || one.eligible_counterparty.empty()) {
      return wrong(place, "Every category has a name.");
    }
    names.categories[one.code] = {one.retail, one.professional, one.eligible_counterparty};
  }
  return core::ok();
}

core::Result<> check_papers(const RulePack& pack, PackNames& names) {
  TRY(names.papers, collect(pack.papers, &Paper::code, "papers"));
  TRY(const Names groups, collect(pack.paper_groups, &PaperGroup::name, "paper_groups"));
  for (const PaperGroup& group : pack.paper_groups) {
    TRY(all_in(group.papers, names.papers, "paper_groups: " + group.name, "paper"));
  }
  for (const std::string& group : groups) {
    if (!names.papers.insert(group).second) {
      return wrong("paper_groups: " + group, "A paper has this name.");
    }
  }
  return core::ok();
}

core::Result<> check_forbidden(const RulePack& pack, PackNames& names) {
  TRY(names.forbidden, collect(pack.forbidden, &ForbiddenRule::code, "forbidden"));
  for (const ForbiddenRule& rule : pack.forbidden) {
    const std::string place = "forbidden: " + rule.code;
    if (rule.verdict == Verdict::Allow) return wrong(place, "What is forbidden is not allowed.");
    for (const FactNeed& need : rule.facts) {
      TRY(check_need(need, place));
    }
    if (rule.unless) {
      TRY(check_need(*rule.unless, place + ": unless"));
    }
  }
  return core::ok();
}

core::Result<> check_time_rules(const RulePack& pack, const PackNames& names) {
  TRY(collect(pack.time_rules, &TimeRule::id, "time_rules"));
  for (const TimeRule& rule : pack.time_rules) {
    const std::string place = "time_rules: " + rule.id;
    TRY(check_period(rule.from, rule.until, place));
    if (!rule.from && !rule.until && !rule.pending) {
      return wrong(place, "It has a day, or says what it waits for.");
    }
    if (rule.verdict && !rule.from) return wrong(place, "A verdict holds from a day on.");
    const auto told = rule.until ? rule.until : rule.from;
    if (rule.alert_from && (!told || *told < *rule.alert_from)) {
      return wrong(place, "People are told before a day of it.");
    }
    if (rule.jurisdiction && !names.categories.contains(*rule.jurisdiction)) {
      return wrong(place, "There is no such jurisdiction.");
    }
  }
  return core::ok();
}

core::Result<> check_ages(const RulePack& pack) {
  TRY(collect(pack.ages, &SourceAge::source, "ages"));
  for (const SourceAge& age : pack.ages) {
    if (age.days_max == 0 || age.days_max > 3660) {
      return wrong("ages: " + age.source, "An answer may be 1 to 3660 days old.");
    }
  }
  return core::ok();
}

}  // namespace

core::Result<> check_pack(const RulePack& pack) {
  if (pack.name.empty() || pack.version == 0)
    return wrong("name", "It has a name and a version from 1.");
  TRY(check_period(pack.from, pack.until, "until"));
  if (pack.jurisdictions.empty()) return wrong("jurisdictions", "It has one at least.");
  PackNames names;
  TRY(names.sources, collect(pack.sources, &RuleSource::id, "sources"));
  TRY(names.requirements, check_requirements(pack));
  TRY(names.limits, collect(pack.limits, &ProductLimits::name, "limits"));
  for (const std::string& name : names.limits) {
    if (name.find('+') != std::string::npos) {
      return wrong("limits: " + name, "'+' joins the names of several.");
    }
  }
  TRY(names.notes, collect(pack.notes, &RuleNote::id, "notes"));
  TRY(check_jurisdictions(pack, names));
  TRY(check_papers(pack, names));
  TRY(check_forbidden(pack, names));
  TRY(check_time_rules(pack, names));
  TRY(check_ages(pack));
  for (const std::string& country : pack.blocked_countries) {
    TRY(check_country(country, "pack: blocked_countries"));
  }
  return check_matrix(pack, names);
}

}  // namespace engine::gate
