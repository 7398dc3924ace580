#include "gateway/cli/lines.h"

namespace gateway::cli {

bool read_line(std::istream& input, std::size_t bytes_max, std::string& line) {
  line.clear();
  char c = 0;
  bool any = false;
  while (input.get(c)) {
    any = true;
    if (c == '\n') return true;
    if (line.size() <= bytes_max) line += c;
  }
  return any;
}

}  // namespace gateway::cli
