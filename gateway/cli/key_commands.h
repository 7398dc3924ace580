#pragma once

#include <cstdint>
#include <optional>
#include <string>

// tally key: the keys that sign a book. Source: docs/commands.md, "tally key".
namespace CLI {
class App;
}

namespace gateway::cli {

struct KeyArguments {
  std::string data;
  std::string file;
  std::string url;  // Of the server that has the book; "" = open it here.
  bool encrypt = false;
  // A token's key.
  std::string module;
  std::string token;
  std::string object;
  std::string pin_file;
  // A rotation or a declaration.
  std::string actor;
  std::string approver;
  std::string new_key;   // vkey; "" = make one.
  std::string root_key;  // File of the root key; "" = the log key that signs authorises.
  // The root key on a machine of its own: what it is to sign is printed, and its signature is given.
  bool statement = false;
  bool line = false;  // Print the command, to be signed or proposed, instead of recording it.
  std::string root_signature;               // In hexadecimal.
  std::optional<std::uint64_t> after_size;  // As it was printed.
  std::string message;                      // A statement to sign, in hexadecimal.
  std::string key;       // vkey.
  std::uint64_t from_size = 0;
};

int run_key_show(const KeyArguments& arguments);
int run_key_make(const KeyArguments& arguments);
int run_key_encrypt(const KeyArguments& arguments);
int run_key_decrypt(const KeyArguments& arguments);
int run_key_token(const KeyArguments& arguments);
int run_key_sign(const KeyArguments& arguments);
int run_key_rotate(const KeyArguments& arguments);
int run_key_compromised(const KeyArguments& arguments);
int run_key_history(const KeyArguments& arguments);

// Adds the subcommand; it sets `code` to what the chosen one gives.
void add_key(CLI::App& app, int& code, KeyArguments& arguments);

}  // namespace gateway::cli
