#include "reports/statement_print.h"

#include "core/text.h"
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

core::Result<Print> Print::create(const Statement& statement) {
  TRY(core::local_date(statement.profile.time_zone, statement.from));
  return Print(statement);
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
  // Money of a commodity without a code is a number and the space before the code.
  const core::Commodity none{"", static_cast<std::uint8_t>(scale)};
  std::string out = core::format_money({none, minor}, locale()).value();
  constexpr std::string_view kNoBreakSpace = "\u00A0";
  CHECK(out.ends_with(kNoBreakSpace));
  out.resize(out.size() - kNoBreakSpace.size());
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
  const auto printed = core::format_instant(at, statement_->profile.time_zone, locale());
  return printed ? printed.value() : core::to_string(at);
}

std::string Print::last_date() const { return date({statement_->to.micros - 1}); }

}  // namespace reports
