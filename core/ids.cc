#include "core/ids.h"

#include <algorithm>

namespace core {

Result<std::array<std::uint8_t, 16>> parse_id_bytes(std::string_view hex) {
  std::array<std::uint8_t, 16> id{};
  if (hex.size() == 2 * id.size()) {
    const auto bytes = from_hex(hex);
    if (bytes.has_value()) {
      std::copy(bytes.value().begin(), bytes.value().end(), id.begin());
      return id;
    }
  }
  return invalid("id", "", "An id is 32 lower-case hex digits.");
}

}  // namespace core
