#include "gateway/service/csv.h"

#include "core/decimal.h"

namespace gateway::service {
namespace {

constexpr std::string_view kFormulaBegins = "=+-@\t\r";
constexpr std::string_view kNeedsQuotes = ",\"\r\n";

bool could_be_formula(std::string_view text) {
  if (text.empty() || kFormulaBegins.find(text.front()) == std::string_view::npos) return false;
  return !core::parse_decimal(text).has_value();
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string shown(text);
  if (could_be_formula(text)) shown.insert(shown.begin(), '\'');
  if (shown.find_first_of(kNeedsQuotes) == std::string::npos) return shown;
  std::string out = "\"";
  for (const char c : shown) {
    out += c;
    if (c == '"') out += c;
  }
  return out + "\"";
}

}  // namespace gateway::service
