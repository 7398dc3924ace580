#pragma once

#include <unicode/basictz.h>

#include <cstdint>
#include <memory>
#include <string_view>

#include "core/result.h"

namespace core {

// An IANA zone from ICU's tables. For the .cc files of core/ that call ICU only.
//
// Errors: InvalidInput/time_zone if ICU does not know it, or if IANA does not: ICU also takes
//         "GMT+3" and old abbreviations such as "BST", which it reads as Bangladesh time.
Result<std::unique_ptr<icu::BasicTimeZone>> find_zone(std::string_view name);

// ICU counts time in double milliseconds; whole ones are exact there for 285,000 years around 1970.
inline UDate icu_date(std::int64_t millis) { return static_cast<UDate>(millis); }

}  // namespace core
