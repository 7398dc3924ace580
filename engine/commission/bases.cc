#include "engine/commission/bases.h"

#include "engine/commission/amount.h"

namespace engine::commission {
namespace {

constexpr core::Minor kMillion = 1'000'000;

}  // namespace

core::Rational notional(const core::Rational& lots, const core::Rational& contract_size,
                        const core::Rational& price) {
  return multiply(multiply(lots, contract_size), price);
}

core::Rational millions(const core::Rational& notional) {
  return multiply(notional, core::Rational::of(1, kMillion).value());
}

core::Rational value_of_point(const core::Rational& lots, const core::Rational& tick_size,
                              const core::Rational& contract_size) {
  return multiply(multiply(lots, tick_size), contract_size);
}

core::Rational spread_money(const core::Rational& spread, const core::Rational& contract_size,
                            const core::Rational& lots) {
  return multiply(multiply(spread, contract_size), lots);
}

core::Rational damped(const core::Rational& spread, const core::Rational& average) {
  return smaller(spread, average);
}

core::Rational net_revenue(const Revenue& revenue) {
  const core::Rational earned = add(add(revenue.spread, revenue.commission), revenue.swap_markup);
  const core::Rational costs = add(add(revenue.bonus, revenue.chargebacks), revenue.payment_cost);
  return subtract(earned, costs);
}

}  // namespace engine::commission
