#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/exact_decimal.h"
#include "engine/country.h"
#include "engine/money.h"

// What single terms of an offer must look like. What is absent is right.
namespace engine::setup {

inline constexpr std::uint64_t kDaysMax = 3660;  // Ten years.

// Puts the group's name before the place of an error.
core::Result<> in_group(std::string_view group, core::Result<> checked);

// From 0 to 1. Errors: InvalidInput/rate_range.
core::Result<> check_fraction(const std::optional<core::Decimal>& rate, std::string_view field);
// Above 0, to 1: what would mean nothing at 0. Errors: InvalidInput/rate_range.
core::Result<> check_part(const std::optional<core::Decimal>& rate, std::string_view field);
// Of the currency's precision and not below zero.
// Errors: InvalidInput/precision, InvalidInput/negative_amount; Overflow.
core::Result<> check_money(const std::optional<core::Decimal>& money, std::string_view currency,
                           std::string_view field);
// The same, and above zero. Errors: InvalidInput/precision, InvalidInput/not_positive; Overflow.
core::Result<> check_positive(const std::optional<core::Decimal>& money, std::string_view currency,
                              std::string_view field);
// Errors: InvalidInput/days_range beyond ten years.
core::Result<> check_days(const std::optional<std::uint64_t>& days, std::string_view field);

}  // namespace engine::setup
