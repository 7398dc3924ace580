#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/passphrase.h"
#include "core/random.h"
#include "ledger/keys/token_signer.h"
#include "ledger/note.h"

// Files that a signer is made from. Source: docs/formats/keys.md.
namespace ledger::keys {

enum class KeyForm {
  Plain,      // The private key itself.
  Encrypted,  // The same under a passphrase.
  Token,      // Where the key lies in a PKCS#11 token.
};
std::string_view name_of(KeyForm form);

// Asked for the passphrase of the file, or the PIN of its token, only if it is needed.
using PassphraseSource = std::function<core::Result<core::Secret>(const std::string& path)>;

struct KeyFile {
  std::string path;
  KeyForm form = KeyForm::Plain;
  VerifierKey verifier_key;
  core::Secret private_key;   // Plain: its text.
  core::SealedSecret sealed;  // Encrypted: that text.
  TokenReference token;
};

// Errors: those of read_secret_file(); InvalidInput/key_file if it is none of the three forms. No
// error
//         quotes the file.
core::Result<KeyFile> read_key_file(const std::string& path);
// What the file at `path` holds. Errors: InvalidInput/key_file.
core::Result<KeyFile> parse_key_file(const std::string& path, core::Secret content);

// Errors: those of `passphrase`, open_secret() and open_token_signer(); InvalidInput/key_file if it
// is
//         another key than the file says.
core::Result<std::unique_ptr<Signer>> open_signer(const KeyFile& file,
                                                  const PassphraseSource& passphrase);

// The private key's text of a file that holds one.
// Errors: as open_signer(); InvalidInput/key_file if the key lies in a token.
core::Result<core::Secret> open_private_key(const KeyFile& file,
                                            const PassphraseSource& passphrase);

// What the file of this key holds under a passphrase.
// Errors: those of NoteSigner::parse and core::seal_secret.
core::Result<std::string> encrypted_key_text(const core::Secret& private_key,
                                             const core::Secret& passphrase,
                                             const core::PassphraseCost& cost,
                                             core::Random& random);
// Errors: InvalidInput/key_file if a part has a line end in it.
core::Result<std::string> token_key_text(const VerifierKey& key, const TokenReference& token);

}  // namespace ledger::keys
