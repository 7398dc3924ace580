#include "reports/statement_print.h"

#include <utility>

#include "core/check.h"
#include "reports/statement_labels.h"

namespace reports {
namespace {

constexpr Minor kBasisPoints = 10'000;

std::string_view label_of(std::string_view reason, Language language) {
  if (reason == "no_capital") return in_language(labels::kNoCapital, language);
  if (reason == "result_without_capital") return in_language(labels::kWithoutCapital, language);
  return in_language(labels::kBelowZero, language);
}

}  // namespace

Print::Print(const Statement& statement, core::InstantFormat times)
    : statement_(&statement), times_(std::move(times)) {
  // "-1,234.5": what stands before, between and after these digits.
  const std::string sample = core::format_money({{"", 1}, -12'345}, locale()).value();
  const std::size_t one = sample.find('1');
  const std::size_t two = sample.find("234");
  const std::size_t five = sample.find('5');
  CHECK(one < two && two + 3 < five && five != std::string::npos);
  minus_ = sample.substr(0, one);
  group_ = sample.substr(one + 1, two - one - 1);
  point_ = sample.substr(two + 3, five - two - 3);
}

core::Result<Print> Print::create(const Statement& statement) {
  TRY(auto times,
      core::InstantFormat::create(statement.profile.time_zone, locale_of(statement.language)));
  return Print(statement, std::move(times));
}

std::string Print::text(const Text& text) const {
  return std::string(in_language(text, statement_->language));
}

Caption Print::caption(const Text& title) const {
  return {text(title), text(labels::kAmountsIn) + " " + statement_->currency.code};
}

Caption Print::repeated_caption(const Text& title) const {
  Caption repeated = caption(title);
  repeated.repeats_heading = true;
  return repeated;
}

std::string Print::money_in_currency(Minor minor) const {
  // The locale is one of ours, so nothing can fail.
  return core::format_money({statement_->currency, minor}, locale()).value();
}

std::string Print::number(Minor minor, unsigned scale) const {
  constexpr std::size_t kGroup = 3;  // In the locales of both languages.
  std::string digits = core::print_fixed(minor, scale);
  const bool negative = digits.starts_with('-');
  if (negative) digits.erase(0, 1);
  const std::size_t whole = digits.find('.');
  std::string out = negative ? minus_ : "";
  const std::size_t length = whole == std::string::npos ? digits.size() : whole;
  for (std::size_t i = 0; i < length; ++i) {
    if (i > 0 && (length - i) % kGroup == 0) out += group_;
    out += digits[i];
  }
  if (whole != std::string::npos) out += point_ + digits.substr(whole + 1);
  return out;
}

std::string Print::money(Minor minor) const { return number(minor, statement_->currency.scale); }

std::string Print::units(Minor minor) const { return number(minor, kUnitScale); }

std::string Print::number(const core::Decimal& value) const {
  return number(value.digits, value.scale);
}

std::string Print::percent(const Return& value) const {
  if (!value.basis_points) return std::string(label_of(value.reason, statement_->language));
  return core::format_percent(*value.basis_points, kBasisPoints, locale()).value();
}

std::string Print::percent(const core::Decimal& rate) const {
  const auto one = core::power_of_ten(rate.scale);
  if (!one) return core::to_string(rate);
  const auto printed = core::format_percent(rate.digits, one.value(), locale());
  return printed ? printed.value() : core::to_string(rate);
}

std::string Print::change(const SubPeriod& period) const {
  const auto growth = core::subtract(period.close, period.open);
  if (period.open <= 0 || !growth) return "–";
  const auto printed = core::format_percent(growth.value(), period.open, locale());
  return printed ? printed.value() : "–";
}

// A deal may carry any time at all; one that no calendar holds is printed as it is stored.
std::string Print::date(core::Instant at) const {
  const auto day = core::local_date(statement_->profile.time_zone, at);
  if (!day) return core::to_string(at);
  const auto printed = core::format_date(day.value(), locale());
  return printed ? printed.value() : core::to_string(at);
}

std::string Print::time(core::Instant at) const {
  const auto printed = times_.print(at);
  return printed ? printed.value() : core::to_string(at);
}

std::string Print::last_date() const { return date({statement_->to.micros - 1}); }

}  // namespace reports
