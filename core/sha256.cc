#include "core/sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>

#include "core/check.h"

namespace core {
namespace {

constexpr std::size_t kHmacBlockBytes = 64;  // The block size of SHA-256, RFC 2104 section 2.

// Fetched once for the process and never freed: a fetch costs as much as a short hash.
const EVP_MD* sha256_method() {
  static const EVP_MD* const kMethod = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kMethod;
}

}  // namespace

struct Sha256::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();

  Context() = default;
  Context(const Context&) = delete;  // It owns the OpenSSL context.
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  CHECK(context_->evp != nullptr);
  CHECK(sha256_method() != nullptr);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Hash Sha256::operator()(std::span<const ByteView> parts) {
  CHECK(context_ != nullptr);
  EVP_MD_CTX* const evp = context_->evp;
  // These calls fail only without memory or with a broken OpenSSL; no hash may be invented then.
  CHECK(EVP_DigestInit_ex2(evp, sha256_method(), nullptr) == 1);
  for (const ByteView part : parts) {
    CHECK(EVP_DigestUpdate(evp, part.data(), part.size()) == 1);
  }
  Hash hash;
  unsigned size = 0;
  CHECK(EVP_DigestFinal_ex(evp, hash.bytes.data(), &size) == 1);
  CHECK(size == hash.bytes.size());
  return hash;
}

Hash Sha256::operator()(ByteView data) { return (*this)(std::span<const ByteView>(&data, 1)); }

Hash Sha256::operator()(ByteView first, ByteView second) {
  const std::array<ByteView, 2> parts{first, second};
  return (*this)(std::span<const ByteView>(parts));
}

Hash Sha256::operator()(ByteView first, ByteView second, ByteView third) {
  const std::array<ByteView, 3> parts{first, second, third};
  return (*this)(std::span<const ByteView>(parts));
}

Hash sha256(ByteView data) { return Sha256()(data); }

Result<Hash> parse_hash(std::string_view hex) {
  Hash hash;
  if (hex.size() == 2 * hash.bytes.size()) {
    const auto bytes = from_hex(hex);
    if (bytes.has_value()) {
      std::copy(bytes.value().begin(), bytes.value().end(), hash.bytes.begin());
      return hash;
    }
  }
  return invalid("hash", "", "A hash is 64 lower-case hex digits.");
}

Hash hmac_sha256(ByteView key, ByteView message) {
  Sha256 hasher;
  std::array<std::uint8_t, kHmacBlockBytes> inner{};
  if (key.size() > kHmacBlockBytes) {
    const Hash short_key = hasher(key);
    std::copy(short_key.bytes.begin(), short_key.bytes.end(), inner.begin());
  } else {
    std::copy(key.begin(), key.end(), inner.begin());
  }
  std::array<std::uint8_t, kHmacBlockBytes> outer = inner;
  for (std::uint8_t& byte : inner) byte ^= 0x36;  // ipad, RFC 2104 section 2.
  for (std::uint8_t& byte : outer) byte ^= 0x5c;  // opad.
  const Hash inner_hash = hasher(inner, message);
  const Hash hash = hasher(outer, inner_hash.view());
  // The pads are the key in disguise.
  OPENSSL_cleanse(inner.data(), inner.size());
  OPENSSL_cleanse(outer.data(), outer.size());
  return hash;
}

}  // namespace core
