#include "engine/setup/term_checks.h"

#include <algorithm>

#include "core/check.h"

namespace engine::setup {

core::Result<> in_group(std::string_view group, core::Result<> checked) {
  if (checked) return checked;
  return std::move(checked.error()).within(group);
}

core::Result<> check_fraction(const std::optional<core::Decimal>& rate, std::string_view field) {
  return rate ? check_rate(*rate, 1, field) : core::ok();
}

core::Result<> check_part(const std::optional<core::Decimal>& rate, std::string_view field) {
  TRY(check_fraction(rate, field));
  if (!rate || rate->digits > 0) return core::ok();
  return core::invalid("rate_range", std::string(field),
                       "The rate must be above 0 and at most 1; leave it out for none.");
}

core::Result<> check_money(const std::optional<core::Decimal>& money, std::string_view currency,
                           std::string_view field) {
  if (!money) return core::ok();
  TRY(const auto minor, signed_money(*money, currency, field));
  if (minor >= 0) return core::ok();
  return core::invalid("negative_amount", std::string(field),
                       "The amount may not be below zero; leave it out for none.");
}

core::Result<> check_positive(const std::optional<core::Decimal>& money, std::string_view currency,
                              std::string_view field) {
  if (!money) return core::ok();
  TRY(positive_money(*money, currency, field));
  return core::ok();
}

core::Result<> check_days(const std::optional<std::uint64_t>& days, std::string_view field) {
  if (!days || *days <= kDaysMax) return core::ok();
  return core::invalid("days_range", std::string(field), "Give at most 3660 days.");
}

}  // namespace engine::setup
