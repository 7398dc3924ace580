#include "engine/fees/cap.h"

#include <algorithm>

namespace engine::fees {

core::Result<core::Minor> annual_cap(const core::Decimal& rate, core::Minor capital) {
  if (rate.digits < 0) return core::invalid("rate_range", "cap", "A cap is not below 0.");
  TRY(const auto unit, core::power_of_ten(rate.scale));
  return core::multiply_divide(std::max<core::Minor>(capital, 0), rate.digits, unit,
                               core::Rounding::Floor);
}

core::Result<CappedFee> capped(core::Minor fee, core::Minor cap, core::Minor charged) {
  if (fee < 0) return core::invalid("not_positive", "fee", "A fee below zero has no cap.");
  TRY(const auto left, core::subtract(cap, charged));
  const core::Minor allowed = std::min(fee, std::max<core::Minor>(left, 0));
  return CappedFee{allowed, fee - allowed};
}

}  // namespace engine::fees
