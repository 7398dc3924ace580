#include "engine/gate/lists.h"

#include <algorithm>

#include "engine/effects.h"
#include "engine/gate/authorisation.h"
#include "engine/gate/screening.h"

namespace engine::gate {
namespace {

core::Error wrong_list(std::string field, std::string detail) {
  return core::invalid("screening", std::move(field), std::move(detail));
}

core::Error screen_first(std::string_view field, std::string detail) {
  return core::conflict("screen_first", std::string(field),
                        detail + "; record_screening comes first.");
}

core::Result<> check_newer(const State& state, const RecordScreeningList& command) {
  const auto version = state.gate->lists.find(command.list);
  if (version != state.gate->lists.end() && version->second == command.version) {
    return core::conflict("exists", "version", "This is the newest version already.");
  }
  const auto newest = state.gate->newest_lists.find(command.list);
  if (newest == state.gate->newest_lists.end() || newest->second.published <= command.published) {
    return core::ok();
  }
  return core::conflict("list_older", "published",
                        "A version of " + core::to_string(newest->second.published) +
                            " is recorded; an older one does not take its place.");
}

}  // namespace

Drafts decide(const Context& context, const RecordScreeningList& command) {
  TRY(check_screening_name(command.list, "list"));
  if (core::utc_date(context.now) < command.published) {
    return wrong_list("published", "The list's day lies in the future.");
  }
  if (command.names == 0) return wrong_list("names", "A list without names was not read.");
  TRY(check_newer(context.state, command));
  Effects effects(context.effective_at);
  effects.add(ScreeningListRecorded{command}, {}, {}).documents = {command.version};
  return effects.take();
}

void apply(State& state, const ScreeningListRecorded& body, const ledger::RecordView&) {
  const bool shrunk = has_shrunk(state, body.list);
  std::uint64_t& peak = state.gate->list_peaks[body.list.list];
  peak = shrunk ? body.list.names : std::max(peak, body.list.names);
  state.gate->lists[body.list.list] = body.list.version;
  state.gate->newest_lists[body.list.list] = body.list;
}

bool has_shrunk(const State& state, const RecordScreeningList& command) {
  const auto peak = state.gate->list_peaks.find(command.list);
  return peak != state.gate->list_peaks.end() && command.names < peak->second - peak->second / 2;
}

std::vector<std::string> lists_to_screen(const State& state, const core::PartyId& party) {
  std::vector<std::string> out;
  const auto compared = state.gate->screenings.find(party);
  for (const auto& [list, version] : state.gate->lists) {
    if (compared != state.gate->screenings.end()) {
      const auto held = compared->second.find(list);
      if (held != compared->second.end() && held->second.screened.version == version) continue;
    }
    out.push_back(list);
  }
  return out;
}

core::Result<> require_compared(const State& state, const core::PartyId& party,
                                std::string_view field) {
  if (state.gate->lists.empty()) {
    return screen_first(field, "No list of names is recorded (record_screening_list)");
  }
  const auto lists = lists_to_screen(state, party);
  if (lists.empty()) return core::ok();
  return screen_first(field, "Not compared with the newest version of the list " + lists.front());
}

core::Result<> require_ever_compared(const State& state, const core::PartyId& party,
                                     std::string_view field) {
  if (state.gate->screenings.contains(party)) return core::ok();
  return screen_first(field, "Not compared with any list of names yet");
}

core::Result<> require_payable(const Context& context, const core::PartyId& party,
                               std::string_view field) {
  if (has_hit(context.state, party)) {
    return core::conflict("screening_hit", std::string(field),
                          "A list names somebody like this: nothing is paid out before two people "
                          "release it (release_candidate).");
  }
  if (!rules_have_begun(context.state, context.now)) return core::ok();
  TRY(require_compared(context.state, party, field));
  const auto client = context.state.clients.find(party);
  if (client == context.state.clients.end()) return core::ok();
  for (const core::PartyId& holder : client->second.holders) {
    if (!context.state.clients.contains(holder)) continue;
    TRY(require_compared(context.state, holder, field));
  }
  return core::ok();
}

}  // namespace engine::gate
