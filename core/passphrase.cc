#include "core/passphrase.h"

#include "core/check.h"
#include "core/sodium.h"

namespace core {
namespace {

static_assert(sizeof(SealedSecret::salt) == crypto_pwhash_SALTBYTES);
static_assert(sizeof(SealedSecret::nonce) == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

Result<Secret> key_of(const Secret& passphrase, const SealedSecret& sealed) {
  if (passphrase.size() == 0) {
    return invalid("passphrase", "", "The passphrase is empty.");
  }
  const PassphraseCost& cost = sealed.cost;
  if (cost.passes == 0 || cost.passes > kPassesMax || cost.memory_bytes < kPassphraseMemoryMin ||
      cost.memory_bytes > kPassphraseMemoryMax) {
    return invalid("key_cost", "",
                   "A passphrase takes 1 to 16 passes over 8 KiB to 1 GiB; these are others.");
  }
  start_sodium();
  Secret key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  if (crypto_pwhash(key.bytes().data(), key.size(), passphrase.text().data(), passphrase.size(),
                    sealed.salt.data(), cost.passes, cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return unavailable("memory", "",
                       "There is not enough memory to derive the key from the passphrase.");
  }
  return key;
}

}  // namespace

Result<SealedSecret> seal_secret(ByteView plaintext, const Secret& passphrase, ByteView context,
                                 const PassphraseCost& cost, Random& random) {
  SealedSecret sealed;
  sealed.cost = cost;
  random.fill(sealed.salt);
  random.fill(sealed.nonce);
  TRY(const Secret key, key_of(passphrase, sealed));
  sealed.ciphertext.resize(plaintext.size() + kTagBytes);
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(
            sealed.ciphertext.data(), nullptr, plaintext.data(), plaintext.size(), context.data(),
            context.size(), nullptr, sealed.nonce.data(), key.view().data()) == 0);
  return sealed;
}

Result<Secret> open_secret(const SealedSecret& sealed, const Secret& passphrase, ByteView context) {
  TRY(const Secret key, key_of(passphrase, sealed));
  if (sealed.ciphertext.size() >= kTagBytes) {
    Secret plaintext(sealed.ciphertext.size() - kTagBytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(
            plaintext.bytes().data(), nullptr, nullptr, sealed.ciphertext.data(),
            sealed.ciphertext.size(), context.data(), context.size(), sealed.nonce.data(),
            key.view().data()) == 0) {
      return plaintext;
    }
  }
  return invalid("passphrase", "",
                 "The passphrase does not open it: it is another one, or the file was altered.");
}

}  // namespace core
