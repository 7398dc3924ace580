#include "engine/fees/waterfall.h"

#include <string>

#include "engine/fees/exact.h"

namespace engine::fees {
namespace {

core::Error out_of_range(std::string at) {
  return core::invalid("rate_range", std::move(at),
                       "A share is from 0 to 1, and all shares of a fee together too.");
}

core::Result<Exact> share_of(const core::Decimal& rate, const std::string& at) {
  TRY(const Exact share, exact(rate));
  if (share.numerator < 0 || share.numerator > share.denominator) return out_of_range(at);
  return share;
}

core::Result<core::Minor> floor_share(core::Minor amount, const core::Decimal& rate) {
  TRY(const auto unit, core::power_of_ten(rate.scale));
  return core::multiply_divide(amount, rate.digits, unit, core::Rounding::Floor);
}

core::Result<core::Minor> tax_of(core::Minor fee, const WaterfallTerms& terms) {
  if (terms.tax_mode == TaxMode::OnTop) return floor_share(fee, terms.tax_rate);
  TRY(const auto unit, core::power_of_ten(terms.tax_rate.scale));
  return core::multiply_divide(fee, terms.tax_rate.digits, unit + terms.tax_rate.digits,
                               core::Rounding::Floor);
}

}  // namespace

core::Result<> check_waterfall(const WaterfallTerms& terms) {
  if (terms.introducing_shares.size() > kIntroducingLevelsMax) {
    return out_of_range("introducing_shares");
  }
  TRY(share_of(terms.tax_rate, "tax_rate"));
  TRY(share_of(terms.partner_share, "partner_share"));
  TRY(Exact sum, share_of(terms.broker_share, "broker_share"));
  for (std::size_t i = 0; i < terms.introducing_shares.size(); ++i) {
    const std::string at = "introducing_shares[" + std::to_string(i) + "]";
    TRY(const Exact share, share_of(terms.introducing_shares[i], at));
    TRY(sum, add(sum, share));
    if (sum.numerator > sum.denominator) return out_of_range(at);
  }
  return core::ok();
}

core::Result<FeeShares> shares_of(core::Minor fee, const WaterfallTerms& terms) {
  TRY(check_waterfall(terms));
  if (fee < 0) return core::invalid("not_positive", "fee", "A fee below zero is not shared.");
  FeeShares shares;
  TRY(shares.tax, tax_of(fee, terms));
  const bool on_top = terms.tax_mode == TaxMode::OnTop;
  TRY(shares.taken, core::add(fee, on_top ? shares.tax : 0));
  const core::Minor base = shares.taken - shares.tax;
  TRY(shares.broker, floor_share(base, terms.broker_share));
  // No floor is above its share, and the shares are at most 1: the rest is never below zero.
  core::Minor rest = base - shares.broker;
  for (const core::Decimal& rate : terms.introducing_shares) {
    TRY(const auto share, floor_share(base, rate));
    shares.introducing.push_back(share);
    rest -= share;
  }
  TRY(shares.partner, floor_share(rest, terms.partner_share));
  shares.manager = rest - shares.partner;
  return shares;
}

}  // namespace engine::fees
