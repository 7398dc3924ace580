#include "engine/gate/standing.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "engine/gate/fact_match.h"

namespace engine::gate {
namespace {

constexpr auto kRegisters = std::to_array<std::string_view>({"asic", "esma", "fca", "gleif"});
// By what one thing is told from another of its name.
constexpr auto kNumbers =
    std::to_array<std::string_view>({"acn", "authority", "code", "document_number", "frn", "irn",
                                     "kind", "licence_number", "person", "requirement", "type"});

// Which list of a register says such a fact.
struct Said {
  std::string_view fact;
  std::string_view endpoint;
  bool by_path = false;  // One person's page: it says nothing of others.
};

// Source: gateway/registers/fca/endpoints.cc; docs/registers.md, "ASIC".
constexpr auto kSaid = std::to_array<Said>({
    {"asic.afsl.limb", "licensees"},
    {"asic.authorised_representative", "representatives"},
    {"asic.banned_organisation", "banned_organisations"},
    {"asic.banned_person", "banned_persons"},
    {"fca.firm", "Firm"},
    {"fca.individual", "Individuals"},
    {"fca.individual", "Individual", true},
    {"fca.permission", "Permissions"},
    {"fca.requirement", "Requirements"},
});

std::string_view value_of(const Fact& fact, std::string_view key) {
  const auto found = std::ranges::find(fact.values, key, &FactValue::key);
  return found == fact.values.end() ? std::string_view() : std::string_view(found->value);
}

bool is_endpoint(const Fact& fact) { return fact.name.ends_with(".endpoint"); }

// Whether the list was read, and is one that says facts of that name.
const Said* said_by(const Fact& endpoint, std::string_view fact) {
  if (!is_endpoint(endpoint) || has_value(endpoint, "asked", "could_not_ask")) return nullptr;
  const auto found = std::ranges::find_if(kSaid, [&](const Said& one) {
    return one.fact == fact && has_value(endpoint, "endpoint", one.endpoint);
  });
  return found == kSaid.end() ? nullptr : &*found;
}

// Two answers of one list; one that a file gave has no path, unless it is of one person.
bool is_same_list(const Fact& a, const Fact& b, const Said& said) {
  if (value_of(a, "endpoint") != value_of(b, "endpoint")) return false;
  const std::string_view one = value_of(a, "path");
  const std::string_view other = value_of(b, "path");
  if (one.empty() || other.empty()) return !said.by_path;
  return one == other;
}

// ESMA's and GLEIF's answers are of one question: all that there is of a firm.
bool says_all(const Evidence& evidence, std::string_view fact) {
  return (evidence.source == "esma" && fact.starts_with("esma.upreg.")) ||
         (evidence.source == "gleif" && fact.starts_with("gleif."));
}

bool has_fact(const Evidence& evidence, std::string_view name) {
  return std::ranges::any_of(evidence.facts, [&](const Fact& one) { return one.name == name; });
}

bool was_asked_for(const Evidence& evidence, std::string_view fact) {
  return says_all(evidence, fact) || has_fact(evidence, fact) ||
         std::ranges::any_of(evidence.facts,
                             [&](const Fact& one) { return said_by(one, fact) != nullptr; });
}

bool is_meant(const Fact& fact, const ReviewedFact& reviewed) {
  if (fact.name != reviewed.fact) return false;
  return !reviewed.key || !value_of(fact, *reviewed.key).empty();
}

// By reference: what the newest answer says that was given by then.
using SaidOf = std::map<std::string_view, std::multiset<core::Bytes>>;

SaidOf said_at(std::span<const HeldEvidence> evidence, const ReviewedFact& reviewed,
               core::Instant time) {
  const std::string_view source =
      std::string_view(reviewed.fact).substr(0, reviewed.fact.find('.'));
  std::map<std::string_view, const HeldEvidence*> newest;
  for (const HeldEvidence& held : evidence) {
    if (held.evidence.source != source || time < answered(held) ||
        held.evidence.asked == Asked::CouldNotAsk || !was_asked_for(held.evidence, reviewed.fact)) {
      continue;
    }
    const HeldEvidence*& one = newest[held.evidence.reference];
    if (one == nullptr || answered(*one) <= answered(held)) one = &held;
  }
  SaidOf out;
  for (const auto& [reference, held] : newest) {
    for (const Fact& fact : held->evidence.facts) {
      if (is_meant(fact, reviewed)) out[reference].insert(core::to_cbor(fact));
    }
  }
  return out;
}

}  // namespace

bool is_register(std::string_view source) {
  return std::ranges::find(kRegisters, source) != kRegisters.end();
}

bool is_same_thing(const Fact& a, const Fact& b) {
  return a.name == b.name && std::ranges::all_of(kNumbers, [&](std::string_view key) {
           return value_of(a, key) == value_of(b, key);
         });
}

bool asks_again(const Evidence& earlier, const Evidence& later, const Fact& fact) {
  if (says_all(later, fact.name)) return true;
  bool any_named = false;  // The earlier answer says which list it was.
  for (const Fact& before : earlier.facts) {
    const Said* said = said_by(before, fact.name);
    if (said == nullptr || !has_value(before, "asked", "found")) continue;
    any_named = true;
    const bool again = std::ranges::any_of(later.facts, [&](const Fact& one) {
      return said_by(one, fact.name) == said && is_same_list(before, one, *said);
    });
    if (!again) return false;
  }
  return any_named || std::ranges::any_of(later.facts, [&](const Fact& one) {
           const Said* said = said_by(one, fact.name);
           return said != nullptr && !said->by_path;
         });
}

bool is_unchanged(std::span<const HeldEvidence> evidence, std::span<const ReviewedFact> reviewed,
                  core::Instant then, core::Instant now) {
  return std::ranges::all_of(reviewed, [&](const ReviewedFact& one) {
    return said_at(evidence, one, then) == said_at(evidence, one, now);
  });
}

}  // namespace engine::gate
