#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gateway/vault/entries.h"
#include "gateway/vault/erasures.h"
#include "gateway/vault/person_keys.h"

namespace gateway::vault {

// Where the parts of a vault lie.
struct Paths {
  std::string folder;          // DIR/vault
  std::string encryption_key;  // DIR/keys/vault.kek

  std::string data() const { return folder + "/data"; }
  std::string person_keys() const { return folder + "/person-keys"; }
  std::string erasures() const { return folder + "/erasures"; }
  // Whose erasure was begun; gone when it is finished.
  std::string erasing() const { return folder + "/erasing"; }
  // There while the vault is being made.
  std::string unfinished() const { return folder + "/unfinished"; }
  // The key that is to follow, while an erasure is under way.
  std::string next_encryption_key() const { return encryption_key + ".next"; }

  bool exists() const;
};

enum class Access { ReadOnly, ReadWrite };

using NamedId = std::pair<std::string, IdBytes>;

// Everything that is held of one id.
struct Person {
  std::vector<std::string> names;
  std::vector<Field> fields;  // In the order in which they came; the last of a name counts.
};

// An erasure that was begun.
struct Erasing {
  IdBytes id{};
  ErasureId erasure{};
  bool operator==(const Erasing&) const = default;
};

// What a check of every byte came to.
struct Inspection {
  std::vector<core::Error> damages;
  std::uint64_t names = 0;
  std::uint64_t fields = 0;
  std::uint64_t keys = 0;
  // Whose entries have no key, and no erasure says why.
  std::vector<IdBytes> missing;
  // What the texts that are here commit to, by id.
  std::set<std::pair<IdBytes, core::Hash>> commitments;
};

// Names and personal texts of a book, each sealed under a key of its person's own. One thread at a
// time. Format: docs/formats/vault.md.
class Vault {
 public:
  // Makes one, with these names in it. What an interrupted making left is replaced.
  // Errors: Unavailable/io.
  static core::Result<std::unique_ptr<Vault>> create(const Paths& paths, const Draw& draw,
                                                     std::span<const NamedId> names);

  // Opens one. What a crash broke off is cut, and what an erasure left is put right, if it may be
  // written. A vault whose key or erasure list is not here opens locked.
  // Errors: Corrupt/vault, vault_keys, erasure_list; Unavailable/io.
  static core::Result<std::unique_ptr<Vault>> open(const Paths& paths, Access access,
                                                   const Draw& draw);

  // Why nothing in it can be read or added: Conflict/vault_locked, Unavailable/vault_key_missing,
  // InvalidInput/vault_key, key_file_mode.
  const std::optional<core::Error>& locked() const { return locked_; }

  // Every name that can be read, and whose it is.
  const std::map<std::string, IdBytes, std::less<>>& names() const { return names_; }
  // Ids whose key is missing: their names cannot be read, so none may be taken for new.
  const std::set<IdBytes>& missing_keys() const { return missing_; }
  // Whether the erasure list says so.
  bool erased(const IdBytes& id) const;
  const Erasures& erasures() const { return erasures_; }
  // The blinded id, for the record of an erasure.
  core::Hash blinded(const IdBytes& id) const { return blind(list_key_, id); }

  // Adds names, durably, with keys for ids that have none. Errors: those of locked();
  // Unavailable/io.
  core::Result<> add_names(std::span<const NamedId> names);
  // Adds texts. Errors: the same; Conflict/person_erased.
  core::Result<> add_fields(const IdBytes& id, std::span<const Field> fields);
  // Errors: those of locked(); NotFound/vault_key_missing, Corrupt/vault, Corrupt/vault_keys. Of an
  //         id that has nothing here: no names, no fields.
  core::Result<Person> person(const IdBytes& id) const;
  // The key of an id, made and durable if there was none and `make` says so.
  // Errors: those of locked(); Conflict/person_erased; NotFound/vault_key_missing; Unavailable/io.
  core::Result<> person_key(const IdBytes& id, bool make, core::Secret& out);

  // Adds the keys of a backup that are missing here, but for those of the erased.
  // Errors: those of locked(); Corrupt/vault_keys if one does not open; Unavailable/io.
  core::Result<> take_keys(const PersonKeys& from, const EncryptionKey& key);

  // An erasure goes: begin_erasure(), its record in the book, finish_erasure(). One that was begun
  // and not finished is told by erasing(); whether it was recorded, the book knows.
  core::Result<> begin_erasure(const Erasing& erasing);
  const std::optional<Erasing>& erasing() const { return erasing_; }
  // It was not recorded. Errors: Unavailable/io.
  core::Result<> drop_erasure();
  // Lists it, makes a fresh encryption key, destroys the old one, drops the entries. After an error
  // it is finished by the next call or the next opening. Errors: Unavailable/io;
  // Corrupt/vault_keys.
  core::Result<> finish_erasure(std::uint64_t book_size);

  // The bytes of the file of entries, for a backup. Errors: Unavailable/io.
  core::Result<std::string> data() const;
  // Opens every entry and key. Errors: Unavailable/io.
  core::Result<Inspection> inspect() const;

  std::size_t entries() const { return places_count_; }
  std::size_t keys() const { return keys_.size(); }
  const PersonKeys& person_keys() const { return keys_; }
  const std::optional<EncryptionKey>& encryption_key() const { return encryption_key_; }
  const Paths& paths() const { return paths_; }

 private:
  Vault(const Paths& paths, const Draw& draw) : paths_(paths), draw_(draw) {}
  static core::Result<std::unique_ptr<Vault>> open_once(const Paths& paths, Access access,
                                                        const Draw& draw);
  core::Result<> read_files();
  core::Result<> read_encryption_keys();
  core::Result<> read_erasing();
  core::Result<> read_names();
  core::Result<> cut_and_tidy();
  void index(const Place& place);
  core::Result<> check_open() const;
  core::Result<core::Bytes> read_entry(const Place& place) const;
  core::Result<> append_keys(std::span<const IdBytes> ids);
  core::Result<> append_entries(core::ByteView entries);
  core::Result<> drop_keys(const std::vector<IdBytes>& erased);
  core::Result<> settle_encryption_key();
  core::Result<> drop_entries(const std::vector<IdBytes>& erased);
  std::vector<IdBytes> erased_ids() const;

  Paths paths_;
  Draw draw_;
  std::optional<core::Error> locked_;
  ListKey list_key_{};
  PersonKeys keys_;
  std::optional<EncryptionKey> encryption_key_;
  Erasures erasures_;
  std::set<core::Hash> blinded_;
  std::optional<Erasing> erasing_;
  std::map<IdBytes, std::vector<Place>> places_;
  std::size_t places_count_ = 0;
  std::uint64_t next_number_ = 1;
  std::map<std::string, IdBytes, std::less<>> names_;
  std::set<IdBytes> missing_;
  std::string seen_;  // The file of entries, of who only reads.
  std::size_t data_end_ = 0;
  std::size_t keys_end_ = 0;
  std::size_t erasures_end_ = 0;
};

// Takes a backup's entries and an erasure list into a vault's folder. What the list names is not
// written there at all, and the vault is not locked for want of a list. Gives how many entries that
// were.
//
// Errors: Conflict/erasure_list if it is another vault's, or complete only to a size below
//         `newest_size`; Corrupt/vault; Unavailable/io.
core::Result<std::uint64_t> admit_erasures(const Paths& paths, std::string_view data,
                                           const Erasures& list, std::uint64_t newest_size);

}  // namespace gateway::vault
