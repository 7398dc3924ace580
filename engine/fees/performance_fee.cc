#include "engine/fees/performance_fee.h"

namespace engine::fees {
namespace {

core::Result<Exact> catch_up_limit(const core::Decimal& catch_up, const Exact& above) {
  TRY(const Exact part, exact(catch_up));
  if (part.numerator <= 0 || part.numerator > part.denominator) {
    return core::invalid("rate_range", "hurdle.catch_up", "A catch-up is above 0 and at most 1.");
  }
  return multiply(above, part);
}

}  // namespace

core::Result<PerformanceFee> performance_fee(const PerformanceTerms& terms, core::Minor equity,
                                             core::Minor mark, const Exact& hurdle) {
  PerformanceFee result;
  TRY(check_tiers(terms.tiers));
  TRY(result.threshold, add(whole(mark), terms.hurdle ? hurdle : Exact{}));
  TRY(const Exact above, excess(whole(equity), result.threshold));
  if (terms.hurdle && terms.hurdle->mode == HurdleMode::CatchUp) {
    TRY(result.fee, catch_up_limit(terms.hurdle->catch_up, above));
  }
  if (above.numerator == 0) {
    result.blocked = equity > mark;
    return result;
  }
  const bool hard = terms.hurdle && terms.hurdle->mode == HurdleMode::Hard;
  const Exact from = hard ? result.threshold : whole(mark);
  TRY(result.base, excess(whole(equity), from));
  TRY(const Exact tiered, tiered_fee(terms.tiers, mark, from, equity));
  if (terms.hurdle && terms.hurdle->mode == HurdleMode::CatchUp) {
    TRY(result.fee, smaller(tiered, result.fee));
  } else {
    result.fee = tiered;
  }
  return result;
}

}  // namespace engine::fees
