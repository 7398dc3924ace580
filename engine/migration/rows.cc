#include "engine/migration/rows.h"

#include <algorithm>
#include <chrono>

#include "core/check.h"
#include "core/iso4217.h"
#include "engine/accounts.h"
#include "engine/money.h"

namespace engine::migration {
namespace {

constexpr std::size_t kReleasedMax = 100;

core::Result<core::Minor> money(const std::optional<core::Decimal>& value,
                                std::string_view currency, std::string_view field) {
  if (!value) return core::Minor{0};
  TRY(const auto minor, signed_money(*value, currency, field));
  if (minor >= 0) return minor;
  return core::invalid("negative_amount", std::string(field), "It may not be below zero.");
}

core::Error units_wrong(std::string detail) {
  return core::invalid("import_units", "units", std::move(detail));
}

core::Result<core::Minor> unit_count(const core::Decimal& units, std::string_view field) {
  auto count = core::to_minor(units, kUnitScale);
  if (!count) return std::move(count.error()).within(field);
  if (count.value() >= 0) return count;
  return core::invalid("negative_amount", std::string(field), "It may not be below zero.");
}

// Money and units must be of one price, or the first valuation would move money between investors.
core::Result<> check_price(const BeginMigration& migration, std::string_view currency,
                           core::Minor capital, core::Minor units) {
  TRY(const auto all_capital, signed_money(migration.capital, currency, "capital"));
  TRY(const auto all_units, unit_count(*migration.units, "units"));
  if (all_units == 0) return units_wrong("The migration has no units.");
  TRY(const auto share, core::multiply_divide(all_capital, units, all_units, core::Rounding::Down));
  if (capital == share || capital == share + 1) return core::ok();
  return units_wrong("At the price of the whole these units are worth " +
                     core::print_fixed(share, *core::currency_scale(currency)) + " " +
                     std::string(currency) + ".");
}

core::Result<core::Minor> units_of(const BeginMigration& migration, std::string_view currency,
                                   const ImportInvestor& row, core::Minor capital) {
  if (row.units.has_value() != migration.units.has_value()) {
    return units_wrong("Either the migration and all its rows give units, or none does.");
  }
  if (!row.units) {
    TRY(const auto per_minor, core::power_of_ten(kUnitScale - *core::currency_scale(currency)));
    return core::multiply(capital, per_minor);
  }
  TRY(const auto units, unit_count(*row.units, "units"));
  TRY(check_price(migration, currency, capital, units));
  return units;
}

core::Result<core::Minor> mark_of(const ImportInvestor& row, std::string_view currency,
                                  core::Minor capital) {
  if (row.mark.has_value() == row.loss_carry_forward.has_value()) {
    return core::invalid("import_mark", "mark", "Give mark or loss_carry_forward: one of them.");
  }
  if (row.mark) return money(row.mark, currency, "mark");
  TRY(const auto loss, money(row.loss_carry_forward, currency, "loss_carry_forward"));
  return core::add(capital, loss);
}

core::Result<core::Minor> released_of(const BeginMigration& migration, const ImportInvestor& row,
                                      std::string_view currency) {
  if (row.released.size() > kReleasedMax) {
    return core::invalid("too_many_items", "released", "Give at most 100 released losses.");
  }
  core::Minor sum = 0;
  core::Date last = core::kDateMin;
  for (std::size_t i = 0; i < row.released.size(); ++i) {
    const ImportedRelease& part = row.released[i];
    const std::string place = "released: " + std::to_string(i);
    TRY(positive_money(part.amount, currency, place + ": amount"));
    TRY(const auto loss, positive_money(part.loss, currency, place + ": loss"));
    if (part.taken < last || part.taken > migration.trade_date) {
      return core::invalid("import_dates", place + ": taken",
                           "Oldest first, and none after the migration's trade date.");
    }
    last = part.taken;
    TRY(sum, core::add(sum, loss));
  }
  return sum;
}

core::Result<> check_dates(const BeginMigration& migration, const ImportInvestor& row) {
  if (row.joined > migration.trade_date) {
    return core::invalid("import_dates", "joined", "He joined after the migration's trade date.");
  }
  if (!row.period_ended ||
      (*row.period_ended >= row.joined && *row.period_ended <= migration.trade_date)) {
    return core::ok();
  }
  return core::invalid("import_dates", "period_ended",
                       "A period ends after he joined, and not after the trade date.");
}

core::Result<> check_accrued(const ImportInvestor& row, std::string_view currency) {
  for (const auto& [value, field] : {std::pair{row.accrued_management, "accrued_management"},
                                     std::pair{row.accrued_hurdle, "accrued_hurdle"}}) {
    if (value && value->digits < 0) {
      return core::invalid("negative_amount", field, "It may not be below zero.");
    }
  }
  TRY(money(row.charged_this_year, currency, "charged_this_year"));
  TRY(money(row.year_capital, currency, "year_capital"));
  return core::ok();
}

core::Minor to_money(const core::Decimal& value, std::string_view currency) {
  const auto minor = core::to_minor(value, *core::currency_scale(currency));
  CHECK(minor.has_value());  // read_row() looked at it.
  return minor.value();
}

// With all its decimals, in smallest units.
ExactAmount exact_amount(const std::optional<core::Decimal>& value, std::string_view currency) {
  if (!value) return {};
  const unsigned scale = *core::currency_scale(currency);
  if (value->scale <= scale) return {to_money(*value, currency), 1};
  return {value->digits, core::power_of_ten(value->scale - scale).value()};
}

std::uint64_t year_of(core::Date date) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{date.days}}};
  return static_cast<std::uint64_t>(static_cast<int>(day.year()));
}

}  // namespace

core::Result<ExactAmount> pool_mark_of(const core::Decimal& mark_per_unit,
                                       std::string_view currency) {
  if (mark_per_unit.digits <= 0) {
    return core::invalid("not_positive", "mark_per_unit", "The mark must be above zero.");
  }
  TRY(const auto minors, core::power_of_ten(*core::currency_scale(currency)));
  TRY(const auto parts, core::power_of_ten(mark_per_unit.scale + kUnitScale));
  TRY(const auto numerator, core::multiply(mark_per_unit.digits, minors));
  return ExactAmount{numerator, parts};
}

core::Result<InvestorImported> read_row(const BeginMigration& migration, std::string_view currency,
                                        const ImportInvestor& row) {
  InvestorImported import;
  import.row = row;
  TRY(check_dates(migration, row));
  TRY(check_accrued(row, currency));
  TRY(import.capital, money(row.capital, currency, "capital"));
  if (row.floating) {
    TRY(import.floating, signed_money(*row.floating, currency, "floating"));
  }
  TRY(import.units, units_of(migration, currency, row, import.capital));
  TRY(import.mark, mark_of(row, currency, import.capital));
  TRY(import.released, released_of(migration, row, currency));
  return import;
}

std::vector<ReleasedLoss> released_losses(const ImportInvestor& row, std::string_view currency) {
  std::vector<ReleasedLoss> out;
  for (const ImportedRelease& part : row.released) {
    out.push_back({to_money(part.amount, currency), to_money(part.loss, currency), part.taken});
  }
  return out;
}

void open_investor(Investor& investor, const InvestorImported& import, std::string_view currency,
                   core::Date trade_date, bool by_lot) {
  const ImportInvestor& row = import.row;
  investor.offer = row.offer;
  investor.next_offer.reset();
  investor.joined = row.joined;
  investor.opening = import.capital;
  investor.period_base = import.capital;
  investor.management.accrued = exact_amount(row.accrued_management, currency);
  investor.hurdle = exact_amount(row.accrued_hurdle, currency);
  investor.periods = row.periods.value_or(0);
  investor.period_ended = row.period_ended;
  // Of unknown age: taken as new, so that it is looked back at for longest.
  if (import.mark > import.capital) {
    investor.losses = {{investor.periods, import.mark - import.capital}};
  }
  investor.year.year = year_of(trade_date);
  investor.year.capital = row.year_capital ? to_money(*row.year_capital, currency) : import.capital;
  investor.year.charged =
      row.charged_this_year ? to_money(*row.charged_this_year, currency) : core::Minor{0};
  if (!by_lot) return;
  investor.lots = {{1, import.units, import.mark, investor.hurdle}};
  investor.lots_priced = 1;
}

}  // namespace engine::migration
