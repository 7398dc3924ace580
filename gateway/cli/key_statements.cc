// key sign, rotate, compromised, history: what the book's records say of its keys.

#include <cstdio>
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

core::Result<core::Bytes> signature(const ledger::Signer& signer, core::ByteView message) {
  TRY(const core::Signature made, signer.sign_bytes(message));
  return core::Bytes(made.bytes.begin(), made.bytes.end());
}

KeyAuthority authority_of(const KeyArguments& a) {
  const bool root = !a.root_key.empty() || !a.root_signature.empty() || a.statement;
  return root ? KeyAuthority::RootKey : KeyAuthority::LogKey;
}

// By the root key in the file that is named, or on a machine of its own, or by the log key that
// signs.
core::Result<core::Bytes> authority_signature(const KeyArguments& a, const Known& known,
                                              core::ByteView message) {
  if (!a.root_signature.empty()) {
    auto given = core::from_hex(a.root_signature);
    if (!given) return std::move(given.error()).within("--root-signature");
    return given;
  }
  if (a.root_key.empty()) {
    TRY(const auto signer, service::open_log_key({a.data}, known.current));
    return signature(*signer, message);
  }
  TRY(const auto file, ledger::keys::read_key_file(a.root_key));
  if (to_string(file.verifier_key) != known.history.root_key) {
    return core::invalid("key_authority", a.root_key,
                         "This is not the root key that the book's first record names.");
  }
  TRY(const auto signer, ledger::keys::open_signer(file, service::find_passphrase));
  return signature(*signer, message);
}

core::Bytes bytes_of(const ledger::VerifierKey& key) {
  return {key.key.bytes.begin(), key.key.bytes.end()};
}

// A signature covers the request id, so a line that is to be signed has one.
template <class Command>
std::string request_id_of(const Command& command) {
  const core::Hash digest = core::sha256(core::to_cbor(command));
  return std::string(Command::kType) + "-" + core::to_hex(digest.bytes).substr(0, 16);
}

template <class Command>
core::json::Value command_line(const KeyArguments& a, const Command& command) {
  core::json::Object line{
      {"command", Command::kType}, {"actor", a.actor}, {"approver", a.approver}};
  if (a.line) line.emplace_back("request_id", request_id_of(command));
  core::json::Value fields = core::to_json(command);
  for (auto& member : *fields.as_object()) line.push_back(std::move(member));
  return line;
}

core::Result<ledger::VerifierKey> next_key(const KeyArguments& a, const Known& known) {
  if (!a.new_key.empty()) return ledger::parse_verifier_key(a.new_key);
  TRY(const auto made,
      service::make_log_key({a.data}, known.history, known.simulated_seed, a.encrypt));
  return made.verifier_key;
}

// The command to be given; with --statement, what the root key is to sign.
core::Result<core::json::Value> rotation(const KeyArguments& a) {
  TRY(const Known known, read_book(a.data));
  TRY(const auto next, next_key(a, known));
  ledger::LogKeyRotated body;
  body.old_key = bytes_of(known.current);
  body.new_key = bytes_of(next);
  body.after_size = a.after_size.value_or(known.size);
  const std::string& origin = known.history.origin;
  const core::Bytes message = rotation_message(origin, body);
  if (a.statement) {
    return core::json::Value(
        core::json::Object{{"statement", core::to_hex(message)},
                           {"new_key", to_string(next)},
                           {"after_size", static_cast<std::int64_t>(body.after_size)}});
  }
  TRY(const auto new_signer, service::open_log_key({a.data}, next));
  engine::RotateLogKey command;
  command.old_key = to_string(known.current);
  command.new_key = to_string(next);
  command.after_size = body.after_size;
  TRY(command.possession, signature(*new_signer, possession_message(origin, body)));
  command.authority = authority_of(a);
  TRY(command.authority_signature, authority_signature(a, known, message));
  return command_line(a, command);
}

// As rotation().
core::Result<core::json::Value> declaration(const KeyArguments& a) {
  TRY(const Known known, read_book(a.data));
  TRY(const auto key, ledger::parse_verifier_key(a.key));
  ledger::LogKeyCompromised body;
  body.key = bytes_of(key);
  body.from_size = a.from_size;
  body.standing_key = bytes_of(known.current);
  const core::Bytes message = compromise_message(known.history.origin, body);
  if (a.statement) {
    return core::json::Value(core::json::Object{{"statement", core::to_hex(message)}});
  }
  engine::DeclareKeyCompromised command;
  command.key = a.key;
  command.from_size = a.from_size;
  command.standing_key = to_string(known.current);
  command.authority = authority_of(a);
  TRY(command.authority_signature, authority_signature(a, known, message));
  return command_line(a, command);
}

// Signs nothing but statements about a log's keys, and says which before it does.
core::Result<> sign(const KeyArguments& a) {
  auto message = core::from_hex(a.message);
  if (!message) return std::move(message.error()).within("statement");
  TRY(const std::string described, ledger::describe_key_statement(message.value()));
  TRY(const auto file, ledger::keys::read_key_file(a.file));
  TRY(const auto signer, ledger::keys::open_signer(file, service::find_passphrase));
  TRY(const auto made, signature(*signer, message.value()));
  std::fprintf(stderr, "signed by %s: %s\n", to_string(file.verifier_key).c_str(),
               described.c_str());
  print(core::to_hex(made) + "\n");
  return core::ok();
}

int submit(const KeyArguments& a, const core::Result<core::json::Value>& line) {
  if (!line) return fail(line.error());
  if (a.statement) {
    print(core::json::print_pretty(line.value()));
    return 0;
  }
  const std::string text = core::json::print(line.value()) + "\n";
  if (a.line) {
    print(text);
    return 0;
  }
  std::istringstream input(text);
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
int run_key_sign(const KeyArguments& a) {
  const auto done = sign(a);
  return done ? 0 : fail(done.error());
}
int run_key_history(const KeyArguments& a) {
  const auto done = history(a);
  return done ? 0 : fail(done.error());
}

}  // namespace gateway::cli
