#include "engine/keys/decide.h"

#include "engine/effects.h"
#include "ledger/key_history.h"
#include "ledger/note.h"

namespace engine::keys {
namespace {

core::Result<core::Bytes> key_bytes(const std::string& vkey, std::string_view origin,
                                    std::string_view field) {
  auto key = ledger::parse_verifier_key(vkey);
  if (!key) return std::move(key.error()).within(field);
  if (key.value().name != origin) {
    return core::invalid("key_name", std::string(field),
                         "A log key bears the log's name; this is another's.");
  }
  const auto& bytes = key.value().key.bytes;
  return core::Bytes(bytes.begin(), bytes.end());
}

template <class Body>
Drafts record(const Context& context, const Body& body) {
  Effects effects(context.effective_at);
  effects.add(body, {}, {ledger::log_key_subject()});
  return effects.take();
}

}  // namespace

core::Result<ledger::LogKeyRotated> body_of(const RotateLogKey& command, std::string_view origin) {
  ledger::LogKeyRotated body;
  TRY(body.old_key, key_bytes(command.old_key, origin, "old_key"));
  TRY(body.new_key, key_bytes(command.new_key, origin, "new_key"));
  body.after_size = command.after_size;
  body.possession = command.possession;
  body.authority = command.authority;
  body.authority_signature = command.authority_signature;
  return body;
}

core::Result<ledger::LogKeyCompromised> body_of(const DeclareKeyCompromised& command,
                                                std::string_view origin) {
  ledger::LogKeyCompromised body;
  TRY(body.key, key_bytes(command.key, origin, "key"));
  body.from_size = command.from_size;
  TRY(body.standing_key, key_bytes(command.standing_key, origin, "standing_key"));
  body.authority = command.authority;
  body.authority_signature = command.authority_signature;
  return body;
}

// The one effect follows the command record.
Drafts decide(const Context& context, const RotateLogKey& command) {
  TRY(const auto body, body_of(command, context.state.log_keys.origin));
  TRY(ledger::check_rotation(context.state.log_keys, body, context.command_seq + 1));
  return record(context, body);
}

Drafts decide(const Context& context, const DeclareKeyCompromised& command) {
  TRY(const auto body, body_of(command, context.state.log_keys.origin));
  TRY(ledger::check_compromise(context.state.log_keys, body, context.command_seq + 1));
  return record(context, body);
}

core::Result<> apply(State& state, const ledger::LogKeyRotated&, const ledger::RecordView& record) {
  return ledger::follow(state.log_keys, record);
}

core::Result<> apply(State& state, const ledger::LogKeyCompromised&,
                     const ledger::RecordView& record) {
  return ledger::follow(state.log_keys, record);
}

}  // namespace engine::keys
