#include "engine/commission/amount.h"

#include "core/check.h"

namespace engine::commission {

core::Rational exact(const core::Decimal& value) {
  return core::Rational::of(value.digits, core::power_of_ten(value.scale).value()).value();
}

core::Result<core::Minor> to_accrual(const core::Rational& amount) {
  return core::to_minor(amount, kAccrualScale, core::Rounding::Floor);
}

core::Minor whole_units(core::Minor accrual, unsigned currency_scale) {
  CHECK(currency_scale <= kAccrualScale);
  const core::Minor unit = core::power_of_ten(kAccrualScale - currency_scale).value();
  const core::Minor whole = accrual / unit;
  return accrual % unit < 0 ? whole - 1 : whole;
}

core::Rational smaller(const core::Rational& a, const core::Rational& b) { return a < b ? a : b; }

core::Rational above_zero(const core::Rational& value) {
  return value.sign() > 0 ? value : core::Rational();
}

}  // namespace engine::commission
