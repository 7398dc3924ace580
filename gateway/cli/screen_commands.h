#pragma once

#include <string>
#include <vector>

// tally screen: who of many is on lists; nothing is recorded.
// Source: docs/commands.md.
namespace CLI {
class App;
}

namespace gateway::cli {

struct ScreenArguments {
  std::vector<std::string> lists;     // "FILE" or "FORMAT=FILE,FILE".
  std::vector<std::string> previous;  // The versions before, of the same formats.
  std::string subjects;               // File, JSON Lines.
  bool commands = false;              // Print what records the outcome instead of the outcome.
  std::string actor;                  // Who records it.
  std::string published;              // ISO date of lists that do not say theirs; may be empty.
};

int run_screen(const ScreenArguments& arguments);

// Adds the subcommand; it sets `code`.
void add_screen(CLI::App& app, int& code, ScreenArguments& arguments);

}  // namespace gateway::cli
