// An erasure in its steps, each of which the next opening can go on from.

#include <algorithm>
#include <filesystem>

#include "core/files.h"
#include "core/ids.h"
#include "core/sealing.h"
#include "gateway/vault/files.h"
#include "gateway/vault/vault.h"

namespace gateway::vault {
namespace {

constexpr std::string_view kErasing = "tallystick-erasing-v1";
constexpr std::size_t kHexDigits = 2 * sizeof(IdBytes);

std::string print(const Erasing& erasing) {
  return std::string(kErasing) + " " + core::to_hex(erasing.id) + " " +
         core::to_hex(erasing.erasure) + "\n";
}

core::Result<Erasing> parse(std::string_view text, const std::string& path) {
  const std::size_t begin = kErasing.size() + 1;
  if (text.size() == begin + 2 * (kHexDigits + 1) && text.starts_with(kErasing)) {
    const auto id = core::parse_id_bytes(text.substr(begin, kHexDigits));
    const auto erasure = core::parse_id_bytes(text.substr(begin + kHexDigits + 1, kHexDigits));
    if (id && erasure) {
      const Erasing out{id.value(), erasure.value()};
      if (print(out) == text) return out;
    }
  }
  return core::corrupt("vault", path,
                       "This file tells of an erasure that was begun, and was altered.");
}

}  // namespace

core::Result<> Vault::read_erasing() {
  if (!core::file_exists(paths_.erasing())) return core::ok();
  TRY(const std::string text, core::read_file(paths_.erasing(), 4096));
  TRY(erasing_, parse(text, paths_.erasing()));
  return core::ok();
}

core::Result<> Vault::begin_erasure(const Erasing& erasing) {
  TRY(check_open());
  if (erasing_) {
    return core::unavailable("erasure_running", paths_.erasing(),
                             "Another erasure was begun and is not finished; open the book anew.");
  }
  TRY(core::write_file(paths_.erasing(), print(erasing), core::FileAccess::OwnerOnly));
  erasing_ = erasing;
  return core::ok();
}

core::Result<> Vault::drop_erasure() {
  // Not overwritten: half of that would look like damage, and only random ids stand in it.
  TRY(core::remove_file(paths_.erasing()));
  erasing_.reset();
  return core::ok();
}

core::Result<> Vault::finish_erasure(std::uint64_t book_size) {
  TRY(check_open());
  if (!erasing_) return core::ok();
  const Erasure line{erasing_->erasure, blinded(erasing_->id), book_size};
  if (!blinded_.contains(line.blinded)) {
    const std::string text = erasure_line(line);
    TRY(append_at(paths_.erasures(), erasures_end_, core::as_bytes(text)));
    erasures_end_ += text.size();
    erasures_.list.push_back(line);
    blinded_.insert(line.blinded);
  }
  const std::vector<IdBytes> erased{erasing_->id};
  TRY(drop_keys(erased));
  TRY(drop_entries(erased));
  return drop_erasure();
}

// A fresh encryption key for all that stay. Until the file of person keys has its place, the old
// key opens what is there; from then on the new one does.
core::Result<> Vault::drop_keys(const std::vector<IdBytes>& erased) {
  const bool any =
      std::ranges::any_of(erased, [&](const IdBytes& id) { return keys_.contains(id); });
  if (any) {
    EncryptionKey next =
        draw_encryption_key(draw_, "vault-encryption-key " + std::to_string(erasures_.list.size()));
    core::SystemRandom random;
    TRY(PersonKeys keys, keys_.under(*encryption_key_, next, erased, random));
    TRY(write_encryption_key(paths_.next_encryption_key(), next));
    const core::Bytes content = keys.print();
    TRY(core::write_file(paths_.person_keys(), core::as_text(content),
                         core::FileAccess::OwnerOnly));
    keys_ = std::move(keys);
    keys_end_ = content.size();
    encryption_key_ = std::move(next);
  }
  return settle_encryption_key();
}

// The key that opens the person keys gets its name, and any other is destroyed.
core::Result<> Vault::settle_encryption_key() {
  if (!core::file_exists(paths_.next_encryption_key())) return core::ok();
  const auto next = read_encryption_key(paths_.next_encryption_key());
  if (!next || !keys_.opens_with(next.value())) {
    return destroy_file(paths_.next_encryption_key());
  }
  TRY(destroy_file(paths_.encryption_key));
  return rename_file(paths_.next_encryption_key(), paths_.encryption_key);
}

core::Result<> Vault::drop_entries(const std::vector<IdBytes>& erased) {
  const bool any =
      std::ranges::any_of(erased, [&](const IdBytes& id) { return places_.contains(id); });
  if (any) {
    TRY(const std::string data, this->data());
    std::vector<Place> stay;
    for (const auto& [id, places] : places_) {
      if (std::ranges::find(erased, id) != erased.end()) continue;
      stay.insert(stay.end(), places.begin(), places.end());
    }
    std::ranges::sort(stay, {}, &Place::number);
    const core::Bytes header = entries_header(list_key_);
    std::string content(core::as_text(header));
    for (Place& place : stay) {
      const std::size_t begin = content.size();
      content.append(data, place.begin, place.bytes);
      place.begin = begin;
    }
    TRY(core::write_file(paths_.data(), content, core::FileAccess::OwnerOnly));
    data_end_ = content.size();
    seen_.clear();
    places_.clear();
    places_count_ = 0;
    for (const Place& place : stay) index(place);
  }
  for (const IdBytes& id : erased) {
    std::erase_if(names_, [&](const auto& known) { return known.second == id; });
    missing_.erase(id);
  }
  return core::ok();
}

// Those whose key or entries are still here.
std::vector<IdBytes> Vault::erased_ids() const {
  std::vector<IdBytes> out;
  if (blinded_.empty()) return out;
  for (const IdBytes& id : keys_.ids()) {
    if (erased(id)) out.push_back(id);
  }
  for (const auto& [id, places] : places_) {
    if (!keys_.contains(id) && erased(id)) out.push_back(id);
  }
  return out;
}

// What a crash left: broken ends, drafts, keys that were to go.
core::Result<> Vault::cut_and_tidy() {
  TRY(cut_file(paths_.data(), data_end_));
  TRY(cut_file(paths_.person_keys(), keys_end_));
  TRY(cut_file(paths_.erasures(), erasures_end_));
  for (const std::string& path :
       {paths_.data(), paths_.person_keys(), paths_.erasures(), paths_.erasing(),
        paths_.encryption_key, paths_.next_encryption_key()}) {
    TRY(destroy_file(path + ".new"));
  }
  const std::vector<IdBytes> erased = erased_ids();
  TRY(drop_keys(erased));
  TRY(drop_entries(erased));
  return core::ok();
}

core::Result<std::uint64_t> admit_erasures(const Paths& paths, std::string_view data,
                                           const Erasures& list, std::uint64_t newest_size) {
  if (!list.complete || *list.complete < newest_size) {
    return core::conflict("erasure_list", "complete",
                          "The erasure list is complete to size " +
                              std::to_string(list.complete.value_or(0)) +
                              "; the newest checkpoint known has " + std::to_string(newest_size) +
                              ". Take the newest list.");
  }
  TRY(const Entries entries, read_entries(core::as_bytes(data), paths.data()));
  if (tag_of(entries.list_key) != list.vault) {
    return core::conflict("erasure_list", "vault", "The erasure list is another vault's.");
  }
  std::uint64_t dropped = 0;
  const core::Bytes header = entries_header(entries.list_key);
  std::string content(core::as_text(header));
  for (const Place& place : entries.places) {
    if (list.contains(blind(entries.list_key, place.id))) {
      ++dropped;
    } else {
      content.append(data.substr(place.begin, place.bytes));
    }
  }
  TRY(core::write_file(paths.data(), content, core::FileAccess::OwnerOnly));
  std::string lines = erasures_header(list.vault);
  for (const Erasure& erasure : list.list) lines += erasure_line(erasure);
  TRY(core::write_file(paths.erasures(), lines, core::FileAccess::OwnerOnly));
  return dropped;
}

}  // namespace gateway::vault
