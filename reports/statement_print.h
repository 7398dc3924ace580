#pragma once

#include <string>

#include "core/text.h"
#include "reports/html_page.h"
#include "reports/statement_model.h"

namespace reports {

// Figures of one statement for people: its language, currency and time zone.
class Print {
 public:
  // Errors: InvalidInput/time_zone if the profile's zone is unknown.
  static core::Result<Print> create(const Statement& statement);

  std::string text(const Text& text) const;
  // Of a table of amounts.
  Caption caption(const Text& title) const;
  // The same where the section's heading says it already.
  Caption repeated_caption(const Text& title) const;
  // "1,234.56", without the currency, which the table's caption or the header names.
  std::string money(Minor minor) const;
  // "1,234.56 EUR"
  std::string money_in_currency(Minor minor) const;
  std::string units(Minor minor) const;
  std::string number(const core::Decimal& value) const;
  std::string number(Minor minor, unsigned scale) const;
  std::string percent(const Return& value) const;
  // A rate of 0.2 as "20.00%".
  std::string percent(const core::Decimal& rate) const;
  std::string change(const SubPeriod& period) const;

  std::string date(core::Instant at) const;
  std::string time(core::Instant at) const;
  // The day before which the period ends: its last one.
  std::string last_date() const;

 private:
  Print(const Statement& statement, core::InstantFormat times);
  std::string_view locale() const { return locale_of(statement_->language); }

  const Statement* statement_;  // Outlives this.
  core::InstantFormat times_;
  // The locale's marks, learnt once: asking ICU for each of some ten thousand numbers takes
  // seconds.
  std::string minus_;
  std::string group_;
  std::string point_;
};

}  // namespace reports
