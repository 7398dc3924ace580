#pragma once

#include <string>

// tally person, sign, proposals, periods, segregation: people, what they sign, what two of them
// decide, and what they have to do day by day.
// Source: docs/commands.md.
namespace CLI {
class App;
}

namespace gateway::cli {

struct PeopleArguments {
  std::string data;
  std::string origin;    // Of the book, where there is no folder.
  std::string key;       // Key file.
  std::string root_key;  // Key file of the offline root key.
  std::string consent;   // Key file of a key that the person has.
  std::string person;    // @name or id.
  std::string request_id;
  bool encrypt = false;
  std::string file;  // Of lines to be signed; "-" = standard input.
  std::string client = "local";
  std::string outcome;      // Digest, in hexadecimal.
  std::string valid_until;  // A time.
  std::string proposal;     // @name or id.
  std::string period;       // Its end.
  bool late = false;        // The entries after close instead of the frozen balance.
  std::string limit;
  std::string cursor;
  std::string currency;  // Of client money.
  std::string from;      // Days.
  std::string to;
};

int run_person_key(const PeopleArguments& arguments);
int run_person_line(const PeopleArguments& arguments);
int run_person_list(const PeopleArguments& arguments);
int run_sign(const PeopleArguments& arguments);
int run_proposals(const PeopleArguments& arguments);
int run_periods(const PeopleArguments& arguments);
int run_segregation(const PeopleArguments& arguments);

// Adds the subcommands; they set `code`.
void add_people(CLI::App& app, int& code, PeopleArguments& arguments);

}  // namespace gateway::cli
