#include "gateway/platforms/mt4/html_columns.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "gateway/platforms/mt4/fields.h"

namespace gateway::mt4 {
namespace {

// As printed, but without spaces, which builds set differently; they also differ in a few words.
struct Column {
  std::string_view name;
  std::string_view other = name;
};

constexpr std::array<Column, 8> kFirst = {{{"Ticket"},
                                           {"OpenTime"},
                                           {"Type"},
                                           {"Size", "Volume"},
                                           {"Item", "Symbol"},
                                           {"Price"},
                                           {"S/L"},
                                           {"T/P"}}};
constexpr std::array<Column, 6> kClosed = {
    {{"CloseTime"}, {"Price"}, {"Commission"}, {"Taxes"}, {"Swap"}, {"Profit"}}};
constexpr std::array<Column, 6> kOpen = {
    {{""}, {"Price", "MarketPrice"}, {"Commission"}, {"Taxes"}, {"Swap"}, {"Profit"}}};
constexpr std::array<Column, 2> kWorking = {{{"MarketPrice"}, {""}}};

std::span<const Column> last_columns(Section section) {
  if (section == Section::Closed) return kClosed;
  if (section == Section::Open) return kOpen;
  return kWorking;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += c;
  }
  return out;
}

}  // namespace

core::Result<> check_columns(const core::HtmlRow& row, Section section) {
  const std::span<const Column> last = last_columns(section);
  const std::size_t count = kFirst.size() + last.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Column& column = i < kFirst.size() ? kFirst[i] : last[i - kFirst.size()];
    const std::string found = i < row.cells.size() ? without_spaces(row.cells[i].text) : "(none)";
    if (found == column.name || found == column.other) continue;
    return core::invalid("mt4_header", "",
                         "Expected " + quoted(column.name) + " as column " + std::to_string(i + 1) +
                             ", found " + quoted(found) + ".");
  }
  if (row.cells.size() == count) return core::ok();
  return core::invalid("mt4_header", "",
                       "Expected " + std::to_string(count) + " columns, found " +
                           std::to_string(row.cells.size()) + ".");
}

}  // namespace gateway::mt4
