#pragma once

#include <array>

#include "core/bytes.h"

namespace core {

// RFC 8032 Ed25519 through libsodium: deterministic signatures.
struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const PublicKey&) const = default;
};
struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  auto operator<=>(const Signature&) const = default;
};

// A private key; its memory is wiped when it dies. Never printed or logged.
class SigningKey {
 public:
  // The key of a 32-byte seed.
  static SigningKey from_seed(const std::array<std::uint8_t, 32>& seed);
  ~SigningKey();
  SigningKey(const SigningKey&) = default;
  SigningKey& operator=(const SigningKey&) = default;

  PublicKey public_key() const;
  Signature sign(ByteView message) const;
  const std::array<std::uint8_t, 32>& seed() const { return seed_; }

 private:
  SigningKey() = default;
  std::array<std::uint8_t, 32> seed_{};
  std::array<std::uint8_t, 64> secret_{};
};

// Strict: one signature has one spelling. Refused besides a wrong signature are S >= L, keys and R
// of small order or not in their one encoding. Source: RFC 8032 section 5.1.7; libsodium's checks.
bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature);

}  // namespace core
