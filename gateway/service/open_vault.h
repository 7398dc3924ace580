#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/refs/references.h"
#include "gateway/service/folder.h"
#include "gateway/vault/vault.h"

namespace gateway::service {

vault::Paths vault_paths(const Folder& folder);

// A book's vault, or the names of a book that has none yet.
struct OpenedVault {
  std::unique_ptr<vault::Vault> vault;
  std::vector<vault::NamedId> old_names;

  // Of the two; lives no longer than this.
  refs::ReferenceStore references(refs::Mint mint) const;
};

// Makes the vault if there is none. A book's names from before the vault are taken into it, and
// their file is destroyed once they are durable there. In a book that has commands and neither, the
// vault is lost: it opens locked, because a new one would give everybody a second id.
// Errors: those of vault::Vault::open and create; Corrupt/refs.
core::Result<OpenedVault> open_vault(const Folder& folder, const std::optional<std::string>& seed,
                                     bool has_commands);

// Writes nothing. Errors: the same.
core::Result<OpenedVault> open_vault_read_only(const Folder& folder);

}  // namespace gateway::service
