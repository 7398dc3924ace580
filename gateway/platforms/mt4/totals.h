#pragma once

#include <string_view>
#include <vector>

#include "core/decimal.h"
#include "core/result.h"
#include "gateway/platforms/mt4/statement.h"

// Whether a statement agrees with itself.
namespace gateway::mt4 {

// Errors: InvalidInput/mt4_duplicate_ticket.
core::Result<> check_tickets(const Statement& statement);

// The summary against the rows.
// Errors: InvalidInput/mt4_identity with both figures.
core::Result<> check_totals(const Statement& statement);

// The results of the trades together.
core::Minor total_result(const std::vector<TradeRow>& trades, const core::Commodity& currency);
// One column of the trades together.
core::Minor total_of(core::Decimal TradeRow::*column, const std::vector<TradeRow>& trades,
                     const core::Commodity& currency);

struct Figure {
  std::string_view at;       // The statement's word for it.
  std::string_view meaning;  // What the rows say it must be.
  core::Minor computed = 0;
};

// Errors: InvalidInput/mt4_identity with both figures.
core::Result<> check_figure(const Figure& figure, const core::Decimal& stated,
                            const core::Commodity& currency);

}  // namespace gateway::mt4
