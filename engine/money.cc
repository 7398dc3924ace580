#include "engine/money.h"

#include "core/iso4217.h"

namespace engine {

core::Result<> check_currency(std::string_view code, std::string_view field) {
  if (core::currency_scale(code)) return core::ok();
  return core::invalid("unknown_currency", std::string(field),
                       "Use the ISO 4217 code of a currency, such as EUR.");
}

core::Result<core::Minor> signed_money(const core::Decimal& value, std::string_view currency,
                                       std::string_view field) {
  TRY(check_currency(currency, field));
  auto minor = core::to_minor(value, *core::currency_scale(currency));
  if (!minor) return std::move(minor.error()).within(field);
  return minor;
}

core::Result<core::Minor> positive_money(const core::Decimal& value, std::string_view currency,
                                         std::string_view field) {
  TRY(const auto minor, signed_money(value, currency, field));
  if (minor > 0) return minor;
  return core::invalid("not_positive", std::string(field), "The amount must be above zero.");
}

core::Result<> check_rate(const core::Decimal& rate, std::int64_t max, std::string_view field) {
  TRY(const auto unit, core::power_of_ten(rate.scale));
  TRY(const auto limit, core::multiply(unit, max));
  if (rate.digits >= 0 && rate.digits <= limit) return core::ok();
  return core::invalid("rate_range", std::string(field),
                       "The rate must be from 0 to " + std::to_string(max) + "; 0.20 is 20 %.");
}

}  // namespace engine
