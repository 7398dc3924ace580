#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/secret.h"
#include "ledger/note.h"

namespace ledger::keys {

// Where an Ed25519 key lies in a PKCS#11 token: a hardware module, a smart card, SoftHSM.
struct TokenReference {
  std::string module;    // Path of the vendor's library.
  std::string token;     // The token's label.
  std::string object;    // The key pair's label.
  std::string pin_file;  // 0600; "" = ask as for a passphrase.
  bool operator==(const TokenReference&) const = default;
};

using PinSource = std::function<core::Result<core::Secret>()>;

// Logs in and keeps a session for as long as the signer lives. Each signature is checked before it
// is given away: what a token gets wrong is not published.
//
// Errors: InvalidInput/key_token if the module cannot be loaded or has no such token or key, or the
// key is
//         another one than `expected`; InvalidInput/key_pin if the PIN is refused;
//         Unavailable/key_token for whatever else the token answers.
core::Result<std::unique_ptr<Signer>> open_token_signer(const TokenReference& reference,
                                                        const VerifierKey& expected,
                                                        const PinSource& pin);

// The key's public half. Errors: as above.
core::Result<core::PublicKey> read_token_key(const TokenReference& reference, const PinSource& pin);

}  // namespace ledger::keys
