// partners: tree, statement and batch.

#include "gateway/service/partners.h"

#include "core/fields.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/retention.h"

namespace gateway::cli {
namespace {

using core::json::Value;

template <class Id>
core::Result<Id> read_id(const std::string& text, core::References& references,
                         std::string_view option) {
  auto id = core::Codec<Id>::from_json(Value(text), &references);
  if (!id) return std::move(id.error()).within(option);
  return id.value();
}

core::Result<core::Instant> read_day(const std::string& text, std::string_view option) {
  auto day = core::parse_date(text);
  if (!day) return std::move(day.error()).within(option);
  return core::utc_midnight(day.value());
}

core::Result<Value> statement(service::ReadOnlyBook& book, const PartnersArguments& arguments,
                              core::References& references) {
  TRY(const auto partner, read_id<core::PartyId>(arguments.partner, references, "--partner"));
  TRY(const auto from, read_day(arguments.from, "--from"));
  TRY(const auto to, read_day(arguments.to, "--to"));
  Value shown;
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(shown, service::partner_statement(view, partner, from, to));
    return core::ok();
  }));
  TRY(book.read_state([&](const engine::State& state) -> core::Result<> {
    service::name_currencies(state, shown);
    return core::ok();
  }));
  return shown;
}

core::Result<Value> ask(service::ReadOnlyBook& book, const PartnersArguments& arguments,
                        core::References& references) {
  if (arguments.action == "statement") return statement(book, arguments, references);
  core::SystemClock clock;
  TRY(const core::Instant at, service::moment_of_day(book, clock, arguments.on));
  Value shown;
  if (arguments.action == "tree") {
    TRY(book.read_state([&](const engine::State& state) -> core::Result<> {
      shown = service::partner_tree(state, at);
      return core::ok();
    }));
    return shown;
  }
  TRY(const auto batch, read_id<engine::BatchId>(arguments.batch, references, "--batch"));
  TRY(book.read_state([&](const engine::State& state) -> core::Result<> {
    TRY(shown, service::partner_batch(state, batch));
    return core::ok();
  }));
  return shown;
}

core::Result<> show(const PartnersArguments& arguments) {
  const service::Folder folder{arguments.data};
  TRY(const auto book, service::ReadOnlyBook::open(folder));
  TRY(const auto vault, service::open_vault_read_only(folder));
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences references(store);
  TRY(const auto shown, ask(*book, arguments, references));
  const bool table = arguments.action == "statement" && arguments.csv;
  const std::string text =
      table ? service::statement_to_csv(shown) : core::json::print_pretty(shown);
  const access::Question question{"partners", query_text({{"action", arguments.action},
                                                          {"batch", arguments.batch},
                                                          {"from", arguments.from},
                                                          {"on", arguments.on},
                                                          {"partner", arguments.partner},
                                                          {"to", arguments.to}})};
  TRY(put_down(arguments.data, book.get(), question, {text, access::entries_in(shown)}));
  print(text);
  return core::ok();
}

}  // namespace

int run_partners(const PartnersArguments& arguments) {
  int code = 0;
  failed(show(arguments), code);
  return code;
}

}  // namespace gateway::cli
