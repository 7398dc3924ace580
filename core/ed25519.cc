#include "core/ed25519.h"

#include <algorithm>

#include "core/check.h"
#include "core/sodium.h"

namespace core {

static_assert(sizeof(PublicKey::bytes) == crypto_sign_PUBLICKEYBYTES);
static_assert(sizeof(Signature::bytes) == crypto_sign_BYTES);

SigningKey SigningKey::from_seed(const std::array<std::uint8_t, 32>& seed) {
  static_assert(sizeof(SigningKey::secret_) == crypto_sign_SECRETKEYBYTES);
  start_sodium();
  SigningKey key;
  key.seed_ = seed;
  PublicKey unused;
  CHECK(crypto_sign_seed_keypair(unused.bytes.data(), key.secret_.data(), seed.data()) == 0);
  return key;
}

SigningKey::~SigningKey() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_.data(), secret_.size());
}

PublicKey SigningKey::public_key() const {
  // libsodium's secret key is the seed followed by the public key.
  PublicKey key;
  std::copy_n(secret_.begin() + 32, key.bytes.size(), key.bytes.begin());
  return key;
}

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  CHECK(crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(),
                             secret_.data()) == 0);
  return signature;
}

bool verify_signature(const PublicKey& key, ByteView message, const Signature& signature) {
  start_sodium();
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(),
                                     key.bytes.data()) == 0;
}

}  // namespace core
