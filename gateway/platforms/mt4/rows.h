#pragma once

#include <cstdint>
#include <string_view>

#include "core/result.h"
#include "gateway/platforms/mt4/statement.h"

// What a row of a statement means, for both readers.
namespace gateway::mt4 {

// One row before its meaning is read. A column that the form does not have is empty.
struct RowText {
  std::int64_t row = 0;
  std::string_view ticket;
  std::string_view open_time;
  std::string_view type;
  std::string_view lots;
  std::string_view symbol;
  std::string_view open_price;
  std::string_view sl;
  std::string_view tp;
  std::string_view close_time;
  std::string_view close_price;
  std::string_view commission;
  std::string_view taxes;
  std::string_view swap;
  std::string_view profit;
  std::string_view comment;
};

// Puts the row where its type says it belongs. The statement's currency must be known.
core::Result<> add_row(const RowText& row, std::string_view time_zone, Statement& statement);

}  // namespace gateway::mt4
