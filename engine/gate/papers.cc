#include "engine/gate/papers.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "engine/gate/ahead.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/limits.h"
#include "engine/gate/mandates.h"
#include "engine/gate/pack.h"
#include "engine/gate_state.h"

namespace engine::gate {
namespace {

enum class Assessment { Nothing, Appropriateness, Suitability };

constexpr std::string_view kSuitability = "SUITABILITY";
// Only those that no condition of the case itself makes needless.
constexpr auto kAppropriateness =
    std::to_array<std::string_view>({"APPROPRIATENESS", "APPROPRIATENESS_GROUP_STANDARD"});

Assessment asked_by(const RulePack& pack, const RuleCell& cell) {
  Assessment out = Assessment::Nothing;
  for (const Paper* paper : papers_of(pack, cell)) {
    if (paper->code == kSuitability) return Assessment::Suitability;
    if (std::ranges::find(kAppropriateness, paper->code) != kAppropriateness.end()) {
      out = Assessment::Appropriateness;
    }
  }
  return out;
}

core::Error paper_missing(std::string_view what) {
  return core::conflict("paper_missing", "client",
                        "The rules ask for " + std::string(what) +
                            " before money comes under the mandate; record it (renew_papers).");
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
    for (const RuleCell* cell : cells.of(context.state.clients.at(client))) {
      TRY(check_assessment(asked_by(*cells.pack(), *cell), ends));
    }
  }
  return core::ok();
}

}  // namespace engine::gate
