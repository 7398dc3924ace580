#include "ledger/witness/add_checkpoint.h"

#include <utility>

#include "ledger/note.h"
#include "ledger/tlog_text.h"

namespace ledger::witness {
namespace {

constexpr std::string_view kOld = "old ";

core::Error malformed(std::string at, std::string detail) {
  return core::invalid("add_checkpoint", std::move(at), std::move(detail));
}

}  // namespace

std::string to_string(const AddCheckpoint& request) {
  std::string body = std::string(kOld) + std::to_string(request.old_size) + "\n";
  for (const core::Hash& hash : request.proof) body += core::to_base64(hash.view()) + "\n";
  return body + "\n" + request.note;
}

core::Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  const auto first = take_line(body);
  if (!first || !first->starts_with(kOld)) {
    return malformed("line 1", "The first line is old and a size.");
  }
  const auto old_size = parse_count(first->substr(kOld.size()));
  if (!old_size) return malformed("line 1", "The old size is a decimal number below 2^64.");
  AddCheckpoint request;
  request.old_size = *old_size;
  while (true) {
    const auto line = take_line(body);
    if (!line) return malformed("proof", "An empty line ends the proof's hashes.");
    if (line->empty()) break;
    const std::string at = "hash " + std::to_string(request.proof.size() + 1);
    if (request.proof.size() == kProofHashesMax) return malformed(at, "There are too many hashes.");
    const auto hash = parse_base64_hash(*line);
    if (!hash) return malformed(at, "A hash is 32 bytes in base64.");
    request.proof.push_back(*hash);
  }
  if (body.empty() || body.size() > kNoteBytesMax) {
    return malformed("checkpoint", "A checkpoint of at most 256 KiB follows the empty line.");
  }
  request.note = body;
  return request;
}

}  // namespace ledger::witness
