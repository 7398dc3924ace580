#include "gateway/refs/references.h"

#include <algorithm>

#include "core/files.h"
#include "core/ids.h"

namespace gateway::refs {
namespace {

constexpr std::size_t kNameBytesMax = 65;  // With its '@'.

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

core::Result<> check_name(std::string_view name) {
  if (name.size() >= 2 && name.size() <= kNameBytesMax && name[0] == '@' &&
      std::ranges::all_of(name.substr(1), is_name_character)) {
    return core::ok();
  }
  return core::invalid("reference", std::string(name.substr(0, kNameBytesMax)),
                       "A reference is '@' and 1 to 64 letters, digits, dots, lines or dashes.");
}

core::Error corrupt_line(const std::string& path, std::size_t line) {
  return core::corrupt("refs", path + ": line " + std::to_string(line),
                       "This line is not '@name id', or names another id than a line before; "
                       "restore the file from a backup.");
}

}  // namespace

core::Result<ReferenceStore> ReferenceStore::open(const std::string& path, Mint mint) {
  ReferenceStore store;
  store.path_ = path;
  store.mint_ = std::move(mint);
  if (!core::file_exists(path)) return store;
  TRY(const std::string content, core::read_file(path));
  std::string_view rest = content;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    const std::string_view text = rest.substr(0, end);
    const std::size_t space = text.find(' ');
    if (end == std::string_view::npos) {
      // Cut off by a crash before its command was queued, so nothing refers to it.
      store.torn_ = true;
      break;
    }
    if (space == std::string_view::npos) return corrupt_line(path, line);
    const auto id = core::parse_id_bytes(text.substr(space + 1));
    if (!id || !check_name(text.substr(0, space))) return corrupt_line(path, line);
    const auto [known, added] =
        store.known_.emplace(std::string(text.substr(0, space)), id.value());
    if (!added && known->second != id.value()) return corrupt_line(path, line);
    rest.remove_prefix(end + 1);
  }
  return store;
}

core::Result<IdBytes> ReferenceStore::find(std::string_view name) const {
  TRY(check_name(name));
  const auto known = known_.find(name);
  if (known != known_.end()) return known->second;
  return core::not_found("unknown_reference", std::string(name),
                         "This book has no such reference.");
}

core::Result<IdBytes> ReferenceStore::resolve(std::string_view name) {
  TRY(check_name(name));
  const auto known = known_.find(name);
  if (known != known_.end()) return known->second;
  const auto kept = kept_.find(name);
  if (kept != kept_.end()) return kept->second;
  const auto pending = pending_.find(name);
  if (pending != pending_.end()) return pending->second;
  const IdBytes id = mint_(name);
  pending_.emplace(std::string(name), id);
  return id;
}

core::Result<> ReferenceStore::save() {
  keep();
  if (kept_.empty()) return core::ok();
  std::string lines;
  if (torn_) {
    for (const auto& [name, id] : known_) lines += name + " " + core::to_hex(id) + "\n";
  }
  for (const auto& [name, id] : kept_) lines += name + " " + core::to_hex(id) + "\n";
  if (torn_) {
    TRY(core::write_file(path_, lines, core::FileAccess::OwnerOnly));
    torn_ = false;
  } else {
    // Until it has succeeded, the file may end in the middle of a line.
    torn_ = true;
    TRY(core::append_file(path_, lines));
    torn_ = false;
  }
  known_.merge(kept_);
  kept_.clear();
  return core::ok();
}

void ReferenceStore::keep() {
  kept_.merge(pending_);
  pending_.clear();
}

void ReferenceStore::discard() { pending_.clear(); }

}  // namespace gateway::refs
