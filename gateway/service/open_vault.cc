#include "gateway/service/open_vault.h"

#include <algorithm>

#include "core/files.h"
#include "gateway/refs/legacy.h"
#include "gateway/service/determinism.h"
#include "gateway/vault/files.h"

namespace gateway::service {
namespace {

core::Result<std::vector<vault::NamedId>> old_names_of(const Folder& folder) {
  if (!core::file_exists(folder.references())) return std::vector<vault::NamedId>();
  return refs::read_old_references(folder.references());
}

// The old file goes once the vault is known to have its names: under another name first, so that
// one which is half overwritten is not read again.
core::Result<> destroy_old_names(const Folder& folder, const vault::Vault& vault) {
  const std::string taken = folder.references() + ".taken";
  if (core::file_exists(folder.references()) && !vault.locked()) {
    TRY(const auto names, old_names_of(folder));
    const bool has_all = std::ranges::all_of(names, [&](const vault::NamedId& name) {
      const auto known = vault.names().find(name.first);
      return vault.erased(name.second) ||
             (known != vault.names().end() && known->second == name.second);
    });
    if (!has_all) {
      return core::corrupt("refs", folder.references(),
                           "The vault does not have every name of this file; put the file aside "
                           "and see docs/runbooks/erasure.md.");
    }
    TRY(vault::rename_file(folder.references(), taken));
  }
  return vault::destroy_file(taken);
}

}  // namespace

vault::Paths vault_paths(const Folder& folder) {
  return {folder.root + "/vault", folder.keys() + "/vault.kek"};
}

refs::ReferenceStore OpenedVault::references(refs::Mint mint) const {
  if (vault) return {vault.get(), std::move(mint)};
  return refs::ReferenceStore(old_names);
}

core::Result<OpenedVault> open_vault(const Folder& folder, const std::optional<std::string>& seed,
                                     bool has_commands) {
  const vault::Paths paths = vault_paths(folder);
  const vault::Draw draw = vault_draw(seed);
  OpenedVault out;
  const bool is_unfinished = core::file_exists(paths.unfinished());
  const bool is_new = !paths.exists() && (!has_commands || core::file_exists(folder.references()));
  if (is_new || is_unfinished) {
    TRY(const auto names, old_names_of(folder));
    TRY(core::make_folder(folder.keys(), core::FileAccess::OwnerOnly));
    TRY(out.vault, vault::Vault::create(paths, draw, names));
  } else {
    TRY(out.vault, vault::Vault::open(paths, vault::Access::ReadWrite, draw));
  }
  TRY(destroy_old_names(folder, *out.vault));
  return out;
}

core::Result<OpenedVault> open_vault_read_only(const Folder& folder) {
  const vault::Paths paths = vault_paths(folder);
  OpenedVault out;
  if (!paths.exists() || core::file_exists(paths.unfinished())) {
    TRY(out.old_names, old_names_of(folder));
    return out;
  }
  TRY(out.vault, vault::Vault::open(paths, vault::Access::ReadOnly, vault_draw(std::nullopt)));
  return out;
}

}  // namespace gateway::service
