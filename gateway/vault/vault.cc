#include "gateway/vault/vault.h"

#include <algorithm>

#include "core/check.h"
#include "core/files.h"
#include "core/ids.h"
#include "core/sealing.h"
#include "gateway/vault/files.h"

namespace gateway::vault {
namespace {

constexpr std::size_t kVaultFileBytesMax = std::size_t{2} << 30;
constexpr int kLooksMax = 3;
constexpr std::string_view kUnfinishedText = "The vault is being made here.\n";

core::Result<std::string> read_whole(const std::string& path) {
  return core::read_file(path, kVaultFileBytesMax);
}

core::Error key_missing(const std::string& path) {
  return core::unavailable("vault_key_missing", path,
                           "This file is not here, so no name and no personal text can be read; "
                           "restore it from its backup, see docs/runbooks/erasure.md.");
}

core::Error other_vault(const std::string& path) {
  return core::corrupt("vault", path, "This file belongs to another vault.");
}

core::Error erased_error(const IdBytes& id) {
  return core::conflict("person_erased", core::to_hex(id),
                        "This person was erased; nothing is recorded of the id any more.");
}

}  // namespace

bool Paths::exists() const {
  // A folder alone is none: a crash may leave it before anything is in it.
  for (const std::string& path :
       {data(), person_keys(), erasures(), encryption_key, next_encryption_key()}) {
    if (core::file_exists(path)) return true;
  }
  return false;
}

core::Result<std::unique_ptr<Vault>> Vault::create(const Paths& paths, const Draw& draw,
                                                   std::span<const NamedId> names) {
  TRY(core::make_folder(paths.folder, core::FileAccess::OwnerOnly));
  TRY(core::write_file(paths.unfinished(), kUnfinishedText, core::FileAccess::OwnerOnly));
  std::unique_ptr<Vault> vault(new Vault(paths, draw));
  draw("vault-list-key", vault->list_key_);
  const Tag tag = tag_of(vault->list_key_);
  vault->encryption_key_ = draw_encryption_key(draw, "vault-encryption-key 0");
  vault->keys_ = PersonKeys(tag, *vault->encryption_key_);
  vault->erasures_.vault = tag;
  TRY(write_encryption_key(paths.encryption_key, *vault->encryption_key_));
  const auto write = [](const std::string& path, std::string_view content) {
    return core::write_file(path, content, core::FileAccess::OwnerOnly);
  };
  const core::Bytes keys = vault->keys_.print();
  vault->keys_end_ = keys.size();
  TRY(write(paths.person_keys(), core::as_text(keys)));
  const std::string erasures = erasures_header(tag);
  vault->erasures_end_ = erasures.size();
  TRY(write(paths.erasures(), erasures));
  const core::Bytes header = entries_header(vault->list_key_);
  vault->data_end_ = header.size();
  TRY(write(paths.data(), core::as_text(header)));
  TRY(vault->add_names(names));
  TRY(core::remove_file(paths.unfinished()));
  return vault;
}

core::Result<std::unique_ptr<Vault>> Vault::open(const Paths& paths, Access access,
                                                 const Draw& draw) {
  auto opened = open_once(paths, access, draw);
  // A writer beside us that was finishing an erasure changes more than one file.
  for (int again = 0; access == Access::ReadOnly && again < kLooksMax; ++again) {
    if (opened && !opened.value()->locked_) break;
    opened = open_once(paths, access, draw);
  }
  return opened;
}

core::Result<std::unique_ptr<Vault>> Vault::open_once(const Paths& paths, Access access,
                                                      const Draw& draw) {
  std::unique_ptr<Vault> vault(new Vault(paths, draw));
  if (access == Access::ReadWrite) {
    // A process killed between its write and its fsync leaves what can be read and what a power cut
    // would still take back.
    for (const std::string& path : {paths.data(), paths.person_keys(), paths.erasures()}) {
      if (core::file_exists(path)) {
        TRY(core::sync_file(path));
      }
    }
  }
  // Before the list: an erasure that is not begun any more is in the list.
  TRY(vault->read_erasing());
  TRY(vault->read_files());
  if (vault->locked_) return vault;
  if (access == Access::ReadWrite) {
    TRY(vault->cut_and_tidy());
  }
  TRY(vault->read_names());
  // Who may write may also move entries; others keep what they have seen.
  if (access == Access::ReadWrite) vault->seen_.clear();
  return vault;
}

// In an order in which a writer beside us cannot make anything look lost: it writes keys before
// entries, and the list before both are dropped.
core::Result<> Vault::read_files() {
  if (!core::file_exists(paths_.data())) {
    locked_ = core::conflict("vault_locked", paths_.data(),
                             "This file is not here; restore it from a backup of the book.");
    return core::ok();
  }
  TRY(seen_, read_whole(paths_.data()));
  TRY(const Entries entries, read_entries(core::as_bytes(seen_), paths_.data()));
  list_key_ = entries.list_key;
  data_end_ = entries.end;
  for (const Place& place : entries.places) index(place);
  if (!core::file_exists(paths_.erasures())) {
    locked_ = core::conflict("vault_locked", paths_.erasures(),
                             "There is no erasure list, so whom it must not show is not known; "
                             "give the newest one, see docs/runbooks/erasure.md.");
    return core::ok();
  }
  if (!core::file_exists(paths_.person_keys())) {
    locked_ = key_missing(paths_.person_keys());
    return core::ok();
  }
  TRY(const std::string keys, read_whole(paths_.person_keys()));
  TRY(keys_, PersonKeys::read(core::as_bytes(keys), paths_.person_keys()));
  keys_end_ = keys_.end();
  if (keys_.vault() != tag_of(list_key_)) return other_vault(paths_.person_keys());
  TRY(read_encryption_keys());
  TRY(const std::string list, read_whole(paths_.erasures()));
  TRY(erasures_, read_erasures(list, paths_.erasures()));
  erasures_end_ = erasures_.end;
  if (erasures_.vault != keys_.vault()) return other_vault(paths_.erasures());
  for (const Erasure& erasure : erasures_.list) blinded_.insert(erasure.blinded);
  return core::ok();
}

core::Result<> Vault::read_encryption_keys() {
  bool found = false;
  for (const std::string& path : {paths_.encryption_key, paths_.next_encryption_key()}) {
    if (!core::file_exists(path)) continue;
    found = true;
    auto key = read_encryption_key(path);
    if (!key && !encryption_key_) locked_ = std::move(key.error());
    if (!key || !keys_.opens_with(key.value())) continue;
    encryption_key_ = std::move(key.value());
    locked_.reset();
  }
  if (!found) {
    locked_ = key_missing(paths_.encryption_key);
  } else if (!encryption_key_ && !locked_) {
    locked_ = core::invalid("vault_key", paths_.encryption_key,
                            "This is not the key that the person keys are sealed under; restore "
                            "the two files together.");
  }
  return core::ok();
}

core::Result<> Vault::read_names() {
  names_.clear();
  missing_.clear();
  core::Secret key(core::kSealKeyBytes);
  TRY(const std::string data, this->data());
  const std::set<IdBytes> gone = [&] {
    const auto ids = erased_ids();
    return std::set<IdBytes>(ids.begin(), ids.end());
  }();
  for (const auto& [id, places] : places_) {
    if (gone.contains(id)) continue;
    if (!keys_.contains(id)) {
      missing_.insert(id);
      continue;
    }
    TRY(keys_.open(id, *encryption_key_, key));
    for (const Place& place : places) {
      if (place.type != EntryType::Name) continue;
      TRY(std::string name, open_name(place, core::as_bytes(data).subspan(place.begin, place.bytes),
                                      key.view(), list_key_));
      const auto [known, added] = names_.emplace(std::move(name), id);
      if (!added && known->second != id) {
        return core::corrupt("vault", core::to_hex(id), "A name stands for two ids.");
      }
    }
  }
  return core::ok();
}

void Vault::index(const Place& place) {
  places_[place.id].push_back(place);
  ++places_count_;
  next_number_ = std::max(next_number_, place.number + 1);
}

core::Result<> Vault::check_open() const {
  if (locked_) return *locked_;
  return core::ok();
}

bool Vault::erased(const IdBytes& id) const {
  return !blinded_.empty() && blinded_.contains(blind(list_key_, id));
}

core::Result<> Vault::append_keys(std::span<const IdBytes> ids) {
  core::SystemRandom random;
  core::Secret key(core::kSealKeyBytes);
  core::Bytes lines;
  std::vector<std::pair<IdBytes, core::Bytes>> made;
  std::set<IdBytes> seen;
  for (const IdBytes& id : ids) {
    if (keys_.contains(id) || !seen.insert(id).second) continue;
    draw_("vault-person-key " + core::to_hex(id), key.bytes());
    core::Bytes entry = keys_.entry(id, key.view(), *encryption_key_, random);
    lines.insert(lines.end(), entry.begin(), entry.end());
    made.emplace_back(id, std::move(entry));
  }
  if (made.empty()) return core::ok();
  TRY(append_at(paths_.person_keys(), keys_end_, lines));
  keys_end_ += lines.size();
  for (const auto& [id, entry] : made) keys_.add(id, entry);
  return core::ok();
}

core::Result<> Vault::append_entries(core::ByteView entries) {
  TRY(append_at(paths_.data(), data_end_, entries));
  return core::ok();
}

core::Result<> Vault::add_names(std::span<const NamedId> names) {
  TRY(check_open());
  if (names.empty()) return core::ok();
  std::vector<IdBytes> ids;
  ids.reserve(names.size());
  for (const auto& [name, id] : names) ids.push_back(id);
  TRY(append_keys(ids));
  core::SystemRandom random;
  core::Secret key(core::kSealKeyBytes);
  core::Bytes lines;
  std::vector<Place> places;
  std::uint64_t number = next_number_;
  for (const auto& [name, id] : names) {
    TRY(keys_.open(id, *encryption_key_, key));
    const core::Bytes entry = name_entry(number, id, name, key.view(), list_key_, random);
    places.push_back({number++, EntryType::Name, id, data_end_ + lines.size(), entry.size()});
    lines.insert(lines.end(), entry.begin(), entry.end());
  }
  TRY(append_entries(lines));
  data_end_ += lines.size();
  for (const Place& place : places) index(place);
  for (const auto& [name, id] : names) names_.emplace(name, id);
  return core::ok();
}

core::Result<> Vault::add_fields(const IdBytes& id, std::span<const Field> fields) {
  if (fields.empty()) return check_open();
  core::Secret key(core::kSealKeyBytes);
  TRY(person_key(id, true, key));
  core::SystemRandom random;
  core::Bytes lines;
  std::vector<Place> places;
  std::uint64_t number = next_number_;
  for (const Field& field : fields) {
    const core::Bytes entry = field_entry(number, id, field, key.view(), list_key_, random);
    places.push_back({number++, EntryType::Field, id, data_end_ + lines.size(), entry.size()});
    lines.insert(lines.end(), entry.begin(), entry.end());
  }
  TRY(append_entries(lines));
  data_end_ += lines.size();
  for (const Place& place : places) index(place);
  return core::ok();
}

core::Result<> Vault::person_key(const IdBytes& id, bool make, core::Secret& out) {
  TRY(check_open());
  if (erased(id)) return erased_error(id);
  // What was sealed under a key that is lost is not to be mixed with what a new one seals.
  if (make && !missing_.contains(id)) {
    TRY(append_keys(std::span(&id, 1)));
  }
  return keys_.open(id, *encryption_key_, out);
}

core::Result<> Vault::take_keys(const PersonKeys& from, const EncryptionKey& key) {
  TRY(check_open());
  core::SystemRandom random;
  core::Secret person_key(core::kSealKeyBytes);
  core::Bytes lines;
  std::vector<std::pair<IdBytes, core::Bytes>> taken;
  for (const IdBytes& id : from.ids()) {
    if (keys_.contains(id) || erased(id)) continue;
    TRY(from.open(id, key, person_key));
    core::Bytes entry = keys_.entry(id, person_key.view(), *encryption_key_, random);
    lines.insert(lines.end(), entry.begin(), entry.end());
    taken.emplace_back(id, std::move(entry));
  }
  TRY(append_at(paths_.person_keys(), keys_end_, lines));
  keys_end_ += lines.size();
  for (const auto& [id, entry] : taken) keys_.add(id, entry);
  return read_names();
}

core::Result<core::Bytes> Vault::read_entry(const Place& place) const {
  if (seen_.empty()) return read_range(paths_.data(), place.begin, place.bytes);
  const core::ByteView entry = core::as_bytes(seen_).subspan(place.begin, place.bytes);
  return core::Bytes(entry.begin(), entry.end());
}

core::Result<Person> Vault::person(const IdBytes& id) const {
  TRY(check_open());
  Person out;
  const auto found = places_.find(id);
  if (found == places_.end() || erased(id)) return out;
  core::Secret key(core::kSealKeyBytes);
  TRY(keys_.open(id, *encryption_key_, key));
  for (const Place& place : found->second) {
    TRY(const core::Bytes entry, read_entry(place));
    if (place.type == EntryType::Name) {
      TRY(std::string name, open_name(place, entry, key.view(), list_key_));
      out.names.push_back(std::move(name));
    } else {
      TRY(Field field, open_field(place, entry, key.view(), list_key_));
      out.fields.push_back(std::move(field));
    }
  }
  return out;
}

core::Result<std::string> Vault::data() const {
  if (!seen_.empty()) return seen_;
  TRY(std::string content, read_whole(paths_.data()));
  // Not what may still be on its way.
  if (content.size() > data_end_) content.resize(data_end_);
  return content;
}

core::Result<Inspection> Vault::inspect() const {
  Inspection out;
  TRY(check_open());
  core::Secret key(core::kSealKeyBytes);
  out.keys = keys_.size();
  for (const IdBytes& id : keys_.ids()) {
    const auto opened = keys_.open(id, *encryption_key_, key);
    if (!opened) out.damages.push_back(opened.error());
  }
  TRY(const std::string data, this->data());
  for (const auto& [id, places] : places_) {
    if (erased(id)) continue;
    if (!keys_.contains(id)) {
      out.missing.push_back(id);
      continue;
    }
    if (!keys_.open(id, *encryption_key_, key)) continue;
    for (const Place& place : places) {
      const core::ByteView entry = core::as_bytes(data).subspan(place.begin, place.bytes);
      if (place.type == EntryType::Name) {
        ++out.names;
        const auto name = open_name(place, entry, key.view(), list_key_);
        if (!name) out.damages.push_back(name.error());
        continue;
      }
      ++out.fields;
      const auto field = open_field(place, entry, key.view(), list_key_);
      if (!field) {
        out.damages.push_back(field.error());
      } else {
        out.commitments.emplace(id, commitment(field.value()));
      }
    }
  }
  return out;
}

}  // namespace gateway::vault
