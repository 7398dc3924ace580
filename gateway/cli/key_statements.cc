// key rotate, compromised, history: what the book's records say of its keys.

#include <sstream>

#include "core/time.h"
#include "engine/key_commands.h"
#include "gateway/cli/key_commands.h"
#include "gateway/cli/output.h"
#include "gateway/cli/submit_lines.h"
#include "gateway/service/book.h"
#include "gateway/service/key_export.h"
#include "gateway/service/log_keys.h"

namespace gateway::cli {
namespace {

using ledger::KeyAuthority;

// What a statement about the keys rests on.
struct Known {
  ledger::KeyHistory history;
  std::optional<std::string> simulated_seed;
  std::uint64_t size = 0;
  ledger::VerifierKey current;
};

core::Result<Known> read_book(const std::string& data) {
  Known known;
  TRY(const auto book, service::ReadOnlyBook::open({data}));
  TRY(book->read([&](const service::BookView& view) {
    known.size = view.size;
    return core::ok();
  }));
  TRY(book->read_state([&](const engine::State& state) {
    known.history = state.log_keys;
    known.simulated_seed = state.genesis.simulated_seed;
    return core::ok();
  }));
  TRY(known.current, verifier_key_of(known.history, known.history.keys.back()));
  return known;
}

// Who authorises: the root key in the file that is named, or the log key that signs.
core::Result<std::shared_ptr<const ledger::Signer>> authority(const KeyArguments& a,
                                                              const Known& known) {
  if (a.root_key.empty()) return service::open_log_key({a.data}, known.current);
  TRY(const auto file, ledger::keys::read_key_file(a.root_key));
  if (to_string(file.verifier_key) != known.history.root_key) {
    return core::invalid("key_authority", a.root_key,
                         "This is not the root key that the book's first record names.");
  }
  TRY(auto signer, ledger::keys::open_signer(file, service::find_passphrase));
  return std::shared_ptr<const ledger::Signer>(std::move(signer));
}

core::Result<core::Bytes> signature(const ledger::Signer& signer, core::ByteView message) {
  TRY(const core::Signature made, signer.sign_bytes(message));
  return core::Bytes(made.bytes.begin(), made.bytes.end());
}

core::Bytes bytes_of(const ledger::VerifierKey& key) {
  return {key.key.bytes.begin(), key.key.bytes.end()};
}

template <class Command>
core::json::Value command_line(const KeyArguments& a, const Command& command) {
  core::json::Object line{
      {"command", Command::kType}, {"actor", a.actor}, {"approver", a.approver}};
  core::json::Value fields = core::to_json(command);
  for (auto& member : *fields.as_object()) line.push_back(std::move(member));
  return line;
}

core::Result<core::json::Value> rotation(const KeyArguments& a) {
  TRY(const Known known, read_book(a.data));
  ledger::VerifierKey next;
  if (a.new_key.empty()) {
    TRY(const auto made,
        service::make_log_key({a.data}, known.history, known.simulated_seed, a.encrypt));
    next = made.verifier_key;
  } else {
    TRY(next, ledger::parse_verifier_key(a.new_key));
  }
  ledger::LogKeyRotated body;
  body.old_key = bytes_of(known.current);
  body.new_key = bytes_of(next);
  body.after_size = known.size;
  TRY(const auto new_signer, service::open_log_key({a.data}, next));
  TRY(const auto authority_signer, authority(a, known));
  const std::string& origin = known.history.origin;
  engine::RotateLogKey command;
  command.old_key = to_string(known.current);
  command.new_key = to_string(next);
  command.after_size = body.after_size;
  TRY(command.possession, signature(*new_signer, possession_message(origin, body)));
  command.authority = a.root_key.empty() ? KeyAuthority::LogKey : KeyAuthority::RootKey;
  TRY(command.authority_signature, signature(*authority_signer, rotation_message(origin, body)));
  return command_line(a, command);
}

core::Result<core::json::Value> declaration(const KeyArguments& a) {
  TRY(const Known known, read_book(a.data));
  TRY(const auto key, ledger::parse_verifier_key(a.key));
  ledger::LogKeyCompromised body;
  body.key = bytes_of(key);
  body.from_size = a.from_size;
  body.standing_key = bytes_of(known.current);
  TRY(const auto signer, authority(a, known));
  engine::DeclareKeyCompromised command;
  command.key = a.key;
  command.from_size = a.from_size;
  command.standing_key = to_string(known.current);
  command.authority = a.root_key.empty() ? KeyAuthority::LogKey : KeyAuthority::RootKey;
  TRY(command.authority_signature,
      signature(*signer, compromise_message(known.history.origin, body)));
  return command_line(a, command);
}

int submit(const KeyArguments& a, const core::Result<core::json::Value>& line) {
  if (!line) return fail(line.error());
  std::istringstream input(core::json::print(line.value()) + "\n");
  int code = 0;
  if (!a.url.empty()) {
    auto remote = Remote::open(a.url, a.data);
    if (failed(remote, code)) return code;
    return submit_stream(remote.value(), input, {});
  }
  core::SystemClock clock;
  const auto book = service::Book::open({a.data}, clock);
  if (failed(book, code)) return code;
  return submit_stream(*book.value(), input, {});
}

core::Result<> history(const KeyArguments& a) {
  TRY(const auto book, service::ReadOnlyBook::open({a.data}));
  ledger::KeyHistory keys;
  TRY(book->read_state([&](const engine::State& state) {
    keys = state.log_keys;
    return core::ok();
  }));
  return book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(const std::string text, service::export_key_history(view, keys));
    print(text);
    return core::ok();
  });
}

}  // namespace

int run_key_rotate(const KeyArguments& a) { return submit(a, rotation(a)); }
int run_key_compromised(const KeyArguments& a) { return submit(a, declaration(a)); }
int run_key_history(const KeyArguments& a) {
  const auto done = history(a);
  return done ? 0 : fail(done.error());
}

}  // namespace gateway::cli
