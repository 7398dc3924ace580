// key show, make, encrypt, decrypt, token: what concerns the files alone.

#include <algorithm>

#include "core/files.h"
#include "gateway/cli/key_commands.h"
#include "gateway/cli/output.h"
#include "gateway/service/book.h"
#include "gateway/service/log_keys.h"
#include "ledger/keys/secret_file.h"

namespace gateway::cli {
namespace {

namespace keys = ledger::keys;

// What the book's records say of its keys, and its seed if it is simulated.
struct BookKeys {
  ledger::KeyHistory history;
  std::optional<std::string> simulated_seed;
};

core::Result<BookKeys> book_keys(const std::string& data) {
  BookKeys out;
  TRY(const auto book, service::ReadOnlyBook::open({data}));
  TRY(book->read_state([&](const engine::State& state) {
    out = {state.log_keys, state.genesis.simulated_seed};
    return core::ok();
  }));
  return out;
}

core::Result<> show(const KeyArguments& a) {
  if (a.data.empty() && a.file.empty()) {
    return core::invalid("missing_field", "file", "Name a key file, or a book with --data.");
  }
  if (a.data.empty()) {
    TRY(const auto file, keys::read_key_file(a.file));
    print(core::json::print_pretty(core::json::Object{{"file", file.path},
                                                      {"form", keys::name_of(file.form)},
                                                      {"key", to_string(file.verifier_key)}}));
    return core::ok();
  }
  TRY(const auto known, book_keys(a.data));
  auto shown = service::keys_to_json(known.history);
  TRY(const auto current, verifier_key_of(known.history, known.history.keys.back()));
  // Whether it can sign here is part of the answer, and no error.
  const auto file = service::find_log_key_file({a.data}, current);
  core::json::Object signing{{"key", to_string(current)}};
  if (file) {
    signing.emplace_back("file", file.value().path);
    signing.emplace_back("form", keys::name_of(file.value().form));
  } else {
    signing.emplace_back("missing", core::to_string(file.error()));
  }
  shown.as_object()->emplace_back("signing", std::move(signing));
  print(core::json::print_pretty(shown));
  return core::ok();
}

core::Result<> make(const KeyArguments& a) {
  TRY(const auto known, book_keys(a.data));
  TRY(const auto made,
      service::make_log_key({a.data}, known.history, known.simulated_seed, a.encrypt));
  print(to_string(made.verifier_key) + "\n");
  return core::ok();
}

core::Result<> encrypt(const KeyArguments& a) {
  TRY(const auto file, keys::read_key_file(a.file));
  if (file.form != keys::KeyForm::Plain) {
    return core::conflict("key_form", a.file, "Only a plain key file can be encrypted.");
  }
  TRY(const auto passphrase, service::choose_passphrase(a.file));
  core::SystemRandom random;
  TRY(const std::string sealed,
      keys::encrypted_key_text(file.private_key, passphrase, core::PassphraseCost{}, random));
  return core::write_file(a.file, sealed, core::FileAccess::OwnerOnly);
}

core::Result<> decrypt(const KeyArguments& a) {
  TRY(const auto file, keys::read_key_file(a.file));
  if (file.form != keys::KeyForm::Encrypted) {
    return core::conflict("key_form", a.file, "This key file is not encrypted.");
  }
  TRY(const auto text, keys::open_private_key(file, service::find_passphrase));
  core::Secret line(text.size() + 1);
  std::ranges::copy(text.view(), line.bytes().begin());
  line.bytes().back() = '\n';
  return core::write_file(a.file, line.text(), core::FileAccess::OwnerOnly);
}

core::Result<> token(const KeyArguments& a) {
  TRY(const auto known, book_keys(a.data));
  const keys::TokenReference reference{a.module, a.token, a.object, a.pin_file};
  TRY(const auto key, keys::read_token_key(reference, [&] {
        return a.pin_file.empty() ? service::find_passphrase(a.token)
                                  : keys::read_passphrase_file(a.pin_file);
      }));
  TRY(const auto vkey, ledger::make_verifier_key(known.history.origin, key));
  TRY(const std::string text, keys::token_key_text(vkey, reference));
  TRY(core::write_file(service::log_key_path({a.data}, vkey), text, core::FileAccess::OwnerOnly));
  print(to_string(vkey) + "\n");
  return core::ok();
}

}  // namespace

int run_key_show(const KeyArguments& a) { return finish(show(a)); }
int run_key_make(const KeyArguments& a) { return finish(make(a)); }
int run_key_encrypt(const KeyArguments& a) { return finish(encrypt(a)); }
int run_key_decrypt(const KeyArguments& a) { return finish(decrypt(a)); }
int run_key_token(const KeyArguments& a) { return finish(token(a)); }

}  // namespace gateway::cli
