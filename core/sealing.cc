#include "core/sealing.h"

#include <algorithm>

#include "core/check.h"
#include "core/sodium.h"

namespace core {

static_assert(kSealKeyBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealTagBytes == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(sizeof(SealNonce) == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(kSealKeyBytes == crypto_secretstream_xchacha20poly1305_KEYBYTES);
static_assert(kStreamHeaderBytes == crypto_secretstream_xchacha20poly1305_HEADERBYTES);
static_assert(kStreamPieceExtraBytes == crypto_secretstream_xchacha20poly1305_ABYTES);

Bytes encrypt(ByteView plaintext, ByteView key, const SealNonce& nonce, ByteView context) {
  CHECK(key.size() == kSealKeyBytes);
  start_sodium();
  Bytes out(plaintext.size() + kSealTagBytes);
  CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(out.data(), nullptr, plaintext.data(),
                                                   plaintext.size(), context.data(), context.size(),
                                                   nullptr, nonce.data(), key.data()) == 0);
  return out;
}

bool decrypt(std::span<std::uint8_t> plaintext, ByteView ciphertext, ByteView key,
             const SealNonce& nonce, ByteView context) {
  CHECK(key.size() == kSealKeyBytes);
  CHECK(ciphertext.size() == plaintext.size() + kSealTagBytes);
  start_sodium();
  return crypto_aead_xchacha20poly1305_ietf_decrypt(
             plaintext.data(), nullptr, nullptr, ciphertext.data(), ciphertext.size(),
             context.data(), context.size(), nonce.data(), key.data()) == 0;
}

Bytes seal(ByteView plaintext, ByteView key, ByteView context, Random& random) {
  SealNonce nonce;
  random.fill(nonce);
  const Bytes ciphertext = encrypt(plaintext, key, nonce, context);
  Bytes out(nonce.size() + ciphertext.size());
  std::ranges::copy(nonce, out.begin());
  std::ranges::copy(ciphertext, out.begin() + static_cast<std::ptrdiff_t>(nonce.size()));
  return out;
}

bool unseal(std::span<std::uint8_t> plaintext, ByteView sealed, ByteView key, ByteView context) {
  CHECK(sealed.size() == plaintext.size() + kSealedExtraBytes);
  SealNonce nonce;
  std::copy_n(sealed.begin(), nonce.size(), nonce.begin());
  return decrypt(plaintext, sealed.subspan(nonce.size()), key, nonce, context);
}

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

struct StreamSealer::State {
  crypto_secretstream_xchacha20poly1305_state state;
  ~State() { sodium_memzero(&state, sizeof state); }
};

struct StreamOpener::State {
  crypto_secretstream_xchacha20poly1305_state state;
  ~State() { sodium_memzero(&state, sizeof state); }
};

StreamSealer::StreamSealer(ByteView key) : state_(std::make_unique<State>()) {
  CHECK(key.size() == kSealKeyBytes);
  start_sodium();
  CHECK(crypto_secretstream_xchacha20poly1305_init_push(&state_->state, header_.data(),
                                                        key.data()) == 0);
}

StreamSealer::~StreamSealer() = default;

Bytes StreamSealer::push(ByteView piece, ByteView context, bool is_last) {
  Bytes out(piece.size() + kStreamPieceExtraBytes);
  const unsigned char tag =
      is_last ? static_cast<unsigned char>(crypto_secretstream_xchacha20poly1305_TAG_FINAL)
              : static_cast<unsigned char>(crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  CHECK(crypto_secretstream_xchacha20poly1305_push(&state_->state, out.data(), nullptr,
                                                   piece.data(), piece.size(), context.data(),
                                                   context.size(), tag) == 0);
  return out;
}

StreamOpener::StreamOpener(ByteView key, const StreamHeader& header)
    : state_(std::make_unique<State>()) {
  CHECK(key.size() == kSealKeyBytes);
  start_sodium();
  CHECK(crypto_secretstream_xchacha20poly1305_init_pull(&state_->state, header.data(),
                                                        key.data()) == 0);
}

StreamOpener::~StreamOpener() = default;

std::optional<StreamOpener::Piece> StreamOpener::pull(ByteView sealed, ByteView context) {
  if (sealed.size() < kStreamPieceExtraBytes) return std::nullopt;
  Piece piece;
  piece.bytes.resize(sealed.size() - kStreamPieceExtraBytes);
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&state_->state, piece.bytes.data(), nullptr, &tag,
                                                 sealed.data(), sealed.size(), context.data(),
                                                 context.size()) != 0) {
    return std::nullopt;
  }
  piece.is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return piece;
}

}  // namespace core
