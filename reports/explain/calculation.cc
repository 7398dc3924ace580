#include "reports/explain/calculation.h"

#include <algorithm>

#include "core/iso4217.h"
#include "core/rational.h"
#include "engine/accounts.h"

namespace reports::explain {
namespace {

constexpr unsigned kMoreDecimals = 6;

}  // namespace

void Calculation::set_currency(std::string currency) {
  currency_ = std::move(currency);
  scale_ = core::currency_scale(currency_).value_or(0);
}

std::string Calculation::money(core::Minor amount) const {
  return core::print_fixed(amount, scale_) + (currency_.empty() ? "" : " " + currency_);
}

std::string Calculation::units(core::Minor amount) {
  return core::print_fixed(amount, engine::kUnitScale);
}

std::string Calculation::exact(core::Minor numerator, core::Minor denominator) const {
  const auto fraction = core::Rational::of(numerator, denominator);
  if (!fraction) return core::to_string(numerator) + "/" + core::to_string(denominator);
  const auto cut = core::to_minor(fraction.value(), kMoreDecimals, core::Rounding::Down);
  if (!cut) return core::to_string(numerator) + "/" + core::to_string(denominator);
  const auto back = core::Rational::of(cut.value(), 1'000'000);
  const bool whole = back && back.value() == fraction.value();
  return core::print_fixed(cut.value(), scale_ + kMoreDecimals) + (whole ? " " : ".. ") + currency_;
}

void Calculation::given(std::string what, std::string value) {
  out_.steps.push_back({std::move(what), "", std::move(value)});
}

void Calculation::check(std::string what, std::string how, std::string computed,
                        std::string recorded) {
  Step step{std::move(what), std::move(how), std::move(computed), true};
  if (step.value != recorded) step.recorded = std::move(recorded);
  out_.steps.push_back(std::move(step));
}

void Calculation::require(bool holds, std::string what, std::string how, std::string recorded) {
  Step step{std::move(what), "", std::move(how), true};
  if (!holds) step.recorded = std::move(recorded);
  out_.steps.push_back(std::move(step));
}

void Calculation::rests_on(std::uint64_t seq, std::string what) {
  const bool there =
      std::ranges::any_of(out_.rests_on, [&](const RestsOn& one) { return one.seq == seq; });
  if (!there) out_.rests_on.push_back({seq, std::move(what)});
}

core::Minor Calculation::posted(std::string_view account, std::string_view commodity) const {
  core::Minor sum = 0;
  for (const ledger::PostingView& posting : record_.postings) {
    if (posting.account == account && posting.commodity == commodity) sum += posting.amount;
  }
  return sum;
}

core::Result<bool> same_fraction(core::Minor a, core::Minor b, core::Minor c, core::Minor d) {
  TRY(const auto left, core::Rational::of(a, b));
  TRY(const auto right, core::Rational::of(c, d));
  return left == right;
}

}  // namespace reports::explain
