#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/commission/amount.h"

// Exact amounts as they are written.
namespace engine::commission {

inline core::Rational amount(std::string_view text) {
  return exact(core::parse_decimal(text).value());
}
inline std::vector<core::Rational> amounts(const std::vector<std::string_view>& texts) {
  std::vector<core::Rational> out;
  for (const std::string_view text : texts) out.push_back(amount(text));
  return out;
}
// To 18 decimals, rounded down.
inline std::string written(const core::Rational& value) {
  return core::to_string(core::to_decimal(to_accrual(value).value(), kAccrualScale));
}
inline std::string written(const std::vector<core::Rational>& values) {
  std::string out;
  for (const core::Rational& value : values) out += (out.empty() ? "" : " ") + written(value);
  return out;
}

}  // namespace engine::commission
