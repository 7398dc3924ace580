#include "engine/commission/acquisition.h"

#include "engine/commission/amount.h"

namespace engine::commission {

core::Rational acquisition_due(std::span<const Step> ladder, const core::Rational& net_deposits,
                               const core::Rational& paid) {
  core::Rational worth;
  for (const Step& step : ladder) {
    if (net_deposits < step.net_deposits) break;
    worth = step.amount;
  }
  return above_zero(subtract(worth, paid));
}

RevenueShare revenue_share(const core::Rational& net_revenue, const core::Rational& rate,
                           const core::Rational& carried, bool carry_negative) {
  const core::Rational share = add(multiply(net_revenue, rate), carried);
  if (share.sign() >= 0) return {share, {}};
  return {{}, carry_negative ? share : core::Rational()};
}

core::Rational repaid(const core::Rational& earned, const core::Rational& outstanding) {
  return smaller(earned, outstanding);
}

}  // namespace engine::commission
