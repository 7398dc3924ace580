// A pool's calendar and its end.

#include <algorithm>

#include "engine/accounts.h"
#include "engine/effects.h"
#include "engine/lookup.h"
#include "engine/pamm/decide.h"

namespace engine::pamm {
namespace {

constexpr std::size_t kCalendarMax = 1000;
constexpr std::size_t kZoneBytesMax = 64;

core::Result<> check_entries(const SetCalendar& command) {
  for (std::size_t i = 0; i < command.entries.size(); ++i) {
    const CalendarEntry& entry = command.entries[i];
    const std::string at = "entries: item " + std::to_string(i);
    if (entry.cutoff > entry.rollover) {
      return core::invalid("calendar", at, "The cut-off must not be after the rollover.");
    }
    if (i == 0) continue;
    const CalendarEntry& before = command.entries[i - 1];
    if (entry.rollover > before.rollover && entry.cutoff > before.cutoff &&
        entry.trade_date > before.trade_date) {
      continue;
    }
    return core::invalid(
        "calendar", at,
        "Rollovers, cut-offs and trade dates must each come after the ones before.");
  }
  return core::ok();
}

}  // namespace

Drafts decide(const Context& context, const SetCalendar& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  if (command.zone.empty() || command.zone.size() > kZoneBytesMax || command.tzdata.empty() ||
      command.tzdata.size() > kZoneBytesMax) {
    return core::invalid("calendar", command.tzdata.empty() ? "tzdata" : "zone",
                         "Name the zone and the version of its rules, 1 to 64 bytes each.");
  }
  if (command.entries.empty() || command.entries.size() > kCalendarMax) {
    return core::invalid("calendar", "entries", "A calendar has 1 to 1000 entries.");
  }
  TRY(check_entries(command));
  const CalendarEntry& first = command.entries.front();
  if (first.cutoff <= context.now) {
    return core::conflict("calendar_past", "entries: item 0",
                          "A rollover is announced before its cut-off; this one's is over.");
  }
  // Those whose cut-off is over stay as they are.
  const auto kept = std::ranges::find_if(
      pool->calendar.rbegin(), pool->calendar.rend(),
      [&context](const CalendarEntry& entry) { return entry.cutoff <= context.now; });
  const bool after_kept = kept == pool->calendar.rend() ||
                          (first.trade_date > kept->trade_date && first.cutoff > kept->cutoff);
  if (!after_kept || (pool->trade_date && first.trade_date <= *pool->trade_date)) {
    return core::conflict("calendar_past", "entries: item 0",
                          "This trade date is priced already, or its cut-off is over.");
  }
  Effects effects(context.effective_at);
  effects.add(CalendarSet{command}, {}, {command.structure.bytes});
  return effects.take();
}

Drafts decide(const Context& context, const LiquidateStructure& command) {
  TRY(const Structure* pool, find_structure(context, command.structure, Model::Pamm));
  if (pool->stage != StructureStage::Open) {
    return core::conflict("liquidating", "structure", "The structure's end has begun already.");
  }
  Effects effects(context.effective_at);
  for (const auto& [id, request] : context.state.requests) {
    if (request.structure != command.structure) continue;
    if (request.transferred) {
      return core::conflict("transfer_waiting", "structure",
                            "Money is on its way into the structure, with its mark; price it first "
                            "(rollover), or give back what the gate keeps out (cancel_request, "
                            "annul_request).");
    }
    // Waiting money goes back; who asked for his is paid with all others.
    Postings postings;
    if (!request.redemption) {
      postings.add(accounts::pending_in(command.structure, request.client), pool->currency,
                   *request.amount);
      postings.add(accounts::wallet(request.client), pool->currency, -*request.amount);
    }
    effects.add(RequestCancelled{id, command.structure, request.client, CancelReason::Liquidation},
                std::move(postings), {request.client.bytes, command.structure.bytes, id.bytes});
  }
  effects.add(LiquidationBegun{command.structure}, {}, {command.structure.bytes});
  return effects.take();
}

void apply(State& state, const CalendarSet& body, const ledger::RecordView& record) {
  auto& calendar = state.structures.at(body.calendar.structure).calendar;
  std::erase_if(calendar, [&record](const CalendarEntry& entry) {
    return entry.cutoff > record.recorded_at;
  });
  calendar.insert(calendar.end(), body.calendar.entries.begin(), body.calendar.entries.end());
}

void apply(State& state, const LiquidationBegun& body, const ledger::RecordView&) {
  state.structures.at(body.structure).stage = StructureStage::Liquidating;
}

}  // namespace engine::pamm
