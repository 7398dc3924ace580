#include "core/sha256_stream.h"

#include <openssl/evp.h>

#include "core/check.h"

namespace core {

struct Sha256Stream::Context {
  EVP_MD_CTX* evp = EVP_MD_CTX_new();

  Context() = default;
  Context(const Context&) = delete;  // It owns the OpenSSL context.
  Context& operator=(const Context&) = delete;
  ~Context() { EVP_MD_CTX_free(evp); }
};

// These calls fail only without memory or with a broken OpenSSL; no hash may be invented then.
Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {
  CHECK(context_->evp != nullptr);
  CHECK(EVP_DigestInit_ex2(context_->evp, EVP_sha256(), nullptr) == 1);
}
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(ByteView piece) {
  CHECK(EVP_DigestUpdate(context_->evp, piece.data(), piece.size()) == 1);
}

Hash Sha256Stream::finish() {
  Hash hash;
  CHECK(EVP_DigestFinal_ex(context_->evp, hash.bytes.data(), nullptr) == 1);
  return hash;
}

}  // namespace core
