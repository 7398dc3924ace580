#include "gateway/vault/person_keys.h"

#include <algorithm>

#include "core/check.h"
#include "core/sealing.h"
#include "gateway/vault/check.h"

namespace gateway::vault {
namespace {

constexpr std::string_view kPersonKeysMagic = "TALLYVK1";
constexpr std::string_view kHeaderContext = "tallystick/vault/person-keys/v1\n";
constexpr std::string_view kEntryContext = "tallystick/vault/person-key/v1\n";
constexpr std::size_t kIdentityBytes = 8 + 2 * sizeof(Tag);
constexpr std::size_t kPersonKeysHeader = kIdentityBytes + core::kSealedExtraBytes + kCheckBytes;
constexpr std::size_t kSealedBytes = core::kSealKeyBytes + core::kSealedExtraBytes;
constexpr std::size_t kEntryBytes = sizeof(IdBytes) + kSealedBytes + kCheckBytes;

core::Error damaged_keys(const std::string& path, std::size_t offset) {
  return core::corrupt("vault_keys", path + ": byte " + std::to_string(offset),
                       "The file of person keys was altered; restore it from its newest backup, "
                       "see docs/runbooks/erasure.md.");
}

core::Bytes context_of(std::string_view purpose, core::ByteView vault, core::ByteView key,
                       core::ByteView id = {}) {
  core::Bytes out(purpose.begin(), purpose.end());
  out.insert(out.end(), vault.begin(), vault.end());
  out.insert(out.end(), key.begin(), key.end());
  out.insert(out.end(), id.begin(), id.end());
  return out;
}

}  // namespace

PersonKeys::PersonKeys(const Tag& vault, const EncryptionKey& key)
    : vault_(vault), encryption_key_(key.id) {
  core::SystemRandom random;
  const core::Bytes proof =
      core::seal({}, key.key.view(), context_of(kHeaderContext, vault, key.id), random);
  CHECK(proof.size() == proof_.size());
  std::ranges::copy(proof, proof_.begin());
  end_ = kPersonKeysHeader;
}

core::Result<PersonKeys> PersonKeys::read(core::ByteView content, const std::string& path) {
  if (content.size() < kPersonKeysHeader || !has_check(content.first(kPersonKeysHeader)) ||
      core::as_text(content.first(kPersonKeysMagic.size())) != kPersonKeysMagic) {
    return damaged_keys(path, 0);
  }
  PersonKeys out;
  auto from = content.begin() + kPersonKeysMagic.size();
  std::copy_n(from, out.vault_.size(), out.vault_.begin());
  from += sizeof(Tag);
  std::copy_n(from, out.encryption_key_.size(), out.encryption_key_.begin());
  from += sizeof(Tag);
  std::copy_n(from, out.proof_.size(), out.proof_.begin());
  out.end_ = kPersonKeysHeader;
  for (; out.end_ + kEntryBytes <= content.size(); out.end_ += kEntryBytes) {
    const core::ByteView entry = content.subspan(out.end_, kEntryBytes);
    if (all_zero(content.subspan(out.end_))) break;
    if (!has_check(entry)) return damaged_keys(path, out.end_);
    IdBytes id{};
    std::copy_n(entry.begin(), id.size(), id.begin());
    if (out.contains(id)) return damaged_keys(path, out.end_);
    out.add(id, entry);
  }
  out.torn_ = out.end_ < content.size();
  return out;
}

bool PersonKeys::opens_with(const EncryptionKey& key) const {
  return key.id == encryption_key_ &&
         core::unseal({}, proof_, key.key.view(),
                      context_of(kHeaderContext, vault_, encryption_key_));
}

core::Result<> PersonKeys::open(const IdBytes& id, const EncryptionKey& key,
                                core::Secret& out) const {
  CHECK(out.size() == core::kSealKeyBytes);
  const auto found = keys_.find(id);
  if (found == keys_.end()) {
    return core::not_found("vault_key_missing", core::to_hex(id),
                           "There is no key for this id; restore the file of person keys from its "
                           "newest backup, see docs/runbooks/erasure.md.");
  }
  if (core::unseal(out.bytes(), found->second, key.key.view(),
                   context_of(kEntryContext, vault_, encryption_key_, id))) {
    return core::ok();
  }
  return core::corrupt("vault_keys", core::to_hex(id), "The key of this id does not open.");
}

std::vector<IdBytes> PersonKeys::ids() const {
  std::vector<IdBytes> out;
  out.reserve(keys_.size());
  for (const auto& [id, sealed] : keys_) out.push_back(id);
  return out;
}

core::Bytes PersonKeys::entry(const IdBytes& id, core::ByteView person_key,
                              const EncryptionKey& key, core::Random& random) const {
  const core::Bytes sealed = core::seal(
      person_key, key.key.view(), context_of(kEntryContext, vault_, encryption_key_, id), random);
  core::Bytes out(id.begin(), id.end());
  out.insert(out.end(), sealed.begin(), sealed.end());
  append_check(out, 0);
  return out;
}

void PersonKeys::add(const IdBytes& id, core::ByteView entry) {
  CHECK(entry.size() == kEntryBytes);
  Sealed sealed{};
  std::copy_n(entry.begin() + sizeof(IdBytes), sealed.size(), sealed.begin());
  keys_.emplace(id, sealed);
}

core::Result<PersonKeys> PersonKeys::under(const EncryptionKey& old_key,
                                           const EncryptionKey& new_key,
                                           const std::vector<IdBytes>& erased,
                                           core::Random& random) const {
  PersonKeys out(vault_, new_key);
  core::Secret person_key(core::kSealKeyBytes);
  for (const auto& [id, sealed] : keys_) {
    if (std::ranges::find(erased, id) != erased.end()) continue;
    TRY(open(id, old_key, person_key));
    out.add(id, out.entry(id, person_key.view(), new_key, random));
  }
  return out;
}

core::Bytes PersonKeys::print() const {
  const core::ByteView magic = core::as_bytes(kPersonKeysMagic);
  core::Bytes out(magic.begin(), magic.end());
  out.reserve(kPersonKeysHeader + keys_.size() * kEntryBytes);
  out.insert(out.end(), vault_.begin(), vault_.end());
  out.insert(out.end(), encryption_key_.begin(), encryption_key_.end());
  out.insert(out.end(), proof_.begin(), proof_.end());
  append_check(out, 0);
  for (const auto& [id, sealed] : keys_) {
    const std::size_t begin = out.size();
    out.insert(out.end(), id.begin(), id.end());
    out.insert(out.end(), sealed.begin(), sealed.end());
    append_check(out, begin);
  }
  return out;
}

}  // namespace gateway::vault
