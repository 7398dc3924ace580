#include "reports/performance.h"

#include "core/check.h"
#include "core/rational.h"

namespace reports {
namespace {

using core::Minor;
using core::Rational;

constexpr unsigned kExactScale = 8;
constexpr unsigned kBasisPointScale = 4;

Return none(std::string_view method, std::string_view reason) { return {method, {}, {}, reason}; }

// `growth` is one for no change.
core::Result<Return> rounded(std::string_view method, const Rational& growth) {
  const Rational rate = core::subtract(growth, Rational(1));
  TRY(const Minor rate_e8, core::to_minor(rate, kExactScale, core::Rounding::HalfEven));
  TRY(const Minor basis_points, core::to_minor(rate, kBasisPointScale, core::Rounding::HalfEven));
  return Return{method, rate_e8, basis_points, {}};
}

// The sub-period being cut.
class Cutter {
 public:
  explicit Cutter(const PeriodValues& values) : from_(values.from), open_(values.open) {}

  void end(core::Instant to, Minor value) {
    const bool empty = open_ == 0 && value == 0;
    if (!empty && (from_ != to || open_ != value)) periods_.push_back({from_, to, open_, value});
    begin(to, value);
  }
  void begin(core::Instant from, Minor value) {
    from_ = from;
    open_ = value;
  }
  std::vector<SubPeriod> take() { return std::move(periods_); }

 private:
  core::Instant from_;
  Minor open_;
  std::vector<SubPeriod> periods_;
};

// The time in a period that there was value; empty if there never was.
struct Invested {
  core::Instant from;
  core::Instant to;
};

core::Result<Invested> invested_time(const PeriodValues& values) {
  Invested invested{values.from, values.from};
  Minor value = values.open;
  bool any = value != 0;
  for (const ValueStep& step : values.steps) {
    // The value until here was not nothing, or it is not from here on.
    if (value != 0) invested.to = step.at;
    TRY(value, core::add(value, step.change));
    if (!any && value != 0) invested = {step.at, step.at};
    any = any || value != 0;
  }
  if (value != 0) invested.to = values.to;
  return invested;
}

}  // namespace

core::Result<std::vector<SubPeriod>> sub_periods(const PeriodValues& values) {
  Cutter cutter(values);
  Minor value = values.open;
  for (const ValueStep& step : values.steps) {
    CHECK(step.at >= values.from && step.at < values.to);
    TRY(const Minor result, core::subtract(step.change, step.flow));
    TRY(value, core::add(value, result));
    if (step.flow != 0 || step.priced) cutter.end(step.at, value);
    if (step.flow == 0) continue;
    TRY(value, core::add(value, step.flow));
    cutter.begin(step.at, value);
  }
  cutter.end(values.to, value);
  return cutter.take();
}

core::Result<Return> time_weighted(std::span<const SubPeriod> periods) {
  if (periods.empty()) return none(kTimeWeighted, "no_capital");
  Rational growth(1);
  for (const SubPeriod& period : periods) {
    if (period.open < 0 || period.close < 0) return none(kTimeWeighted, "value_below_zero");
    if (period.open == 0) return none(kTimeWeighted, "result_without_capital");
    TRY(const Rational factor, Rational::of(period.close, period.open));
    growth = core::multiply(growth, factor);
  }
  return rounded(kTimeWeighted, growth);
}

core::Result<Return> modified_dietz(const PeriodValues& values) {
  TRY(const Invested invested, invested_time(values));
  const Minor length = Minor{invested.to.micros} - invested.from.micros;
  if (length == 0) return none(kModifiedDietz, "no_capital");
  Rational gain;
  Rational capital(values.open);
  for (const ValueStep& step : values.steps) {
    gain = core::add(gain, core::subtract(Rational(step.change), Rational(step.flow)));
    const Minor remaining = Minor{invested.to.micros} - step.at.micros;
    TRY(const Rational weight, Rational::of(remaining, length));
    capital = core::add(capital, core::multiply(Rational(step.flow), weight));
  }
  if (capital.sign() == 0) return none(kModifiedDietz, "result_without_capital");
  if (capital.sign() < 0) return none(kModifiedDietz, "value_below_zero");
  TRY(const Rational rate, core::divide(gain, capital));
  return rounded(kModifiedDietz, core::add(rate, Rational(1)));
}

}  // namespace reports
