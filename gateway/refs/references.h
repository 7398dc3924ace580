#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/codec.h"
#include "gateway/vault/vault.h"

namespace gateway::refs {

using vault::IdBytes;
// Makes the id for a name that is new.
using Mint = std::function<IdBytes(std::string_view name)>;

// The broker's own references ("@anna") and the random ids that stand for them in the book. They
// are kept in the vault and never enter a record.
class ReferenceStore final : public core::References {
 public:
  // Of an open vault, which outlives it.
  ReferenceStore(vault::Vault* vault, Mint mint);
  // Of a book that has no vault yet, for reading alone.
  explicit ReferenceStore(std::span<const vault::NamedId> old_names);

  // The id of a known name, or a new one that stays pending until save().
  // Errors: InvalidInput/reference unless the name is '@' and 1 to 64 of [A-Za-z0-9._-];
  //         Unavailable/vault_key_missing, Conflict/vault_locked if names cannot be read.
  core::Result<IdBytes> resolve(std::string_view name) override;

  // The id of a known name; minting nothing.
  // Errors: the same; NotFound/unknown_reference.
  core::Result<IdBytes> find(std::string_view name) const;

  // The command just read is good: what it made will be written by save().
  void keep();
  // The command just read was refused: what it made since the last keep() is forgotten.
  void discard();
  // Writes and fsyncs what was kept or is pending; to be called before the commands are queued.
  // Errors: Unavailable/io; those of a locked vault.
  core::Result<> save();

 private:
  using Names = std::map<std::string, IdBytes, std::less<>>;

  const IdBytes* known(std::string_view name) const;
  core::Result<> check_open() const;
  core::Result<> check_may_mint(std::string_view name) const;

  vault::Vault* vault_ = nullptr;
  Mint mint_;
  Names old_;
  Names kept_;     // Not yet written.
  Names pending_;  // Of the command being read.
};

// Resolves known names only: for commands that read.
class KnownReferences final : public core::References {
 public:
  explicit KnownReferences(const ReferenceStore& store) : store_(store) {}
  core::Result<IdBytes> resolve(std::string_view name) override { return store_.find(name); }

 private:
  const ReferenceStore& store_;
};

// For text in which every name is already replaced by its id, or in which none can stand.
class NoReferences final : public core::References {
 public:
  core::Result<IdBytes> resolve(std::string_view name) override {
    return core::invalid("reference", std::string(name), "A reference cannot stand here.");
  }
};

}  // namespace gateway::refs
