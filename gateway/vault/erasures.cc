#include "gateway/vault/erasures.h"

#include <algorithm>

#include "core/ids.h"
#include "gateway/vault/check.h"
#include "ledger/tlog_text.h"

namespace gateway::vault {
namespace {

constexpr std::string_view kErasuresFirstLine = "tallystick-erasures-v1\n";
constexpr std::string_view kBlindPurpose = "tallystick/vault/erased/v1\n";

core::Error damaged_list(const std::string& path, std::size_t line) {
  return core::corrupt("erasure_list", path + ": line " + std::to_string(line),
                       "This is no line of an erasure list, or it was altered; take another copy "
                       "of the list.");
}

std::string checked(std::string line) {
  const auto check = check_of(core::as_bytes(line));
  return std::move(line) + " " + core::to_hex(check) + "\n";
}

// The words of a line, if its last one is the check of the others.
std::optional<std::vector<std::string_view>> words_of(std::string_view line) {
  const std::size_t last = line.rfind(' ');
  if (last == std::string_view::npos) return std::nullopt;
  if (line.substr(last + 1) != core::to_hex(check_of(core::as_bytes(line.substr(0, last))))) {
    return std::nullopt;
  }
  std::vector<std::string_view> words;
  line = line.substr(0, last);
  while (true) {
    const std::size_t space = line.find(' ');
    words.push_back(line.substr(0, space));
    if (space == std::string_view::npos) return words;
    line.remove_prefix(space + 1);
  }
}

bool read_erasure(const std::vector<std::string_view>& words, Erasure& out) {
  if (words.size() != 4 || words[0] != "erased:") return false;
  const auto erasure = core::parse_id_bytes(words[1]);
  const auto blinded = core::parse_hash(words[2]);
  const auto size = ledger::parse_count(words[3]);
  if (!erasure || !blinded || !size) return false;
  out = {erasure.value(), blinded.value(), *size};
  return true;
}

// The list may not be cut unseen: the line counts the lines before it.
bool read_complete(const std::vector<std::string_view>& words, Erasures& out) {
  if (words.size() != 3 || words[0] != "complete:") return false;
  const auto size = ledger::parse_count(words[1]);
  const auto count = ledger::parse_count(words[2]);
  if (!size || !count || *count != out.list.size()) return false;
  out.complete = *size;
  return true;
}

bool read_vault(const std::vector<std::string_view>& words, Tag& out) {
  if (words.size() != 2 || words[0] != "vault:") return false;
  const auto tag = core::parse_id_bytes(words[1]);
  if (tag) out = tag.value();
  return tag.has_value();
}

}  // namespace

core::Hash blind(const ListKey& key, const IdBytes& id) {
  const core::ByteView purpose = core::as_bytes(kBlindPurpose);
  core::Bytes message(purpose.begin(), purpose.end());
  message.insert(message.end(), id.begin(), id.end());
  return core::hmac_sha256(key, message);
}

core::Hash line_digest(const ErasureId& erasure, const core::Hash& blinded) {
  core::Sha256 sha256;
  return sha256(erasure, blinded.view());
}

bool Erasures::contains(const core::Hash& blinded) const {
  return std::ranges::find(list, blinded, &Erasure::blinded) != list.end();
}

core::Result<Erasures> read_erasures(std::string_view content, const std::string& path) {
  if (!content.starts_with(kErasuresFirstLine)) return damaged_list(path, 1);
  Erasures out;
  out.end = kErasuresFirstLine.size();
  for (std::size_t number = 2; out.end < content.size(); ++number) {
    const std::size_t end = content.find('\n', out.end);
    if (end == std::string_view::npos) {
      // A whole line and one byte is no beginning of a line: its end was altered.
      if (words_of(content.substr(out.end, content.size() - out.end - 1))) {
        return damaged_list(path, number);
      }
      out.torn = true;
      return number == 2 ? core::Result<Erasures>(damaged_list(path, number)) : out;
    }
    const auto words = words_of(content.substr(out.end, end - out.end));
    if (!words || out.complete) return damaged_list(path, number);
    Erasure erasure;
    const bool is_line = number == 2                     ? read_vault(*words, out.vault)
                         : read_erasure(*words, erasure) ? true
                                                         : read_complete(*words, out);
    if (!is_line) return damaged_list(path, number);
    if (number > 2 && !out.complete) out.list.push_back(erasure);
    out.end = end + 1;
  }
  if (out.end == kErasuresFirstLine.size()) return damaged_list(path, 2);
  return out;
}

std::string erasures_header(const Tag& vault) {
  return std::string(kErasuresFirstLine) + checked("vault: " + core::to_hex(vault));
}

std::string erasure_line(const Erasure& erasure) {
  return checked("erased: " + core::to_hex(erasure.erasure) + " " +
                 core::to_hex(erasure.blinded.bytes) + " " + std::to_string(erasure.size));
}

std::string print_erasures(const Erasures& erasures, std::uint64_t complete) {
  std::string out = erasures_header(erasures.vault);
  for (const Erasure& erasure : erasures.list) out += erasure_line(erasure);
  return out + checked("complete: " + std::to_string(complete) + " " +
                       std::to_string(erasures.list.size()));
}

}  // namespace gateway::vault
