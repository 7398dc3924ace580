#include "engine/fees/formulas.h"

#include <algorithm>

namespace engine::fees {
namespace {

constexpr core::Minor kDaysOfYear = 365;

core::Result<core::Minor> times(core::Minor a, core::Minor b, core::Minor c) {
  TRY(const auto product, core::multiply(a, b));
  return core::multiply(product, c);
}

}  // namespace

core::Result<Exact> management_accrual(core::Minor base, const core::Decimal& rate,
                                       std::uint64_t days) {
  TRY(const auto unit, core::power_of_ten(rate.scale));
  Exact exact;
  TRY(exact.numerator, times(base, rate.digits, static_cast<core::Minor>(days)));
  TRY(exact.denominator, core::multiply(kDaysOfYear, unit));
  return exact;
}

core::Result<Exact> performance_accrual(core::Minor equity, core::Minor mark,
                                        const core::Decimal& rate) {
  TRY(const auto unit, core::power_of_ten(rate.scale));
  if (equity <= mark) return Exact{0, unit};
  TRY(const auto gain, core::subtract(equity, mark));
  TRY(const auto numerator, core::multiply(gain, rate.digits));
  return Exact{numerator, unit};
}

core::Result<Exact> performance_accrual_on(core::Minor equity, core::Minor mark,
                                           const core::Decimal& rate, core::Minor amount) {
  TRY(const Exact whole, performance_accrual(equity, mark, rate));
  if (whole.numerator == 0) return whole;
  Exact part;
  TRY(part.numerator, core::multiply(whole.numerator, amount));
  TRY(part.denominator, core::multiply(whole.denominator, equity));
  return part;
}

core::Result<MarkAfterWithdrawal> withdraw(core::Minor equity, core::Minor mark,
                                           core::Minor amount) {
  return mark_after_withdrawals(WithdrawalRule::ProportionalRestore, equity, mark, amount);
}

core::Result<core::Minor> restored(core::Minor amount, core::Minor loss, core::Minor part) {
  if (part == amount) return loss;
  return core::multiply_divide(loss, part, amount, core::Rounding::Ceiling);
}

}  // namespace engine::fees
