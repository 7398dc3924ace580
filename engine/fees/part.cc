#include "engine/fees/part.h"

namespace engine::fees {

core::Result<core::Minor> part_of(core::Minor amount, const core::Decimal& rate,
                                  std::string_view field) {
  TRY(const auto unit, core::power_of_ten(rate.scale));
  if (rate.digits < 0 || rate.digits > unit) {
    return core::invalid("rate_range", std::string(field), "A part is from 0 to 1.");
  }
  if (amount < 0) {
    return core::invalid("not_positive", "amount", "A part is taken of what is not below zero.");
  }
  return core::multiply_divide(amount, rate.digits, unit, core::Rounding::Floor);
}

}  // namespace engine::fees
