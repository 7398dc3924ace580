#include "gateway/http/gate.h"

#include <optional>

#include "core/fields.h"
#include "gateway/service/gate.h"
#include "gateway/service/gate_cells.h"
#include "gateway/service/retention.h"

namespace gateway::http {
namespace {

using core::json::Value;

// What `ask(state, now)` gives, as of the day that was asked for.
template <class Ask>
Answer answer_gate(const Call& call, const Ask& ask) {
  core::SystemClock clock;
  TRY(const core::Instant now,
      service::moment_of_day(call.service.book, clock, call.parameter("on")));
  Value out;
  TRY(call.service.book.read_state([&](const engine::State& state) -> core::Result<> {
    TRY(out, ask(state, now));
    return core::ok();
  }));
  return respond_json(out);
}

template <class T>
core::Result<T> read_known(const Call& call, const Value& value, std::string_view place) {
  T out{};
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto read = core::Codec<T>::from_json(value, &known);
    if (!read) return std::move(read.error()).within(place);
    out = std::move(read.value());
    return core::ok();
  }));
  return out;
}

}  // namespace

Answer post_gate_checks(const Call& call) {
  TRY(const Value body, core::json::parse(call.request.body));
  TRY(const auto question, read_known<engine::GateQuestion>(call, body, "question"));
  std::optional<core::Date> from;
  if (const auto day = call.parameter("from"); !day.empty()) {
    auto read = core::parse_date(day);
    if (!read) return std::move(read.error()).within("from");
    from = read.value();
  }
  return answer_gate(call, [&](const engine::State& state, core::Instant now) {
    return service::gate_check(state, question, now, from);
  });
}

Answer get_gate_replay(const Call& call) {
  TRY(const auto decision,
      read_known<core::DecisionId>(call, Value(call.variable("decision")), "decision"));
  return answer_gate(call, [&](const engine::State& state, core::Instant now) {
    return service::gate_replay(state, decision, now);
  });
}

Answer get_gate_queue(const Call& call) {
  return answer_gate(call,
                     [](const engine::State& state, core::Instant now) -> core::Result<Value> {
                       return service::gate_queue(state, now);
                     });
}

Answer get_gate_cell(const Call& call) {
  TRY(const auto pack, read_known<core::Hash>(call, Value(call.variable("pack")), "pack"));
  return answer_gate(call, [&](const engine::State& state, core::Instant) {
    return service::adopted_cell_form(state, pack, std::string(call.variable("cell")));
  });
}

Answer get_gate_mandates(const Call& call) {
  TRY(const auto client, read_known<core::PartyId>(call, Value(call.variable("client")), "client"));
  return answer_gate(call, [&](const engine::State& state, core::Instant now) {
    return service::gate_mandates(state, client, now);
  });
}

}  // namespace gateway::http
