#include <CLI/CLI.hpp>

#include "gateway/cli/register_commands.h"
#include "gateway/registers/asic/asic.h"

namespace gateway::cli {

void add_register(CLI::App& app, int& code, RegisterArguments& a) {
  auto* command = app.add_subcommand("register", "Registers of firms: read or fetch their answers");
  command->require_subcommand(1);
  auto* parse = command->add_subcommand("parse", "Print what answers say, as evidence");
  parse->add_option("source", a.source, "Which register or form")
      ->required()
      ->check(CLI::IsMember({"fca", "esma", "gleif", "asic", "cysec", "capture"}));
  parse->add_option("files", a.files, "The answers, or the list, or the form")->required();
  parse->add_option("--reference", a.reference, "FRN, LEI, licence or document number");
  parse->add_option("--answered-at", a.answered_at, "When the register answered: its Date, in UTC");
  parse->add_option("--status", a.status, "The HTTP status of the answers");
  parse->callback([&] { code = run_register_parse(a); });
  auto* fetch = command->add_subcommand("fetch", "Ask a register over the network");
  fetch->add_option("source", a.source, "Which register")
      ->required()
      ->check(CLI::IsMember({"fca", "esma", "gleif", "asic"}));
  fetch->add_option("--reference", a.reference, "FRN, LEI, licence or document number")->required();
  fetch->add_option("--out", a.out, "Folder for the answers' exact bytes")->required();
  fetch->add_option("--credentials", a.credentials,
                    "File with the FCA's email and key (chmod 600)");
  fetch->add_option("--individual", a.individuals, "IRN of somebody at the firm, each once");
  fetch->add_option("--list", a.list, "Which of ASIC's lists")
      ->check(CLI::IsMember(registers::asic::list_names()));
  auto* resource = fetch->add_option("--resource", a.resource, "The list's id at data.gov.au");
  fetch->add_option("--package", a.package, "The package at data.gov.au that has the list")
      ->excludes(resource);
  fetch->add_flag("--live", a.live, "Really ask: without it nothing leaves this machine");
  fetch->callback([&] { code = run_register_fetch(a); });
}

}  // namespace gateway::cli
