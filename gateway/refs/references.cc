#include "gateway/refs/references.h"

#include <algorithm>
#include <optional>

#include "core/files.h"
#include "core/ids.h"
#include "core/sha256.h"

namespace gateway::refs {
namespace {

constexpr std::size_t kNameBytesMax = 65;  // With its '@'.
constexpr std::size_t kCheckDigits = 8;

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

// The first 8 hexadecimal digits of the SHA-256 of "@name id": one flipped bit would give a client
// another's id, and no record would contradict it.
std::string check_of(std::string_view name_and_id) {
  return core::to_hex(core::sha256(core::as_bytes(name_and_id)).bytes).substr(0, kCheckDigits);
}

std::string print_line(std::string_view name, const IdBytes& id) {
  const std::string name_and_id = std::string(name) + " " + core::to_hex(id);
  return name_and_id + " " + check_of(name_and_id) + "\n";
}

struct NamedId {
  std::string_view name;
  IdBytes id;
};

// The line without its end, if it is one.
std::optional<NamedId> parse_line(std::string_view line) {
  const std::size_t check = line.rfind(' ');
  if (check == std::string_view::npos) return std::nullopt;
  const std::string_view name_and_id = line.substr(0, check);
  const std::size_t space = name_and_id.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  const std::string_view name = name_and_id.substr(0, space);
  const auto id = core::parse_id_bytes(name_and_id.substr(space + 1));
  if (!id || !check_name(name) || line.substr(check + 1) != check_of(name_and_id)) {
    return std::nullopt;
  }
  return NamedId{name, id.value()};
}

core::Error corrupt_line(const std::string& path, std::size_t line) {
  return core::corrupt("refs", path + ": line " + std::to_string(line),
                       "This line is not '@name id check', or names another id than a line before; "
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
    if (end == std::string_view::npos) {
      // A whole line and one byte is no beginning of a line: its end was altered.
      if (parse_line(rest.substr(0, rest.size() - 1))) return corrupt_line(path, line);
      // Cut off by a crash before its command was queued, so nothing refers to it.
      store.torn_ = true;
      break;
    }
    const auto parsed = parse_line(rest.substr(0, end));
    if (!parsed) return corrupt_line(path, line);
    const auto [known, added] = store.known_.emplace(std::string(parsed->name), parsed->id);
    if (!added && known->second != parsed->id) return corrupt_line(path, line);
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
    for (const auto& [name, id] : known_) lines += print_line(name, id);
  }
  for (const auto& [name, id] : kept_) lines += print_line(name, id);
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
