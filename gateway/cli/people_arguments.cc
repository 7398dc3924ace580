#include <CLI/CLI.hpp>

#include "gateway/cli/people_commands.h"

namespace gateway::cli {
namespace {

using Run = int (*)(const PeopleArguments&);

CLI::App* add(CLI::App& app, const char* name, const char* what, int& code, Run run,
              const PeopleArguments& a) {
  auto* command = app.add_subcommand(name, what);
  command->callback([run, &code, &a] { code = run(a); });
  command->fallthrough();
  return command;
}

CLI::Option* add_data(CLI::App* command, PeopleArguments& a) {
  return command->add_option("--data", a.data, "Folder of the book");
}

void add_person(CLI::App& app, int& code, PeopleArguments& a) {
  auto* person = app.add_subcommand("person", "People who sign: their keys and roles");
  person->require_subcommand(1);
  person->fallthrough();
  auto* key =
      add(*person, "key", "Make a person's key file; prints the key", code, run_person_key, a);
  key->add_option("file", a.key, "Key file to be made")->required();
  key->add_flag("--encrypt", a.encrypt, "Under a passphrase");
  auto* line = add(*person, "line", "Print the command that gives a person this key", code,
                   run_person_line, a);
  add_data(line, a)->required();
  line->add_option("--person", a.person, "Whose it is: @name or id")->required();
  line->add_option("--key", a.key, "His key file")->required();
  line->add_option("--root-key", a.root_key,
                   "Key file of the offline root key: makes him an officer");
  line->add_option("--consent", a.consent, "Key file of a key that he has: he agrees with it");
  line->add_option("--request-id", a.request_id, "Of the command; default: made from its key");
  auto* list = add(*person, "list", "Print people, roles, keys and the rules of approval", code,
                   run_person_list, a);
  add_data(list, a)->required();
}

void add_sign(CLI::App& app, int& code, PeopleArguments& a) {
  auto* sign = add(app, "sign", "Sign commands: JSON Lines in, the same with a signature out", code,
                   run_sign, a);
  auto* data = add_data(sign, a);
  sign->add_option("--book", a.origin, "The book's origin, where its folder is not")
      ->excludes(data);
  sign->add_option("--key", a.key, "Key file of the person who signs")->required();
  sign->add_option("--client", a.client,
                   "Client of the submission: local, or token over HTTP and Thrift");
  sign->add_option("--outcome", a.outcome, "Digest of the outcome, as a dry run tells it");
  sign->add_option("--valid-until", a.valid_until, "Not to be recorded at or after this time");
  sign->add_option("file", a.file, "File, or - for standard input")->required();
}

}  // namespace

void add_people(CLI::App& app, int& code, PeopleArguments& a) {
  add_person(app, code, a);
  add_sign(app, code, a);
  auto* proposals =
      add(app, "proposals", "Print what waits for a second person", code, run_proposals, a);
  add_data(proposals, a)->required();
  proposals->add_option("--proposal", a.proposal, "Only this one: @name or id");
  auto* periods =
      add(app, "periods", "Print the closed periods, or one of them", code, run_periods, a);
  add_data(periods, a)->required();
  auto* until = periods->add_option("--until", a.period, "End of a period: its frozen balances");
  auto* late = periods->add_flag("--entries-after-close", a.late,
                                 "What was recorded into it after it was closed");
  late->needs(until);
  periods->add_option("--limit", a.limit, "Records of the page, 1 to 1000")->needs(late);
  periods->add_option("--cursor", a.cursor, "Where the page before ended")->needs(late);
  auto* segregation =
      add(app, "segregation",
          "Print the days' calculations of client money, and what was not done in time", code,
          run_segregation, a);
  add_data(segregation, a)->required();
  segregation->add_option("--currency", a.currency, "Only this currency");
  segregation->add_option("--from", a.from, "The first day");
  segregation->add_option("--to", a.to, "The last day");
}

}  // namespace gateway::cli
