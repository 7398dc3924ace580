#include "gateway/refs/references.h"

#include "gateway/refs/names.h"

namespace gateway::refs {

ReferenceStore::ReferenceStore(vault::Vault* vault, Mint mint)
    : vault_(vault), mint_(std::move(mint)) {}

ReferenceStore::ReferenceStore(std::span<const vault::NamedId> old_names)
    : old_(old_names.begin(), old_names.end()) {}

const IdBytes* ReferenceStore::known(std::string_view name) const {
  const Names& names = vault_ != nullptr ? vault_->names() : old_;
  const auto found = names.find(name);
  return found == names.end() ? nullptr : &found->second;
}

core::Result<> ReferenceStore::check_open() const {
  if (vault_ != nullptr && vault_->locked()) return *vault_->locked();
  return core::ok();
}

core::Result<IdBytes> ReferenceStore::find(std::string_view name) const {
  TRY(check_name(name));
  TRY(check_open());
  if (const IdBytes* id = known(name)) return *id;
  return core::not_found("unknown_reference", std::string(name),
                         "This book has no such reference.");
}

core::Result<IdBytes> ReferenceStore::resolve(std::string_view name) {
  TRY(check_name(name));
  TRY(check_open());
  if (const IdBytes* id = known(name)) return *id;
  const auto kept = kept_.find(name);
  if (kept != kept_.end()) return kept->second;
  const auto pending = pending_.find(name);
  if (pending != pending_.end()) return pending->second;
  TRY(check_may_mint(name));
  const IdBytes id = mint_(name);
  pending_.emplace(std::string(name), id);
  return id;
}

// A name that cannot be read may be this one; a second id for it would split a person in two.
core::Result<> ReferenceStore::check_may_mint(std::string_view name) const {
  if (!mint_) {
    return core::not_found("unknown_reference", std::string(name),
                           "This book has no such reference.");
  }
  if (vault_->missing_keys().empty()) return core::ok();
  return core::unavailable(
      "vault_key_missing", core::to_hex(*vault_->missing_keys().begin()),
      "Keys of " + std::to_string(vault_->missing_keys().size()) +
          " ids are missing, so their names cannot be read and no name may be taken for new; "
          "restore the newest backup of the keys, see docs/runbooks/erasure.md.");
}

core::Result<> ReferenceStore::save() {
  keep();
  if (kept_.empty()) return core::ok();
  std::vector<vault::NamedId> names(kept_.begin(), kept_.end());
  TRY(vault_->add_names(names));
  kept_.clear();
  return core::ok();
}

void ReferenceStore::keep() {
  kept_.merge(pending_);
  pending_.clear();
}

void ReferenceStore::discard() { pending_.clear(); }

}  // namespace gateway::refs
