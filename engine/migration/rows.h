#pragma once

#include "engine/context.h"

namespace engine::migration {

// A row in smallest units, with the mark it comes to: H = E + L if the loss is given.
//
// Rounding: units at par are exact; the capital of given units may differ from the exact share of
//           the pool by less than one smallest unit.
// Errors:   InvalidInput/import_mark, import_units, import_dates, negative_amount; those of
// amounts.
core::Result<InvestorImported> read_row(const BeginMigration& migration, std::string_view currency,
                                        const ImportInvestor& row);

// A price of a unit in smallest units of money for one smallest part of a unit.
// Errors: InvalidInput/not_positive; Overflow.
core::Result<ExactAmount> pool_mark_of(const core::Decimal& mark_per_unit,
                                       std::string_view currency);

// What the row says of the investor from the cut-over on.
void open_investor(Investor& investor, const InvestorImported& import, std::string_view currency,
                   core::Date trade_date, bool by_lot);
std::vector<ReleasedLoss> released_losses(const ImportInvestor& row, std::string_view currency);

}  // namespace engine::migration
