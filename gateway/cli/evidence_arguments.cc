#include <CLI/CLI.hpp>

#include "gateway/cli/evidence_commands.h"

namespace gateway::cli {

void add_evidence(CLI::App& app, int& code, EvidenceArguments& a) {
  auto* explain = app.add_subcommand("explain", "Print how a record's figures come about");
  explain->add_option("--data", a.data, "Folder of the book")->required();
  explain->add_option("--seq", a.seq, "Sequence of the record")->required();
  explain->add_flag("--json", a.json, "As JSON");
  explain->callback([&] { code = run_explain(a); });

  auto* replay = app.add_subcommand(
      "replay", "Decide everything again, in memory, under corrected terms, and compare");
  replay->add_option("--data", a.data, "Folder of the book")->required();
  replay->add_option("--with-rules", a.rules, "JSON file: the corrected terms by offer")
      ->required();
  replay->add_option("--out", a.out, "File for the proposals that put it right, JSON Lines");
  replay->add_option("--proposer", a.proposer, "Who proposes them: an id or @name");
  replay->add_flag("--json", a.json, "As JSON");
  replay->callback([&] { code = run_replay(a); });
}

}  // namespace gateway::cli
