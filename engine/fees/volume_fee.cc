#include "engine/fees/volume_fee.h"

namespace engine::fees {
namespace {

constexpr core::Minor kMillion = 1'000'000;

core::Result<> check_not_negative(core::Minor volume, const core::Decimal& rate) {
  if (volume < 0 || rate.digits < 0) {
    return core::invalid("not_positive", volume < 0 ? "volume" : "rate",
                         "A volume and its rate are not below zero.");
  }
  return core::ok();
}

}  // namespace

core::Result<Exact> per_lot_fee(const core::Decimal& lots, const core::Decimal& rate,
                                unsigned currency_scale) {
  TRY(check_not_negative(lots.digits, rate));
  TRY(const auto unit, core::power_of_ten(currency_scale));
  TRY(const Exact volume, exact(lots));
  TRY(const Exact money, at_rate(volume, rate));
  return multiply(money, whole(unit));
}

core::Result<Exact> per_million_fee(core::Minor notional, const core::Decimal& rate) {
  TRY(check_not_negative(notional, rate));
  return at_rate({notional, kMillion}, rate);
}

}  // namespace engine::fees
