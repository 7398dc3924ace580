#include "engine/gate/desk.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "engine/gate/screening.h"
#include "engine/gate/wind_down.h"

namespace engine::gate {
namespace {

constexpr std::string_view kCompliance = "compliance";

void add_complaints(const GateBook& book, std::vector<DeskItem>& out) {
  for (const auto& [id, held] : book.complaints) {
    if (held.answered) continue;
    out.push_back({DeskOf::Complaint, id.hex(), held.recorded.manager, held.recorded.client, "",
                   held.recorded_at, held.recorded.due, kCompliance, "answer_complaint"});
  }
}

void add_breaches(const GateBook& book, std::vector<DeskItem>& out) {
  for (const auto& [seq, held] : book.breaches) {
    if (held.closed_at) continue;
    out.push_back({DeskOf::Breach,
                   held.logged.breach ? held.logged.breach->hex() : std::to_string(seq),
                   held.logged.manager,
                   {},
                   held.logged.code,
                   held.recorded_at,
                   held.logged.due,
                   kCompliance,
                   "close_breach"});
  }
}

void add_appeals(const GateBook& book, std::vector<DeskItem>& out) {
  std::set<core::DecisionId> heard;
  for (const auto& [id, decision] : book.decisions) {
    if (decision.decided.appeal_of) heard.insert(*decision.decided.appeal_of);
  }
  for (const auto& [id, decision] : book.decisions) {
    if (!decision.appealed || heard.contains(id)) continue;
    out.push_back({DeskOf::Appeal,
                   id.hex(),
                   decision.decided.question.manager,
                   {},
                   "",
                   decision.appealed_at.value_or(decision.recorded_at),
                   {},
                   kCompliance,
                   "decide_authorisation"});
  }
}

void add_suspensions(const GateBook& book, core::Instant now, std::vector<DeskItem>& out) {
  for (const auto& [manager, since] : book.suspended_at) {
    DeskItem item{DeskOf::Suspension, manager.hex(),    manager, {}, "", since, {},
                  kCompliance,        "lift_suspension"};
    if (book.winding_down.contains(manager)) {
      item.what = "winding_down";
    } else {
      const core::Instant from = *wind_down_from(book, manager);
      item.due = core::utc_date(from);
      if (from <= now) item.next = "begin_wind_down";
    }
    out.push_back(std::move(item));
  }
}

void add_candidates(const GateBook& book, std::vector<DeskItem>& out) {
  for (const auto& [party, lists] : book.screenings) {
    for (const auto& [list, held] : lists) {
      if (held.outcome == ScreeningOutcome::Clear) continue;
      for (const Standing& one : standing(held)) {
        const auto outcome = static_cast<std::size_t>(one.outcome);
        out.push_back({DeskOf::Candidate,
                       one.entry,
                       {},
                       {},
                       std::string(core::EnumNames<ScreeningOutcome>::names[outcome]),
                       held.recorded_at,
                       {},
                       kCompliance,
                       "release_candidate",
                       party,
                       list,
                       one.carried});
      }
    }
  }
}

}  // namespace

std::string_view name_of(DeskOf of) {
  switch (of) {
    case DeskOf::Complaint:
      return "complaint";
    case DeskOf::Breach:
      return "breach";
    case DeskOf::Appeal:
      return "appeal";
    case DeskOf::Suspension:
      return "suspension";
    case DeskOf::Candidate:
      break;
  }
  return "candidate";
}

std::vector<DeskItem> desk(const GateBook& book, core::Instant now) {
  std::vector<DeskItem> out;
  add_complaints(book, out);
  add_breaches(book, out);
  add_appeals(book, out);
  add_suspensions(book, now, out);
  add_candidates(book, out);
  const auto key = [](const DeskItem& one) {
    return std::tuple(!one.due, one.due.value_or(core::Date{}), one.since);
  };
  std::ranges::stable_sort(out,
                           [&](const DeskItem& a, const DeskItem& b) { return key(a) < key(b); });
  return out;
}

}  // namespace engine::gate
