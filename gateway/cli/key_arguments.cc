#include <CLI/CLI.hpp>

#include "gateway/cli/key_commands.h"

namespace gateway::cli {
namespace {

CLI::App* add(CLI::App* key, const char* name, const char* what, int& code,
              int (*run)(const KeyArguments&), const KeyArguments& a) {
  auto* command = key->add_subcommand(name, what);
  command->callback([run, &code, &a] { code = run(a); });
  command->fallthrough();
  return command;
}

void add_data(CLI::App* command, KeyArguments& a) {
  command->add_option("--data", a.data, "Folder of the book")->required();
}

void add_authority(CLI::App* command, KeyArguments& a) {
  command->add_option("--actor", a.actor, "Who does it")->required();
  command->add_option("--approver", a.approver, "The second person")->required();
  auto* root = command->add_option(
      "--root-key", a.root_key,
      "File of the offline root key, which authorises it; default: the log key");
  command
      ->add_option("--root-signature", a.root_signature,
                   "Its signature, in hexadecimal, made elsewhere with tally key sign")
      ->excludes(root);
  command->add_flag("--statement", a.statement, "Only print what the root key is to sign");
  command->add_flag("--line", a.line, "Only print the command, so that people can sign it");
  command->add_option("--url", a.url, "Send the command to the server that has the book");
}

}  // namespace

void add_key(CLI::App& app, int& code, KeyArguments& a) {
  auto* key = app.add_subcommand("key", "The keys that sign a book");
  key->require_subcommand(1);
  key->fallthrough();
  auto* show =
      add(key, "show", "Print which key a file holds, or a book's keys", code, run_key_show, a);
  auto* file = show->add_option("file", a.file, "Key file");
  show->add_option("--data", a.data, "Folder of the book")->excludes(file);

  auto* make = add(key, "make", "Make the key that may follow; prints it", code, run_key_make, a);
  add_data(make, a);
  make->add_flag("--encrypt", a.encrypt, "Under a passphrase");

  auto* encrypt =
      add(key, "encrypt", "Put a key file under a passphrase", code, run_key_encrypt, a);
  encrypt->add_option("file", a.file, "Key file")->required();
  auto* decrypt =
      add(key, "decrypt", "Take the passphrase off a key file", code, run_key_decrypt, a);
  decrypt->add_option("file", a.file, "Key file")->required();

  auto* token = add(key, "token", "Name a key in a PKCS#11 token as one that may follow", code,
                    run_key_token, a);
  add_data(token, a);
  token->add_option("--module", a.module, "The vendor's library")->required();
  token->add_option("--token", a.token, "Label of the token")->required();
  token->add_option("--object", a.object, "Label of the key pair")->required();
  token->add_option("--pin-file", a.pin_file, "File with the PIN; without it you are asked");

  auto* sign = add(key, "sign", "Sign a statement about a log's keys with the root key", code,
                   run_key_sign, a);
  sign->add_option("file", a.file, "Key file")->required();
  sign->add_option("statement", a.message, "What --statement printed, in hexadecimal")->required();

  auto* rotate = add(key, "rotate", "Have another key sign from now on", code, run_key_rotate, a);
  add_data(rotate, a);
  add_authority(rotate, a);
  rotate->add_option("--new-key", a.new_key, "vkey of a key that was made; default: make one");
  rotate->add_flag("--encrypt", a.encrypt, "Put the new key under a passphrase");
  rotate->add_option("--after-size", a.after_size, "As the statement said, with --root-signature");

  auto* compromised = add(key, "compromised", "Declare a former key's signatures void from a size",
                          code, run_key_compromised, a);
  add_data(compromised, a);
  add_authority(compromised, a);
  compromised->add_option("--key", a.key, "vkey of the key")->required();
  compromised->add_option("--from-size", a.from_size, "The first size not to be trusted")
      ->required();

  auto* history = add(key, "history", "Print the records and proofs that show who signed when",
                      code, run_key_history, a);
  add_data(history, a);
}

}  // namespace gateway::cli
