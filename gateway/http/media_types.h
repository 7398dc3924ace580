#pragma once

#include <span>
#include <string>
#include <string_view>

namespace gateway::http {

// "application/json" of "Application/JSON; charset=utf-8".
std::string media_type(std::string_view content_type);

// The offered type that an Accept header likes best; the earlier one if it likes several equally,
// the first if there is no header, and empty if it refuses them all. Offers may carry parameters
// ("text/html; charset=utf-8"), which do not count.
// Source: RFC 9110 section 12.5.1.
std::string_view choose_type(std::string_view accept, std::span<const std::string_view> offered);

}  // namespace gateway::http
