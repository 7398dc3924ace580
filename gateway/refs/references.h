#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/codec.h"

namespace gateway::refs {

using IdBytes = std::array<std::uint8_t, 16>;
// Makes the id for a name that is new.
using Mint = std::function<IdBytes(std::string_view name)>;

// The broker's own references ("@anna") and the random ids that stand for them in the book. Until
// the vault exists they are kept in DIR/private/refs (0600), one "@name id check" a line; they
// never enter a record.
class ReferenceStore final : public core::References {
 public:
  // Errors: Corrupt/refs with the line; Unavailable/io.
  static core::Result<ReferenceStore> open(const std::string& path, Mint mint);

  // The id of a known name, or a new one that stays pending until save().
  // Errors: InvalidInput/reference unless the name is '@' and 1 to 64 of [A-Za-z0-9._-].
  core::Result<IdBytes> resolve(std::string_view name) override;

  // The id of a known name; minting nothing.
  // Errors: InvalidInput/reference; NotFound/unknown_reference.
  core::Result<IdBytes> find(std::string_view name) const;

  // The command just read is good: what it made will be written by save().
  void keep();
  // The command just read was refused: what it made since the last keep() is forgotten.
  void discard();
  // Writes and fsyncs what was kept or is pending; to be called before the commands are queued.
  // Errors: Unavailable/io.
  core::Result<> save();

 private:
  std::string path_;
  bool torn_ = false;  // The file may end in a broken line; the next save writes it anew.
  Mint mint_;
  std::map<std::string, IdBytes, std::less<>> known_;
  std::map<std::string, IdBytes, std::less<>> kept_;     // Not yet written.
  std::map<std::string, IdBytes, std::less<>> pending_;  // Of the command being read.
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
