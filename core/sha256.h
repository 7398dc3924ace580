#pragma once

#include <array>
#include <compare>
#include <memory>
#include <span>

#include "core/bytes.h"

namespace core {

struct Hash {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Hash&) const = default;
  ByteView view() const { return bytes; }
};

// SHA-256 through OpenSSL, which uses the processor's SHA instructions. One context is reused, so
// keep one hasher per thread; copying is not possible.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  // Hashes the concatenation of the parts.
  Hash operator()(std::span<const ByteView> parts);
  Hash operator()(ByteView data);
  Hash operator()(ByteView first, ByteView second);
  Hash operator()(ByteView first, ByteView second, ByteView third);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// One-off hash; in loops keep a Sha256.
Hash sha256(ByteView data);

// Errors: InvalidInput/hash if the text is not 64 lower-case hex digits.
Result<Hash> parse_hash(std::string_view hex);

// HMAC-SHA-256 (RFC 2104).
Hash hmac_sha256(ByteView key, ByteView message);

}  // namespace core
