#pragma once

#include <string>
#include <string_view>

#include "gateway/vault/erasures.h"

namespace gateway::service {

// By its request id an opening finds whether an erasure that was begun was also recorded.
inline constexpr std::string_view kErasureClient = "vault";
inline std::string erasure_request_id(const vault::ErasureId& erasure) {
  return "erase-" + core::to_hex(erasure);
}

}  // namespace gateway::service
