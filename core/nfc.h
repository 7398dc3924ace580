#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace core {

// The text in Unicode's normal form C, so that two ways to write one name are the same bytes.
//
// Errors: InvalidInput/text if it is no well-formed UTF-8.
// Source: Unicode Standard Annex #15, by ICU.
Result<std::string> to_nfc(std::string_view text);

}  // namespace core
