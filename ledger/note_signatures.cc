#include "ledger/note_signatures.h"

#include <utility>

#include "ledger/big_endian.h"
#include "ledger/note.h"
#include "ledger/tlog_text.h"

namespace ledger {
namespace {

constexpr std::string_view kPrefix = "\xe2\x80\x94 ";  // U+2014 EM DASH and a space.
constexpr std::size_t kIdBytes = 4;

core::Result<NoteSignature> parse_line(std::string_view line) {
  NoteSignature out;
  out.line = std::string(line) + "\n";
  const std::size_t space = line.rfind(' ');
  if (line.starts_with(kPrefix) && space >= kPrefix.size() && space != line.npos) {
    out.name = line.substr(kPrefix.size(), space - kPrefix.size());
    auto payload = core::from_base64(line.substr(space + 1));
    if (!out.name.empty() && payload && payload.value().size() > kIdBytes) {
      const core::ByteView bytes = payload.value();
      out.id = read_big_endian<std::uint32_t>(bytes.first(kIdBytes));
      out.signature.assign(bytes.begin() + kIdBytes, bytes.end());
      return out;
    }
  }
  return core::invalid("note", "", "A signature line is an em dash, a key's name and base64.");
}

}  // namespace

core::Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines) {
  if (lines.size() > kNoteBytesMax) return core::invalid("note", "", "The note is too long.");
  std::vector<NoteSignature> out;
  while (!lines.empty()) {
    const std::string at = "signature " + std::to_string(out.size() + 1);
    if (out.size() == kNoteSignaturesMax) {
      return core::invalid("note", at, "The note has too many signatures.");
    }
    const auto line = take_line(lines);
    if (!line) return core::invalid("note", at, "The note does not end in a newline.");
    auto parsed = parse_line(*line);
    if (!parsed) return std::move(parsed.error()).within(at);
    out.push_back(std::move(parsed.value()));
  }
  return out;
}

core::Result<std::vector<NoteSignature>> signatures_of_note(std::string_view note) {
  const std::string_view text = text_of_note(note);
  if (text.empty())
    return core::invalid("note", "", "A note is a text, an empty line and signatures.");
  return parse_signature_lines(note.substr(text.size() + 1));
}

std::string signature_line(std::string_view name, std::uint32_t id, core::ByteView signature) {
  core::Bytes payload;
  append_big_endian(payload, id);
  payload.insert(payload.end(), signature.begin(), signature.end());
  std::string line(kPrefix);
  return line.append(name).append(" ").append(core::to_base64(payload)).append("\n");
}

}  // namespace ledger
