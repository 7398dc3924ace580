#pragma once

#include <cstdint>
#include <string>

// tally explain and replay: how a record came about, and what other rules would have come to.
// Source: docs/commands.md.
namespace CLI {
class App;
}

namespace gateway::cli {

struct EvidenceArguments {
  std::string data;
  std::uint64_t seq = 0;
  std::string rules;                   // File: corrected terms by offer.
  std::string out;                     // File for the correcting commands; "" = none are written.
  std::string proposer = "@disputes";  // Who proposes them.
  bool json = false;
};

// 1 if a figure of the record does not follow.
int run_explain(const EvidenceArguments& arguments);
int run_replay(const EvidenceArguments& arguments);

// Adds the subcommands; they set `code`.
void add_evidence(CLI::App& app, int& code, EvidenceArguments& arguments);

}  // namespace gateway::cli
