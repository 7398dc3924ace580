#include "engine/gate/wind_down.h"

#include "engine/effects.h"

namespace engine::gate {
namespace {

constexpr std::uint64_t kHoursMax = 366 * 24;
constexpr std::int64_t kMicrosPerHour = 3600 * std::int64_t{1'000'000};

}  // namespace

std::optional<core::Instant> wind_down_from(const GateBook& book, const core::PartyId& manager) {
  const auto since = book.suspended_at.find(manager);
  if (since == book.suspended_at.end()) return std::nullopt;
  const std::uint64_t hours = book.wind_down_hours.value_or(kWindDownHours);
  return core::Instant{since->second.micros + static_cast<std::int64_t>(hours) * kMicrosPerHour};
}

Drafts decide(const Context& context, const SetWindDown& command) {
  if (command.hours > kHoursMax) {
    return core::invalid("hours_range", "hours", "Give 0 to 8,784 hours; a year at most.");
  }
  Effects effects(context.effective_at);
  effects.add(WindDownSet{command.hours}, {}, {});
  return effects.take();
}

Drafts decide(const Context& context, const BeginWindDown& command) {
  const GateBook& book = *context.state.gate;
  const auto from = wind_down_from(book, command.manager);
  if (!from) return core::conflict("not_suspended", "manager", "He is not suspended.");
  if (book.winding_down.contains(command.manager)) {
    return core::conflict("exists", "manager", "Winding down has begun already.");
  }
  if (context.now < *from) {
    return core::conflict("too_early", "manager",
                          "The desk may wind down from " + core::to_string(*from) +
                              "; until then the manager closes, or the suspension is lifted.");
  }
  Effects effects(context.effective_at);
  effects.add(WindDownBegun{command.manager}, {}, {command.manager.bytes}).documents = {
      command.document};
  return effects.take();
}

void apply(State& state, const WindDownSet& body, const ledger::RecordView&) {
  state.gate->wind_down_hours = body.hours;
}

void apply(State& state, const WindDownBegun& body, const ledger::RecordView& record) {
  state.gate->winding_down[body.manager] = record.recorded_at;
}

}  // namespace engine::gate
