#include "gateway/refs/legacy.h"

#include <optional>

#include "core/files.h"
#include "core/ids.h"
#include "core/sha256.h"
#include "gateway/refs/names.h"

namespace gateway::refs {
namespace {

constexpr std::size_t kCheckDigits = 8;

// The first 8 hexadecimal digits of the SHA-256 of "@name id": one flipped bit would give a client
// another's id, and no record would contradict it.
std::string check_of(std::string_view name_and_id) {
  return core::to_hex(core::sha256(core::as_bytes(name_and_id)).bytes).substr(0, kCheckDigits);
}

struct NamedId {
  std::string_view name;
  vault::IdBytes id;
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

core::Result<std::vector<vault::NamedId>> read_old_references(const std::string& path) {
  std::map<std::string, vault::IdBytes, std::less<>> known;
  std::vector<vault::NamedId> out;
  TRY(const std::string content, core::read_file(path));
  std::string_view rest = content;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) {
      // A whole line and one byte is no beginning of a line: its end was altered.
      if (parse_line(rest.substr(0, rest.size() - 1))) return corrupt_line(path, line);
      // Cut off by a crash before its command was queued, so nothing refers to it.
      break;
    }
    const auto parsed = parse_line(rest.substr(0, end));
    if (!parsed) return corrupt_line(path, line);
    const auto [there, added] = known.emplace(std::string(parsed->name), parsed->id);
    if (!added && there->second != parsed->id) return corrupt_line(path, line);
    if (added) out.emplace_back(std::string(parsed->name), parsed->id);
    rest.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace gateway::refs
