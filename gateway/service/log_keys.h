#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/json.h"
#include "gateway/service/folder.h"
#include "ledger/journal/journal.h"
#include "ledger/key_history.h"
#include "ledger/keys/key_file.h"

// The keys that sign a book: their files in DIR/keys, and how their passphrases are come by.
namespace gateway::service {

// Names the file with the passphrase of the encrypted key files (0600, its first line).
inline constexpr const char* kPassphraseFileVariable = "TALLY_PASSPHRASE_FILE";

// From the file that the variable names, or asked for on the terminal, without echo.
// Errors: InvalidInput/passphrase_missing if there is neither; those of read_passphrase_file().
core::Result<core::Secret> find_passphrase(const std::string& path);
// From the file alone. Errors: as above.
core::Result<core::Secret> read_passphrase(const std::string& path);
// As find_passphrase(), and on the terminal asked for twice: for a key that is to be encrypted.
core::Result<core::Secret> choose_passphrase(const std::string& path);

// Where a log key's file belongs: DIR/keys/log-<id>.key. The first one's may be DIR/keys/log.key.
std::string log_key_path(const Folder& folder, const ledger::VerifierKey& key);
// The file that is there for this key, whatever its form. Errors: NotFound/key_missing;
//         those of ledger::keys::read_key_file.
core::Result<ledger::keys::KeyFile> find_log_key_file(const Folder& folder,
                                                      const ledger::VerifierKey& key);
// Errors: as find_log_key_file(); those of ledger::keys::open_signer.
core::Result<std::shared_ptr<const ledger::Signer>> open_log_key(
    const Folder& folder, const ledger::VerifierKey& key,
    const ledger::keys::PassphraseSource& passphrase = find_passphrase);

// Makes the key that may follow the last one, 0600 in its place; a simulated book's comes from its
// seed. Errors: those of encrypting and of core::write_file.
struct NewLogKey {
  std::string path;
  ledger::VerifierKey verifier_key;
};
core::Result<NewLogKey> make_log_key(const Folder& folder, const ledger::KeyHistory& history,
                                     const std::optional<std::string>& simulated_seed,
                                     bool encrypted);

// Who signs the book, by its records as `history` will have followed them when this is asked, and
// by what was signed last. Errors: those of open_log_key().
ledger::journal::SignerSource signer_source(const Folder& folder,
                                            const ledger::KeyHistory& history);

// {"origin": .., "root_key": .., "keys": [{"key": vkey, "seq": .., "authority": .., ...}]}
core::json::Value keys_to_json(const ledger::KeyHistory& history);

}  // namespace gateway::service
