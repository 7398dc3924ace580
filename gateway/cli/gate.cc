// gate: check, replay, impact, queue, mandates and pack.

#include "gateway/service/gate.h"

#include <optional>

#include "core/fields.h"
#include "core/files.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/gate_commands.h"
#include "gateway/cli/gate_text.h"
#include "gateway/cli/output.h"
#include "gateway/service/book.h"
#include "gateway/service/gate_cells.h"
#include "gateway/service/open_vault.h"
#include "gateway/service/retention.h"

namespace gateway::cli {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;

Value array_of(const std::vector<std::string>& texts) {
  Array out;
  for (const std::string& text : texts) out.emplace_back(text);
  return out;
}

// As the field `question` of decide_authorisation, so that both are read by one reader.
core::Result<engine::GateQuestion> question_of(const GateArguments& a,
                                               core::References& references) {
  Object asked{{"manager", a.manager},
               {"model", a.model},
               {"categories", array_of(a.categories)},
               {"residences", array_of(a.residences)},
               {"instruments", array_of(a.instruments)}};
  if (!a.other_countries.empty()) {
    asked.emplace_back("other_countries", array_of(a.other_countries));
  }
  return core::from_json<engine::GateQuestion>(Value(std::move(asked)), &references);
}

template <class Id>
core::Result<Id> gate_id(const std::string& text, core::References& references,
                         std::string_view option) {
  auto id = core::Codec<Id>::from_json(Value(text), &references);
  if (!id) return std::move(id.error()).within(option);
  return id.value();
}

// Opens the book, asks its state, puts the reading down and prints. `ask(state, now, references)`
// gives a Result<Value>; `text(value)` its lines.
template <class Ask, class Text>
core::Result<> show_gate(const GateArguments& a, access::Question question, const Ask& ask,
                         const Text& text) {
  const service::Folder folder{a.data};
  TRY(const auto book, service::ReadOnlyBook::open(folder));
  TRY(const auto vault, service::open_vault_read_only(folder));
  const refs::ReferenceStore store = vault.references({});
  refs::KnownReferences references(store);
  core::SystemClock clock;
  TRY(const core::Instant now, service::moment_of_day(*book, clock, a.on));
  Value answer;
  TRY(book->read_state([&](const engine::State& state) -> core::Result<> {
    TRY(answer, ask(state, now, references));
    return core::ok();
  }));
  const std::string shown = a.text ? text(answer) : core::json::print_pretty(answer);
  TRY(put_down(a.data, book.get(), question, {shown, access::entries_in(answer)}));
  print(shown);
  return core::ok();
}

// A pack fits into one record; its JSON is not much longer.
constexpr std::size_t kPackBytesMax = std::size_t{1} << 20;

core::Result<engine::RulePack> read_pack(const std::string& path) {
  TRY(const std::string text, core::read_file(path, kPackBytesMax));
  auto pack = service::read_rule_pack(text);
  if (!pack) return std::move(pack.error()).within(path);
  return pack;
}

core::Result<> show_pack(const GateArguments& a) {
  TRY(const engine::RulePack pack, read_pack(a.pack));
  if (a.action == "show" && !a.cell.empty()) {
    TRY(const Value form, service::cell_form(pack, a.cell));
    print(a.text ? gate_cell_text(form) : core::json::print_pretty(form));
    return core::ok();
  }
  const Value summary = service::pack_summary(pack);
  if (a.action == "hash") {
    print(std::string(summary.text("hash")) + "\n");
  } else if (a.action == "lint") {
    print("ok " + pack.name + " " + std::to_string(pack.version) + ": " +
          std::to_string(pack.cells.size()) + " cells\n");
  } else {
    print(core::json::print_pretty(summary));
  }
  return core::ok();
}

int finish_gate(const core::Result<>& done) { return done ? 0 : fail(done.error()); }

}  // namespace

int run_gate_check(const GateArguments& a) {
  const auto ask = [&](const engine::State& state, core::Instant now,
                       core::References& references) -> core::Result<Value> {
    TRY(const auto question, question_of(a, references));
    std::optional<core::Date> from;
    if (!a.from.empty()) {
      TRY(from, core::parse_date(a.from));
    }
    return service::gate_check(state, question, now, from);
  };
  const access::Question put{
      "gate/checks",
      query_text({{"manager", a.manager}, {"model", a.model}, {"on", a.on}, {"from", a.from}})};
  return finish_gate(show_gate(a, put, ask, gate_check_text));
}

int run_gate_replay(const GateArguments& a) {
  const auto ask = [&](const engine::State& state, core::Instant now,
                       core::References& references) -> core::Result<Value> {
    TRY(const auto decision, gate_id<core::DecisionId>(a.decision, references, "DECISION"));
    return service::gate_replay(state, decision, now);
  };
  return finish_gate(
      show_gate(a, {"gate/decisions/replay", query_text({{"decision", a.decision}, {"on", a.on}})},
                ask, gate_replay_text));
}

int run_gate_impact(const GateArguments& a) {
  const auto ask = [&](const engine::State& state, core::Instant now,
                       core::References&) -> core::Result<Value> {
    TRY(const engine::RulePack pack, read_pack(a.pack));
    return service::gate_impact(state, pack, now);
  };
  return finish_gate(
      show_gate(a, {"gate/impact", query_text({{"on", a.on}})}, ask, gate_impact_text));
}

int run_gate_queue(const GateArguments& a) {
  const auto ask = [](const engine::State& state, core::Instant now,
                      core::References&) -> core::Result<Value> {
    return service::gate_queue(state, now);
  };
  return finish_gate(
      show_gate(a, {"gate/queue", query_text({{"on", a.on}})}, ask, gate_queue_text));
}

int run_gate_mandates(const GateArguments& a) {
  const auto ask = [&](const engine::State& state, core::Instant now,
                       core::References& references) -> core::Result<Value> {
    TRY(const auto client, gate_id<core::PartyId>(a.client, references, "--client"));
    return service::gate_mandates(state, client, now);
  };
  return finish_gate(show_gate(a,
                               {"gate/mandates", query_text({{"client", a.client}, {"on", a.on}})},
                               ask, gate_mandates_text));
}

int run_gate_pack(const GateArguments& a) { return finish_gate(show_pack(a)); }

}  // namespace gateway::cli
