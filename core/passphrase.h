#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.h"
#include "core/random.h"
#include "core/secret.h"

// Secrets at rest under a passphrase: Argon2id makes a key of it, XChaCha20-Poly1305 encrypts and
// authenticates. Through libsodium. Source: docs/formats/keys.md.
namespace core {

// What trying one passphrase costs: passes over so much memory.
struct PassphraseCost {
  std::uint64_t passes = 3;
  std::uint64_t memory_bytes = std::uint64_t{256} << 20;
  bool operator==(const PassphraseCost&) const = default;
};
// A file from outside may not ask for more than this.
inline constexpr std::uint64_t kPassesMax = 16;
inline constexpr std::uint64_t kPassphraseMemoryMin = 8192;
inline constexpr std::uint64_t kPassphraseMemoryMax = std::uint64_t{1} << 30;

struct SealedSecret {
  PassphraseCost cost;
  std::array<std::uint8_t, 16> salt{};
  std::array<std::uint8_t, 24> nonce{};
  Bytes ciphertext;  // With the tag of 16 bytes behind it.
  bool operator==(const SealedSecret&) const = default;
};

// `context` is authenticated with it: it must be the same when it is opened.
// Errors: InvalidInput/passphrase if it is empty; InvalidInput/key_cost beyond the limits;
//         Unavailable/memory if there is not that much.
Result<SealedSecret> seal_secret(ByteView plaintext, const Secret& passphrase, ByteView context,
                                 const PassphraseCost& cost, Random& random);

// Errors: InvalidInput/passphrase if it is another one, or if the sealed bytes or the context were
//         altered: which of these cannot be told; InvalidInput/key_cost, Unavailable/memory.
Result<Secret> open_secret(const SealedSecret& sealed, const Secret& passphrase, ByteView context);

}  // namespace core
