#pragma once

#include <cstddef>
#include <istream>
#include <string>

namespace gateway::cli {

// The next line without its end, also the last one if nothing ends it; false if there is none. Of a
// line over `bytes_max` one byte more is kept, so that who reads it sees that it is too long.
bool read_line(std::istream& input, std::size_t bytes_max, std::string& line);

}  // namespace gateway::cli
