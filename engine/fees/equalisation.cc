#include "engine/fees/equalisation.h"

namespace engine::fees {

core::Result<Exact> gross_asset_value(const Exact& nav, const Exact& mark,
                                      const core::Decimal& rate) {
  TRY(const Exact part, exact(rate));
  if (part.numerator < 0 || part.numerator >= part.denominator) {
    return core::invalid("rate_range", "rate", "A performance fee is from 0 to below 1.");
  }
  TRY(const Exact gain, excess(nav, mark));
  if (gain.numerator == 0) return nav;
  TRY(const Exact gross, multiply(gain, {part.denominator, part.denominator - part.numerator}));
  return add(mark, gross);
}

core::Result<Exact> equalisation_credit(const Exact& entry, const Exact& mark,
                                        const core::Decimal& rate) {
  TRY(const Exact above, excess(entry, mark));
  return at_rate(above, rate);
}

core::Result<Exact> credit_now(const Exact& credit, const Exact& gav, const Exact& mark,
                               const core::Decimal& rate) {
  TRY(const Exact accrued, equalisation_credit(gav, mark, rate));
  return smaller(credit, accrued);
}

core::Result<Exact> contingent_redemption(const Exact& entry, const Exact& gav, const Exact& mark,
                                          const core::Decimal& rate) {
  TRY(const Exact reached, smaller(gav, mark));
  TRY(const Exact gain, excess(reached, entry));
  return at_rate(gain, rate);
}

core::Result<Exact> equalised_fee(const Exact& entry, const Exact& gav, const Exact& mark,
                                  const core::Decimal& rate) {
  TRY(const Exact of_fund, equalisation_credit(gav, mark, rate));
  TRY(const Exact credit, equalisation_credit(entry, mark, rate));
  TRY(const Exact returned, credit_now(credit, gav, mark, rate));
  TRY(const Exact redeemed, contingent_redemption(entry, gav, mark, rate));
  TRY(const Exact paid, subtract(of_fund, returned));
  return add(paid, redeemed);
}

}  // namespace engine::fees
