#include "engine/country.h"

#include <algorithm>

namespace engine {

core::Result<> check_country(const std::string& code, std::string_view field) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (code.size() == 2 && std::ranges::all_of(code, upper)) return core::ok();
  return core::invalid("country", std::string(field), "Use an ISO 3166 code of two letters.");
}

}  // namespace engine
