#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "engine/gate_rules.h"

// A rule pack is checked as a whole before it counts, and looked up in afterwards.
namespace engine::gate {

// How far requirements may name one another, so that no pack takes long to ask.
inline constexpr std::size_t kRequirementDepthMax = 8;
inline constexpr std::size_t kRequirementPartsMax = 256;  // With all that they name, counted often.

// That the pack can be asked: every cell of every jurisdiction, model and category is there on each
// of its days and once only; every name in it is in it; every fact and key can be said by a source;
// every cell has a source that stands in the pack.
//
// Errors: InvalidInput/rule_pack with the place and what is wrong there.
core::Result<> check_pack(const RulePack& pack);

// SHA-256 of the pack's CBOR.
core::Hash hash_of(const RulePack& pack);

bool covers(const std::optional<core::Date>& from, const std::optional<core::Date>& until,
            core::Date day);

// The cell of a day; null if there is none.
const RuleCell* find_cell(const RulePack& pack, std::string_view jurisdiction, GateModel model,
                          std::string_view category, core::Date day);
// Of a country; null if no jurisdiction names it.
const RuleJurisdiction* find_jurisdiction(const RulePack& pack, std::string_view country);
// Where those sit whom no other jurisdiction names; null if there is no such one.
const RuleJurisdiction* elsewhere(const RulePack& pack);
// Of a book's profile; null if none is for it.
const RuleJurisdiction* of_profile(const RulePack& pack, std::string_view profile);
const std::string& category_of(const RuleJurisdiction& jurisdiction, ClientCategory category);
// It is there: the pack was checked.
const Requirement& find_requirement(const RulePack& pack, std::string_view name);
// The papers of a cell, groups written out, each once, in order.
std::vector<const Paper*> papers_of(const RulePack& pack, const RuleCell& cell);

}  // namespace engine::gate
