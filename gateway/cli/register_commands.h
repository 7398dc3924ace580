#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// tally register: what a register's answers say, as evidence; nothing is recorded.
// Source: docs/registers.md.
namespace CLI {
class App;
}

namespace gateway::cli {

struct RegisterArguments {
  std::string source;                    // fca, esma, gleif, asic, cysec, capture.
  std::vector<std::string> files;        // Bodies, in any order; of a list and the forms one file.
  std::string reference;                 // FRN, LEI, licence number; the forms name their own.
  std::string credentials;               // File; "" = the environment.
  std::string out;                       // Folder for the bodies that were fetched.
  std::vector<std::string> individuals;  // Of the firm's people, who are asked about too: IRNs.
  std::string list;                      // Of asic: which list is asked,
  std::string resource;                  // its resource at data.gov.au; "" = the one that is known,
  std::string package;                   // or the package that names it.
  std::string answered_at;               // When the answers in the files came; "" = not known.
  std::optional<std::uint64_t> status;   // Their HTTP status.
  bool live = false;
};

int run_register_parse(const RegisterArguments& arguments);
int run_register_fetch(const RegisterArguments& arguments);

// Adds the subcommands; they set `code`.
void add_register(CLI::App& app, int& code, RegisterArguments& arguments);

}  // namespace gateway::cli
