#include "engine/fees/management_fee.h"

#include <algorithm>

#include "core/check.h"

namespace engine::fees {

core::Result<Exact> management_base(ManagementBase choice, core::Minor begin, core::Minor end) {
  const core::Minor first = std::max<core::Minor>(begin, 0);
  const core::Minor last = std::max<core::Minor>(end, 0);
  switch (choice) {
    case ManagementBase::Begin:
      return whole(first);
    case ManagementBase::End:
      return whole(last);
    case ManagementBase::Average: {
      TRY(const auto sum, core::add(first, last));
      return reduced({sum, 2});
    }
  }
  CHECK(false);
}

core::Result<Exact> management_accrual(const Exact& base, const core::Decimal& rate,
                                       const Fraction& years) {
  TRY(const Exact annual, at_rate(base, rate));
  return multiply(annual, {years.numerator, years.denominator});
}

core::Result<Exact> flat_accrual(core::Minor annual, const Fraction& years) {
  return multiply(whole(annual), {years.numerator, years.denominator});
}

}  // namespace engine::fees
