#include "engine/gate/papers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gate/ahead.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/facts.h"
#include "engine/gate/limits.h"
#include "engine/gate/mandates.h"
#include "engine/gate/pack.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

enum class Assessment { Nothing, Appropriateness, Suitability };

constexpr std::string_view kGeneralOnly = "content.is_general_recommendation_only";
constexpr std::string_view kSuitability = "SUITABILITY";
// Unless it is shown that nobody recommends anything to one client.
constexpr std::string_view kSuitabilityOfAdvice = "SUITABILITY_IF_PERSONAL_RECOMMENDATION";
// APPROPRIATENESS_PRESUMED is none of them: of professionals it need not be assessed.
constexpr auto kAppropriateness =
    std::to_array<std::string_view>({"APPROPRIATENESS", "APPROPRIATENESS_GROUP_STANDARD"});

core::Error paper_missing(std::string_view what) {
  return core::conflict("paper_missing", "client",
                        "The rules ask for " + std::string(what) +
                            " before money comes under the mandate; record it (renew_papers).");
}

// Whether the evidence on a manager shows now that what he says is for everybody.
bool recommends_generally(const Context& context, const RulePack& pack,
                          const core::PartyId& manager, const std::string& residence) {
  const auto held = context.state.gate->of_party.find(manager);
  if (held == context.state.gate->of_party.end()) return false;
  const auto asked = std::ranges::find_if(pack.requirements, [](const Requirement& one) {
    return one.need && one.need->fact == kGeneralOnly;
  });
  if (asked == pack.requirements.end()) return false;
  const std::vector<GateInstrument> none;
  return !find_fact(held->second, *asked->need, {context.now, pack.ages, none, residence}).lack;
}

// The client's own papers that nothing in the book is already: the mandate is one itself, a copy's
// terms and confirmations are records, assessments are asked for as such, and the review of a
// programme comes a year later.
bool is_brought(const Paper& paper) {
  static constexpr auto kElsewhere = std::to_array<std::string_view>(
      {"APPROPRIATENESS", "APPROPRIATENESS_GROUP_STANDARD", "APPROPRIATENESS_PRESUMED",
       "COPY_PARAMETERS_AND_STOP_SETTINGS", "DISCRETIONARY_MANDATE_PER_CLIENT",
       "PERSONAL_ADVICE_INVESTMENT_PROGRAM_REVIEW_13M", "PER_TRADE_CONFIRM_LOG", "SUITABILITY",
       "SUITABILITY_IF_PERSONAL_RECOMMENDATION", "TREAT_AS_PROFESSIONAL_FOR_PORTFOLIO_MANAGEMENT"});
  return paper.per_client && std::ranges::find(kElsewhere, paper.code) == kElsewhere.end();
}

core::Result<> check_brought(const RulePack& pack, const RuleCell& cell, const MandateEnds& ends) {
  for (const Paper* paper : papers_of(pack, cell)) {
    if (!is_brought(*paper) || std::ranges::find(ends.papers, paper->code) != ends.papers.end()) {
      continue;
    }
    return paper_missing("the client's " + paper->code);
  }
  return core::ok();
}

Assessment asked_by(const RulePack& pack, const RuleCell& cell, bool generally) {
  Assessment out = Assessment::Nothing;
  for (const Paper* paper : papers_of(pack, cell)) {
    if (paper->code == kSuitability) return Assessment::Suitability;
    if (paper->code == kSuitabilityOfAdvice && !generally) return Assessment::Suitability;
    if (std::ranges::find(kAppropriateness, paper->code) != kAppropriateness.end()) {
      out = Assessment::Appropriateness;
    }
  }
  return out;
}

core::Result<> check_assessment(Assessment asked, const MandateEnds& ends) {
  if (asked == Assessment::Suitability && ends.assessed != SuitabilityResult::Suitable) {
    return paper_missing("a suitability assessment that found him suitable");
  }
  if (asked == Assessment::Appropriateness && !ends.assessed) {
    return paper_missing("an assessment of appropriateness");
  }
  return core::ok();
}

}  // namespace

core::Result<> admit_money(const Context& context, const core::StructureId& structure,
                           const core::PartyId& client) {
  TRY(require_active_mandate(context, structure, client));
  const Structure& where = context.state.structures.at(structure);
  if (where.manager_client == client) return core::ok();
  const MandateEnds ends = ends_of(context.state, structure, client);
  if (ends.suitability && *ends.suitability < core::utc_date(context.now)) {
    return core::conflict("assessment_over", "client",
                          "The assessment is past its last day; assess the client again "
                          "(renew_papers).");
  }
  const GateModel asked =
      gate_model_of(where.model, context.state.gate->segregated.contains(structure));
  for (const auto& [model, decision] : newest_by_rules(context.state, where.manager, context.now)) {
    if (model != asked) continue;
    if (!ends.tax_certified) return paper_missing("a tax self-certification");
    const ClientCells cells(context.state, decision);
    if (cells.pack() == nullptr) continue;
    const RegisterClient& registered = context.state.clients.at(client);
    const bool generally =
        recommends_generally(context, *cells.pack(), where.manager, registered.residence);
    for (const RuleCell* cell : cells.of(registered)) {
      TRY(check_assessment(asked_by(*cells.pack(), *cell, generally), ends));
      TRY(check_brought(*cells.pack(), *cell, ends));
    }
  }
  return core::ok();
}

}  // namespace engine::gate
