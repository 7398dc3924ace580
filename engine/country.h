#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace engine {

// Errors: InvalidInput/country at `field` if it is not two capitals.
core::Result<> check_country(const std::string& code, std::string_view field);

}  // namespace engine
