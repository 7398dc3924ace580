#include <algorithm>

#include "core/files.h"
#include "engine/instruments_state.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/cli/submit_lines.h"
#include "gateway/platforms/mt4/commands.h"

namespace gateway::cli {
namespace {

core::Result<mt4::Classes> load_classes(const std::string& path) {
  if (path.empty()) return mt4::default_classes();
  TRY(const std::string text, core::read_file(path, 1u << 20));
  return mt4::parse_classes(text);
}

core::Result<mt4::Statement> load_statement(const ImportArguments& arguments) {
  TRY(const std::string text, core::read_file(arguments.file));
  mt4::ReadOptions options;
  options.time_zone = arguments.time_zone;
  options.currency = arguments.currency;
  auto statement = mt4::read_statement(core::as_bytes(text), options);
  if (!statement) return std::move(statement.error()).within(arguments.file);
  return statement;
}

// A symbol that the book knows already, from another import, is not registered twice.
core::Result<core::json::Array> without_known_symbols(service::Book& book,
                                                      core::json::Array commands) {
  TRY(book.read_state([&](const engine::State& state) {
    std::erase_if(commands, [&](const core::json::Value& command) {
      return command.text("command") == "register_symbol" &&
             state.instruments->symbols.contains(std::string(command.text("symbol")));
    });
    return core::ok();
  }));
  return commands;
}

int import_into_book(const ImportArguments& arguments, const mt4::Statement& statement,
                     const mt4::Classes& classes) {
  core::SystemClock clock;
  const auto book = service::Book::open({arguments.data}, clock);
  int code = 0;
  if (failed(book, code)) return code;
  mt4::CommandOptions options;
  options.structure = arguments.structure;
  options.server = arguments.server;
  options.actor = arguments.actor;
  options.approver = arguments.approver;
  options.simulated = book.value()->genesis().simulated_seed.has_value();
  auto commands = without_known_symbols(*book.value(), mt4::commands(statement, classes, options));
  if (failed(commands, code)) return code;
  if (arguments.print) {
    for (const auto& command : commands.value()) print(core::json::print(command) + "\n");
    return 0;
  }
  code = submit_values(*book.value(), commands.value(), {.quiet = true});
  print(core::json::print(mt4::describe(statement, classes)) + "\n");
  return code;
}

}  // namespace

int run_import(const ImportArguments& arguments) {
  const auto classes = load_classes(arguments.classes);
  int code = 0;
  if (failed(classes, code)) return code;
  const auto statement = load_statement(arguments);
  if (failed(statement, code)) return code;
  if (arguments.describe) {
    print(core::json::print_pretty(mt4::describe(statement.value(), classes.value())));
    return 0;
  }
  if (arguments.data.empty() || arguments.structure.empty()) {
    return fail(core::invalid("missing_field", "--structure",
                              "Give --data and --structure, or --describe to look only."));
  }
  return import_into_book(arguments, statement.value(), classes.value());
}

}  // namespace gateway::cli
