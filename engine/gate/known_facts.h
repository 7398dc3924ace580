#pragma once

#include <string_view>

namespace engine::gate {

// Whether adapters, captures and cases can say such a fact, and with such a key: a rule that asks
// for anything else could never be met, and is a mistake.
bool is_known_fact(std::string_view fact);
bool is_known_key(std::string_view fact, std::string_view key);

}  // namespace engine::gate
