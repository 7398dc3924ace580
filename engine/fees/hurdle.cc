#include "engine/fees/hurdle.h"

#include "engine/fees/left.h"

namespace engine::fees {

core::Result<Exact> hurdle_accrual(core::Minor mark, const core::Decimal& rate,
                                   const Fraction& years) {
  TRY(const Exact annual, at_rate(whole(mark), rate));
  return multiply(annual, {years.numerator, years.denominator});
}

core::Result<Exact> hurdle_after_withdrawals(const Exact& hurdle, core::Minor equity,
                                             core::Minor withdrawn) {
  Exact left = hurdle;
  TRY(left.numerator, left_of(hurdle.numerator, equity, withdrawn));
  return left;
}

}  // namespace engine::fees
