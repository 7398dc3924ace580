// The end of a breach.

#include <utility>

#include "engine/effects.h"
#include "engine/gate/cases.h"
#include "engine/gate_state.h"

namespace engine::gate {

namespace {

using BreachLine = std::pair<const std::uint64_t, HeldBreach>;

core::Result<const BreachLine*> find_line(const GateBook& book, const CloseBreach& command) {
  if (command.breach.has_value() == command.line.has_value()) {
    return core::invalid("missing_field", "breach",
                         "Name the breach by its id, or by the seq of its line.");
  }
  if (command.breach) {
    if (const BreachLine* found = find_breach(book, *command.breach)) return found;
  } else if (const auto found = book.breaches.find(*command.line); found != book.breaches.end()) {
    return &*found;
  }
  return core::not_found("unknown_breach", "breach", "The log has no such line.");
}

}  // namespace

const BreachLine* find_breach(const GateBook& book, const BreachId& breach) {
  const auto line = book.breach_lines.find(breach);
  return line == book.breach_lines.end() ? nullptr : &*book.breaches.find(line->second);
}

Drafts decide(const Context& context, const CloseBreach& command) {
  TRY(const BreachLine* line, find_line(*context.state.gate, command));
  if (line->second.closed_at) return core::conflict("exists", "breach", "It is closed already.");
  const core::PartyId manager = line->second.logged.manager;
  Effects effects(context.effective_at);
  effects.add(BreachClosed{command, line->first, manager}, {}, {manager.bytes}).documents = {
      command.document};
  return effects.take();
}

void apply(State& state, const BreachClosed& body, const ledger::RecordView& record) {
  state.gate->breaches.at(body.line).closed_at = record.recorded_at;
}

}  // namespace engine::gate
