#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

// The signature lines of a note as they stand, whatever their types. Source: C2SP signed-note
// v1.0.0.
namespace ledger {

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  core::Bytes signature;  // Behind the key id.
  std::string line;       // Whole, with its LF.
};

// Errors: InvalidInput/note if one is malformed, there are over kNoteSignaturesMax, or over
// kNoteBytesMax.
core::Result<std::vector<NoteSignature>> parse_signature_lines(std::string_view lines);

// Those behind the note's last empty line. Errors: as parse_signature_lines().
core::Result<std::vector<NoteSignature>> signatures_of_note(std::string_view note);

// "— name base64(id || signature)" and LF.
std::string signature_line(std::string_view name, std::uint32_t id, core::ByteView signature);

}  // namespace ledger
