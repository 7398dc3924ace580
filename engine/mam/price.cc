#include "engine/mam/price.h"

#include "core/exact_decimal.h"

namespace engine::mam {

core::Result<core::Decimal> add_price(const core::Decimal& sum, const core::Decimal& price,
                                      core::Minor steps) {
  return core::add_times(sum, price, steps);
}

core::Result<core::Decimal> replace_price(const core::Decimal& sum, const FillFacts& before,
                                          const FillFacts& after) {
  TRY(const auto without, add_price(sum, before.price, -before.steps));
  return add_price(without, after.price, after.steps);
}

core::Result<std::optional<core::Rational>> average_price(const core::Decimal& price_steps,
                                                          core::Minor filled) {
  if (filled == 0) return std::optional<core::Rational>{};
  const auto sum = core::rational_of(price_steps);
  TRY(const auto average, core::divide(sum, core::Rational(filled)));
  return std::optional(average);
}

core::Result<std::optional<core::Decimal>> account_price(const core::Decimal& price_steps,
                                                         core::Minor filled,
                                                         std::optional<std::uint64_t> digits) {
  if (!digits) return std::optional<core::Decimal>{};
  TRY(const auto average, average_price(price_steps, filled));
  if (!average) return std::optional<core::Decimal>{};
  const auto scale = static_cast<unsigned>(*digits);
  TRY(const auto rounded, core::to_minor(*average, scale, core::Rounding::HalfEven));
  return std::optional(core::to_decimal(rounded, scale));
}

core::Result<core::Rational> value_of(const Order& order, const core::Rational& move,
                                      core::Minor steps) {
  if (!order.contract_size) return core::Rational();
  const auto lot_step = core::rational_of(order.lot_step);
  const auto contract = core::rational_of(*order.contract_size);
  return multiply(multiply(move, core::Rational(steps)), multiply(lot_step, contract));
}

}  // namespace engine::mam
