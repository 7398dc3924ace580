#include "ledger/bodies.h"

namespace ledger {

// The keys are those of CommandBody::describe, which come first in every command's body.
core::Result<CommandKey> read_command_key(core::ByteView body) {
  core::cbor::Decoder in(body);
  TRY(auto map, core::cbor::MapReader::begin(in));
  CommandKey key;
  for (std::uint64_t wanted = 1; wanted <= 4; ++wanted) {
    if (map.done()) return core::invalid("missing_field", "command", "A field is missing.");
    TRY(const auto found, map.next());
    if (found != wanted) return core::invalid("missing_field", "command", "A field is missing.");
    if (wanted == 2) {
      TRY(key.command, in.bytes());
      continue;
    }
    TRY(const auto text, in.text());
    (wanted == 1 ? key.type : wanted == 3 ? key.client_id : key.request_id) = text;
  }
  return key;
}

}  // namespace ledger
