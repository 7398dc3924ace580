#include "reports/journals/header.h"

#include <array>
#include <cstdint>

namespace reports::journals {
namespace {

// Percent-encoded but for printable ASCII: a line break would end the comment and let the rest be
// read as entries, and hledger cannot read other letters where no UTF-8 locale is set.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= ' ' && c <= '~' && c != '%') {
      out += c;
    } else {
      const std::array<std::uint8_t, 1> byte = {static_cast<std::uint8_t>(c)};
      out += '%' + core::to_hex(byte);
    }
  }
  return out;
}

}  // namespace

std::string header_comment(const JournalHeader& header, std::string_view check_command) {
  std::string out = "; Tallystick journal: one transaction for each record that has postings.\n";
  out += "; origin: " + one_line(header.origin) + '\n';
  out += "; size: " + std::to_string(header.size) + '\n';
  out += "; root: " + one_line(header.root) + '\n';
  if (header.simulated)
    out += "; SIMULATED: this book was made from a seed; nobody owns its money.\n";
  out += "; check with: " + std::string(check_command) + '\n';
  return out;
}

}  // namespace reports::journals
