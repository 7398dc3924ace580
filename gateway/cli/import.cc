#include <algorithm>

#include "core/files.h"
#include "engine/currency_state.h"
#include "engine/instruments_state.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/cli/submit_lines.h"
#include "gateway/platforms/mt4/commands.h"
#include "gateway/rates/ecb.h"

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

core::Result<std::vector<ecb::Day>> load_rates(const ImportArguments& arguments,
                                               const std::string& text) {
  auto days = arguments.format == "ecb-xml" ? ecb::read_xml(text) : ecb::read_csv(text);
  if (!days) return std::move(days.error()).within(arguments.file);
  return days;
}

// The days that the book does not have yet: a newer history brings the older days again.
core::Result<std::vector<ecb::Day>> without_known_days(service::Book& book,
                                                       std::vector<ecb::Day> days) {
  TRY(book.read_state([&](const engine::State& state) {
    std::erase_if(days,
                  [&](const ecb::Day& day) { return state.rates->reference.contains(day.date); });
    return core::ok();
  }));
  return days;
}

core::json::Value describe(const std::vector<ecb::Day>& days, std::size_t known) {
  core::json::Object out{{"days", static_cast<std::int64_t>(days.size() + known)},
                         {"days_known", static_cast<std::int64_t>(known)}};
  const auto by_date = [](const ecb::Day& a, const ecb::Day& b) { return a.date < b.date; };
  const auto ends = std::ranges::minmax_element(days, by_date);
  if (!days.empty()) {
    out.emplace_back("first", core::to_string(ends.min->date));
    out.emplace_back("last", core::to_string(ends.max->date));
  }
  return out;
}

int import_rates(const ImportArguments& arguments) {
  int code = 0;
  const auto text = core::read_file(arguments.file);
  if (failed(text, code)) return code;
  auto days = load_rates(arguments, text.value());
  if (failed(days, code)) return code;
  if (arguments.describe) {
    print(core::json::print_pretty(describe(days.value(), 0)));
    return 0;
  }
  if (arguments.data.empty()) {
    return fail(
        core::invalid("missing_field", "--data", "Give --data, or --describe to look only."));
  }
  core::SystemClock clock;
  const auto book = service::Book::open({arguments.data}, clock);
  if (failed(book, code)) return code;
  const std::size_t all = days.value().size();
  auto fresh = without_known_days(*book.value(), std::move(days.value()));
  if (failed(fresh, code)) return code;
  const core::json::Value described = describe(fresh.value(), all - fresh.value().size());
  const auto commands = ecb::commands(
      std::move(fresh.value()), core::Sha256{}(core::as_bytes(text.value())), arguments.actor);
  if (arguments.print) {
    for (const auto& command : commands) print(core::json::print(command) + "\n");
    return 0;
  }
  code = submit_values(*book.value(), commands, {.quiet = true});
  print(core::json::print(described) + "\n");
  return code;
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
  if (arguments.format != "mt4-statement") return import_rates(arguments);
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
