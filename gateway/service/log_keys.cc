#include "gateway/service/log_keys.h"

#include <string.h>  // explicit_bzero

#include <array>
#include <cstdlib>

#include "core/files.h"
#include "gateway/service/determinism.h"
#include "gateway/service/terminal.h"
#include "ledger/keys/secret_file.h"

namespace gateway::service {
namespace {

std::string id_text(const ledger::VerifierKey& key) {
  return core::to_hex(std::array<std::uint8_t, 4>{
      static_cast<std::uint8_t>(key.id >> 24), static_cast<std::uint8_t>(key.id >> 16),
      static_cast<std::uint8_t>(key.id >> 8), static_cast<std::uint8_t>(key.id)});
}

bool has_passphrase_file() {
  const char* file = std::getenv(kPassphraseFileVariable);
  return file != nullptr && *file != '\0';
}

// The private key's text in memory that is wiped.
core::Secret text_of(const ledger::NoteSigner& signer) {
  std::string text = signer.private_key_text();
  core::Secret secret = core::Secret::copy_of(core::as_bytes(text));
  explicit_bzero(text.data(), text.size());
  return secret;
}

}  // namespace

core::Result<core::Secret> read_passphrase(const std::string& path) {
  if (has_passphrase_file()) {
    return ledger::keys::read_passphrase_file(std::getenv(kPassphraseFileVariable));
  }
  return core::invalid("passphrase_missing", path,
                       "The key needs a passphrase: name a file that holds it with "
                       "--passphrase-file or TALLY_PASSPHRASE_FILE, or be at a terminal.");
}

core::Result<core::Secret> find_passphrase(const std::string& path) {
  if (has_passphrase_file()) return read_passphrase(path);
  auto asked = ask_on_terminal("Passphrase of " + path + ": ");
  return asked ? std::move(*asked) : read_passphrase(path);
}

core::Result<core::Secret> choose_passphrase(const std::string& path) {
  if (has_passphrase_file()) return read_passphrase(path);
  auto first = ask_on_terminal("New passphrase of " + path + ": ");
  if (!first) return read_passphrase(path);
  auto second = ask_on_terminal("The same again: ");
  if (second && second->text() == first->text()) return std::move(*first);
  return core::invalid("passphrase", path, "The two are not the same; nothing was changed.");
}

std::string log_key_path(const Folder& folder, const ledger::VerifierKey& key) {
  return folder.keys() + "/log-" + id_text(key) + ".key";
}

core::Result<ledger::keys::KeyFile> find_log_key_file(const Folder& folder,
                                                      const ledger::VerifierKey& key) {
  for (const std::string& path : {log_key_path(folder, key), folder.log_key()}) {
    if (!core::file_exists(path)) continue;
    TRY(auto file, ledger::keys::read_key_file(path));
    if (file.verifier_key == key) return file;
  }
  return core::not_found("key_missing", log_key_path(folder, key),
                         "The private key of " + to_string(key) +
                             " is not in DIR/keys; nothing can be signed without it.");
}

core::Result<std::shared_ptr<const ledger::Signer>> open_log_key(
    const Folder& folder, const ledger::VerifierKey& key,
    const ledger::keys::PassphraseSource& passphrase) {
  TRY(const auto file, find_log_key_file(folder, key));
  TRY(auto signer, ledger::keys::open_signer(file, passphrase));
  return std::shared_ptr<const ledger::Signer>(std::move(signer));
}

core::Result<NewLogKey> make_log_key(const Folder& folder, const ledger::KeyHistory& history,
                                     const std::optional<std::string>& simulated_seed,
                                     bool encrypted) {
  const std::string purpose = "log-" + std::to_string(history.keys.size() + 1);
  auto seed = key_seed(simulated_seed, purpose);
  const auto key = core::SigningKey::from_seed(seed);
  explicit_bzero(seed.data(), seed.size());
  TRY(const auto signer, ledger::NoteSigner::create(history.origin, key));
  NewLogKey made{log_key_path(folder, signer.verifier_key()), signer.verifier_key()};
  if (core::file_exists(made.path)) return made;  // A simulated book's, made before.
  core::Secret text = text_of(signer);
  if (encrypted) {
    TRY(const auto passphrase, choose_passphrase(made.path));
    core::SystemRandom random;
    TRY(const std::string sealed,
        ledger::keys::encrypted_key_text(text, passphrase, core::PassphraseCost{}, random));
    TRY(core::write_file(made.path, sealed, core::FileAccess::OwnerOnly));
    return made;
  }
  core::Secret line(text.size() + 1);
  std::ranges::copy(text.view(), line.bytes().begin());
  line.bytes().back() = '\n';
  TRY(core::write_file(made.path, line.text(), core::FileAccess::OwnerOnly));
  return made;
}

ledger::journal::SignerSource signer_source(const Folder& folder,
                                            const ledger::KeyHistory& history) {
  return [folder,
          &history](const ledger::SignerState& memory) -> core::Result<ledger::journal::Signers> {
    ledger::journal::Signers signers;
    const auto& keys = history.keys;
    if (keys.empty()) {
      return core::corrupt("record", "seq 0", "The log does not begin with a genesis record.");
    }
    TRY(const auto current, verifier_key_of(history, keys.back()));
    TRY(signers.log, open_log_key(folder, current));
    if (keys.size() == 1) return signers;
    TRY(const auto before, verifier_key_of(history, keys[keys.size() - 2]));
    // What the old key signed beyond the rotation would be a fork; the memory then refuses the new
    // one.
    if (memory.key_id != before.id || memory.signed_size > keys.back().seq) return signers;
    signers.waiting = ledger::journal::Signers::Waiting{before.id, nullptr};
    if (keys.back().authority == ledger::KeyAuthority::LogKey) {
      TRY(signers.waiting->old, open_log_key(folder, before));
    }
    return signers;
  };
}

core::json::Value keys_to_json(const ledger::KeyHistory& history) {
  core::json::Array keys;
  for (const ledger::LogKey& key : history.keys) {
    const auto vkey = verifier_key_of(history, key);
    core::json::Object out{{"key", vkey ? to_string(vkey.value()) : core::to_hex(key.key)},
                           {"seq", static_cast<std::int64_t>(key.seq)}};
    if (key.seq > 0)
      out.emplace_back("authority", core::Codec<ledger::KeyAuthority>::to_json(key.authority));
    if (key.compromised_from) {
      out.emplace_back("compromised_from", static_cast<std::int64_t>(*key.compromised_from));
    }
    keys.push_back(std::move(out));
  }
  return core::json::Object{
      {"origin", history.origin}, {"root_key", history.root_key}, {"keys", std::move(keys)}};
}

}  // namespace gateway::service
