#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/secret.h"
#include "gateway/vault/values.h"

// The one small file of person keys, DIR/vault/person-keys, and the key that encrypts them.
// Source: docs/formats/vault.md.
namespace gateway::vault {

// The key-encryption key. There is one at a time; an erasure makes a fresh one and destroys it.
struct EncryptionKey {
  Tag id{};
  core::Secret key;
};

EncryptionKey draw_encryption_key(const Draw& draw, std::string_view purpose);

// What the file of an encryption key holds.
core::Secret print_encryption_key(const EncryptionKey& key);
// Errors: those of ledger::keys::read_secret_file; InvalidInput/vault_key if it is no such file.
core::Result<EncryptionKey> read_encryption_key(const std::string& path);
// Writes the file (0600), durably. Errors: Unavailable/io.
core::Result<> write_encryption_key(const std::string& path, const EncryptionKey& key);
// Overwrites the file before it deletes it, as far as the disk does what it is told; none there is
// fine. Errors: Unavailable/io.
core::Result<> destroy_file(const std::string& path);

// The keys as they lie in the file: each sealed under the encryption key. Only one is ever open.
class PersonKeys {
 public:
  PersonKeys() = default;
  PersonKeys(const Tag& vault, const EncryptionKey& key);

  // Errors: Corrupt/vault_keys if a byte is another than was written. The rest of an append that a
  //         crash broke off is passed over, and torn() says so.
  static core::Result<PersonKeys> read(core::ByteView content, const std::string& path);

  // Whether this is the key that the file is sealed under.
  bool opens_with(const EncryptionKey& key) const;
  const Tag& vault() const { return vault_; }
  const Tag& encryption_key() const { return encryption_key_; }
  bool torn() const { return torn_; }
  std::size_t end() const { return end_; }
  std::size_t size() const { return keys_.size(); }
  bool contains(const IdBytes& id) const { return keys_.contains(id); }

  // The key of an id, into a secret of 32 bytes.
  // Errors: NotFound/vault_key_missing; Corrupt/vault_keys if it does not open.
  core::Result<> open(const IdBytes& id, const EncryptionKey& key, core::Secret& out) const;
  // Every id, ascending.
  std::vector<IdBytes> ids() const;

  // What is appended to the file for a new id; add() then knows it.
  core::Bytes entry(const IdBytes& id, core::ByteView person_key, const EncryptionKey& key,
                    core::Random& random) const;
  void add(const IdBytes& id, core::ByteView entry);

  // The whole file under another encryption key, without `erased`.
  // Errors: Corrupt/vault_keys if a key does not open.
  core::Result<PersonKeys> under(const EncryptionKey& old_key, const EncryptionKey& new_key,
                                 const std::vector<IdBytes>& erased, core::Random& random) const;
  core::Bytes print() const;

 private:
  using Sealed = std::array<std::uint8_t, 72>;

  Tag vault_{};
  Tag encryption_key_{};
  std::array<std::uint8_t, 40> proof_{};  // Nothing, sealed: shows which key it is.
  std::map<IdBytes, Sealed> keys_;
  std::size_t end_ = 0;
  bool torn_ = false;
};

}  // namespace gateway::vault
