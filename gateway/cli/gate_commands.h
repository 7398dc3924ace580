#pragma once

#include <string>
#include <vector>

// tally gate: what the gate says and what waits before it; nothing is recorded in the book.
namespace CLI {
class App;
}

namespace gateway::cli {

struct GateArguments {
  std::string data;
  std::string manager;
  std::string model;
  std::vector<std::string> categories;
  std::vector<std::string> residences;
  std::vector<std::string> instruments;
  std::vector<std::string> other_countries;
  std::string decision;
  std::string client;
  std::string pack;    // File.
  std::string action;  // Of a pack: lint, show or hash.
  std::string cell;    // Of a pack, to show its form; "" = the whole.
  std::string on;      // A day; "" = now.
  std::string from;    // The day from which a decision would count; "" = now.
  bool text = false;   // Lines for people instead of JSON.
};

int run_gate_check(const GateArguments& arguments);
int run_gate_replay(const GateArguments& arguments);
int run_gate_impact(const GateArguments& arguments);
int run_gate_queue(const GateArguments& arguments);
int run_gate_mandates(const GateArguments& arguments);
int run_gate_pack(const GateArguments& arguments);

// Adds the subcommands; they set `code`.
void add_gate(CLI::App& app, int& code, GateArguments& arguments);

}  // namespace gateway::cli
