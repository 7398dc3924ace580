#include <CLI/CLI.hpp>

#include "gateway/cli/gate_commands.h"

namespace gateway::cli {
namespace {

void add_common(CLI::App* command, GateArguments& a) {
  command->add_option("--data", a.data, "Folder of the book")->required();
  command->add_option("--on", a.on, "As of this day; default: now");
  command->add_flag("--text", a.text, "Lines for people instead of JSON");
}

void add_gate_check(CLI::App* gate, int& code, GateArguments& a) {
  auto* command = gate->add_subcommand("check", "Ask without recording");
  add_common(command, a);
  command->add_option("--manager", a.manager, "Id or @name")->required();
  command
      ->add_option("--model", a.model, "pamm_pooled, pamm_segregated, mam, copy_auto, copy_manual")
      ->required();
  command->add_option("--category", a.categories, "Of the clients that he is to serve; any number")
      ->required();
  command->add_option("--residence", a.residences, "Their countries; any number")->required();
  command->add_option("--instrument", a.instruments, "cfd, fx_rolling_spot, spread_bet")
      ->required();
  command->add_option("--country", a.other_countries,
                      "Of citizenships, addresses and payments, where another");
  command->add_option("--from", a.from, "As a decision made ahead, to count from this day on");
  command->callback([&] { code = run_gate_check(a); });
}

}  // namespace

void add_gate(CLI::App& app, int& code, GateArguments& a) {
  auto* gate = app.add_subcommand("gate", "May he manage so? Asks, replays, shows what waits");
  gate->require_subcommand(1);
  add_gate_check(gate, code, a);
  auto* replay = gate->add_subcommand("replay", "Decide again as of then and as of now");
  add_common(replay, a);
  replay->add_option("decision", a.decision, "Id or @name")->required();
  replay->callback([&] { code = run_gate_replay(a); });
  auto* impact = gate->add_subcommand("impact", "Whose verdict a rule pack would change, and when");
  add_common(impact, a);
  impact->add_option("--pack", a.pack, "File")->required();
  impact->callback([&] { code = run_gate_impact(a); });
  auto* queue = gate->add_subcommand("queue", "Cases with what is missing, and what ends soon");
  add_common(queue, a);
  queue->callback([&] { code = run_gate_queue(a); });
  auto* mandates = gate->add_subcommand("mandates", "All mandates of a client, past ones too");
  add_common(mandates, a);
  mandates->add_option("--client", a.client, "Id or @name")->required();
  mandates->callback([&] { code = run_gate_mandates(a); });
  auto* pack = gate->add_subcommand("pack", "Check a rule pack's file, or say what is in it");
  pack->add_option("action", a.action, "lint, show or hash")
      ->required()
      ->check(CLI::IsMember({"lint", "show", "hash"}));
  pack->add_option("file", a.pack, "File")->required();
  pack->add_option("--cell", a.cell, "show: the form of this cell, for counsel to sign");
  pack->add_flag("--text", a.text, "show --cell: lines for people instead of JSON");
  pack->callback([&] { code = run_gate_pack(a); });
}

}  // namespace gateway::cli
