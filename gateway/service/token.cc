#include "gateway/service/token.h"

#include "core/sha256.h"

namespace gateway::service {

bool token_matches(std::string_view given, std::string_view expected) {
  if (expected.empty()) return false;
  // Digests are of one length and reveal nothing by how far they agree; they are still compared
  // whole.
  const core::Hash a = core::sha256(core::as_bytes(given));
  const core::Hash b = core::sha256(core::as_bytes(expected));
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.bytes.size(); ++i) {
    difference |= static_cast<unsigned>(a.bytes[i] ^ b.bytes[i]);
  }
  return difference == 0;
}

}  // namespace gateway::service
