// What step of his programme a partner stands on after a window.

#include <algorithm>

#include "core/exact_decimal.h"
#include "engine/partner_deal_records.h"
#include "engine/programme_records.h"
#include "reports/explain/kinds.h"

namespace reports::explain {
namespace {

using engine::EvaluationStep;
using engine::PartnerEvaluated;

// The last step that begins at or below a figure; the first if none does.
std::uint64_t step_reached(const std::vector<EvaluationStep>& steps,
                           core::Decimal EvaluationStep::*figure, const core::Decimal& value) {
  const core::Rational bound = core::rational_of(value);
  std::uint64_t reached = 0;
  for (std::uint64_t i = 0; i < steps.size(); ++i) {
    if (core::rational_of(steps[i].*figure) <= bound) reached = i;
  }
  return reached;
}

std::string tell_step(std::uint64_t step) { return "step " + std::to_string(step); }

core::Result<engine::EvaluationTerms> terms_of(Calculation& calculation,
                                               const PartnerEvaluated& body) {
  TRY(const auto published,
      find_body<engine::ProgrammePublished>(calculation.sources(), std::nullopt, Direction::Before,
                                            calculation.seq(), [&](const auto& one) {
                                              return one.programme.programme == body.programme &&
                                                     one.version == body.version;
                                            }));
  if (!published || !published->body.programme.terms.evaluation) {
    return core::corrupt("record", "seq " + std::to_string(calculation.seq()),
                         "The records have no programme with shares by volume, which this rests "
                         "on.");
  }
  calculation.rests_on(published->seq, "the version of the programme");
  return *published->body.programme.terms.evaluation;
}

}  // namespace

core::Result<> explain_partner_evaluated(Calculation& calculation) {
  TRY(const auto body, body_of<PartnerEvaluated>(calculation));
  calculation.set_title("a partner's share by the volume of a window");
  TRY(const auto terms, terms_of(calculation, body));
  calculation.given("window", core::to_string(body.from) + " to " +
                                  core::to_string(body.evaluation.to) + ", which is not in it");
  calculation.given("lots of his own clients in it", core::to_string(body.lots));
  const std::uint64_t reached = step_reached(terms.steps, &EvaluationStep::lots, body.lots);
  calculation.check("reached", "the last step that begins at or below these lots",
                    tell_step(reached), tell_step(body.reached));
  const std::uint64_t before = step_reached(terms.steps, &EvaluationStep::share, body.share_before);
  calculation.check("stood on", "by his share of " + core::to_string(body.share_before),
                    tell_step(before), tell_step(body.before));
  std::uint64_t after = std::max(before, reached);
  std::string how = "the higher of both";
  if (reached < before && terms.demotes) {
    after = before - 1;
    how = "one step down: he did not reach his own again";
  }
  calculation.check("stands on", how, tell_step(after), tell_step(body.after));
  core::Decimal share = body.share_before;
  if (after != before && after < terms.steps.size()) share = terms.steps[after].share;
  calculation.check("share", after == before ? "as before" : "of that step", core::to_string(share),
                    core::to_string(body.share));
  return core::ok();
}

}  // namespace reports::explain
