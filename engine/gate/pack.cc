#include "engine/gate/pack.h"

#include <algorithm>

#include "core/check.h"
#include "core/fields.h"
#include "core/sha256.h"
#include "engine/gate/until.h"

namespace engine::gate {
namespace {

template <class T>
const T* find_named(const std::vector<T>& items, std::string_view name, std::string T::*field) {
  const auto found =
      std::ranges::find_if(items, [&](const T& item) { return item.*field == name; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

core::Hash hash_of(const RulePack& pack) { return core::sha256(core::to_cbor(pack)); }

bool covers(const std::optional<core::Date>& from, const std::optional<core::Date>& until,
            core::Date day) {
  return (!from || *from <= day) && (!until || day <= *until);
}

const RuleCell* find_cell(const RulePack& pack, std::string_view jurisdiction, GateModel model,
                          std::string_view category, core::Date day) {
  for (const RuleCell& cell : pack.cells) {
    if (cell.jurisdiction == jurisdiction && cell.model == model && cell.category == category &&
        covers(cell.from, cell.until, day)) {
      return &cell;
    }
  }
  return nullptr;
}

const RuleJurisdiction* find_jurisdiction(const RulePack& pack, std::string_view country) {
  for (const RuleJurisdiction& one : pack.jurisdictions) {
    if (contains(one.countries, country)) return &one;
  }
  return nullptr;
}

const RuleJurisdiction* elsewhere(const RulePack& pack) {
  for (const RuleJurisdiction& one : pack.jurisdictions) {
    if (one.countries.empty()) return &one;
  }
  return nullptr;
}

const RuleJurisdiction* of_profile(const RulePack& pack, std::string_view profile) {
  for (const RuleJurisdiction& one : pack.jurisdictions) {
    if (one.profile == profile) return &one;
  }
  return nullptr;
}

const std::string& category_of(const RuleJurisdiction& jurisdiction, ClientCategory category) {
  switch (category) {
    case ClientCategory::Retail:
      return jurisdiction.retail;
    case ClientCategory::Professional:
      return jurisdiction.professional;
    case ClientCategory::EligibleCounterparty:
      break;
  }
  return jurisdiction.eligible_counterparty;
}

const Requirement& find_requirement(const RulePack& pack, std::string_view name) {
  const Requirement* found = find_named(pack.requirements, name, &Requirement::name);
  CHECK(found != nullptr);
  return *found;
}

std::vector<const Paper*> papers_of(const RulePack& pack, const RuleCell& cell) {
  std::vector<const Paper*> out;
  const auto add = [&](const std::string& code) {
    const Paper* paper = find_named(pack.papers, code, &Paper::code);
    if (paper != nullptr && std::ranges::find(out, paper) == out.end()) out.push_back(paper);
  };
  for (const std::string& name : cell.papers) {
    const PaperGroup* group = find_named(pack.paper_groups, name, &PaperGroup::name);
    if (group == nullptr) {
      add(name);
      continue;
    }
    for (const std::string& code : group->papers) add(code);
  }
  return out;
}

}  // namespace engine::gate
