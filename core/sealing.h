#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/bytes.h"
#include "core/random.h"

// Encryption under a key of 32 bytes that also shows every change: XChaCha20-Poly1305 through
// libsodium. Source: draft-irtf-cfrg-xchacha-03; libsodium's crypto_secretstream_xchacha20poly1305.
namespace core {

inline constexpr std::size_t kSealKeyBytes = 32;
inline constexpr std::size_t kSealTagBytes = 16;
using SealNonce = std::array<std::uint8_t, 24>;
// How much longer sealed bytes are: the nonce before them, the tag behind.
inline constexpr std::size_t kSealedExtraBytes = sizeof(SealNonce) + kSealTagBytes;

// Ciphertext and tag. `context` is authenticated with it. A nonce is used once under a key.
Bytes encrypt(ByteView plaintext, ByteView key, const SealNonce& nonce, ByteView context);
// Into `plaintext`, which is as long as the ciphertext without its tag. False, and zeros, if any
// byte of the key, the nonce, the context or the ciphertext is another.
[[nodiscard]] bool decrypt(std::span<std::uint8_t> plaintext, ByteView ciphertext, ByteView key,
                           const SealNonce& nonce, ByteView context);

// The same with a random nonce, which stands before the ciphertext.
Bytes seal(ByteView plaintext, ByteView key, ByteView context, Random& random);
// `plaintext` is kSealedExtraBytes shorter than `sealed`, which has at least those.
[[nodiscard]] bool unseal(std::span<std::uint8_t> plaintext, ByteView sealed, ByteView key,
                          ByteView context);

// Overwrites what a compiler would leave alone.
void wipe(std::span<std::uint8_t> bytes);

inline constexpr std::size_t kStreamHeaderBytes = 24;
inline constexpr std::size_t kStreamPieceExtraBytes = 17;
using StreamHeader = std::array<std::uint8_t, kStreamHeaderBytes>;

// Seals what comes piece by piece. Pieces cannot be changed, dropped, exchanged or appended; the
// last one says that it is. libsodium draws the header itself.
class StreamSealer {
 public:
  explicit StreamSealer(ByteView key);
  ~StreamSealer();
  StreamSealer(const StreamSealer&) = delete;
  StreamSealer& operator=(const StreamSealer&) = delete;

  const StreamHeader& header() const { return header_; }
  // kStreamPieceExtraBytes longer. Nothing follows the last one.
  Bytes push(ByteView piece, ByteView context, bool is_last);

 private:
  struct State;
  std::unique_ptr<State> state_;
  StreamHeader header_{};
};

class StreamOpener {
 public:
  StreamOpener(ByteView key, const StreamHeader& header);
  ~StreamOpener();
  StreamOpener(const StreamOpener&) = delete;
  StreamOpener& operator=(const StreamOpener&) = delete;

  struct Piece {
    Bytes bytes;
    bool is_last = false;
  };
  // Nothing if it is not the piece that follows.
  std::optional<Piece> pull(ByteView sealed, ByteView context);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace core
