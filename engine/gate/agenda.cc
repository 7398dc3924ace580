#include "engine/gate/agenda.h"

#include <algorithm>
#include <array>

namespace engine::gate {
namespace {

// Days before the last day, nearest first. Source: domain rule of cadence, T-90/60/30/7.
constexpr auto kAlertDays = std::to_array<std::uint64_t>({7, 30, 60, 90});

std::optional<std::uint64_t> alert_given(const GateBook& book, const Ending& ending) {
  const auto given = book.alerted.find(ending.seq);
  if (given == book.alerted.end()) return std::nullopt;
  const auto last = given->second.find(ending.last_day);
  if (last == given->second.end()) return std::nullopt;
  return last->second;
}

// The first day on which due_alert() says something, or has said.
std::optional<core::Date> next_alert(const GateBook& book, const Ending& ending, core::Date today) {
  if (ending.last_day < today) return std::nullopt;
  const auto given = alert_given(book, ending);
  for (auto days = kAlertDays.rbegin(); days != kAlertDays.rend(); ++days) {
    if (given && *given <= *days) continue;
    return core::Date{ending.last_day.days - static_cast<std::int32_t>(*days)};
  }
  return std::nullopt;
}

void take_earlier(std::optional<core::Date>& day, const std::optional<core::Date>& other) {
  if (other && (!day || *other < *day)) day = other;
}

// The earliest by any pack that is or may come into force.
std::optional<core::Date> next_recheck(const GateBook& book,
                                       const std::optional<core::PartyId>& party,
                                       core::Date today) {
  std::optional<core::Date> day;
  for (const AdoptedPack& adopted : book.packs) {
    if (adopted.pack.until && *adopted.pack.until < today) continue;
    for (const Recheck& one : rechecks_of(book, adopted.pack, party)) take_earlier(day, one.due);
  }
  return day;
}

void plan(GateBook& book, const AgendaItem& item, const std::optional<core::Date>& day) {
  if (const auto before = book.next_days.find(item); before != book.next_days.end()) {
    if (day == before->second) return;
    const auto items = book.agenda.find(before->second);
    items->second.erase(item);
    if (items->second.empty()) book.agenda.erase(items);
    book.next_days.erase(before);
  }
  if (!day) return;
  book.next_days.emplace(item, *day);
  book.agenda[*day].insert(item);
}

std::optional<core::Date> next_ending(const GateBook& book, const AgendaItem& item,
                                      core::Date today) {
  std::optional<core::Date> day;
  for (const Ending& one : endings_of(book, item)) {
    take_earlier(day, next_alert(book, one, today));
  }
  return day;
}

}  // namespace

std::optional<std::uint64_t> due_alert(const GateBook& book, const Ending& ending,
                                       core::Date today) {
  const std::int64_t left = ending.last_day.days - std::int64_t{today.days};
  if (left < 0) return std::nullopt;
  const auto days = std::ranges::find_if(
      kAlertDays, [&](std::uint64_t one) { return left <= static_cast<std::int64_t>(one); });
  if (days == kAlertDays.end()) return std::nullopt;
  const auto given = alert_given(book, ending);
  if (given && *given <= *days) return std::nullopt;
  return *days;
}

void plan_evidence(GateBook& book, const std::optional<core::PartyId>& party, core::Date today) {
  const AgendaItem item{{}, false, party};
  std::optional<core::Date> day = next_ending(book, item, today);
  take_earlier(day, next_recheck(book, party, today));
  plan(book, item, day);
}

void plan_signatures(GateBook& book, core::Date today) {
  const AgendaItem item{{}, true, {}};
  plan(book, item, next_ending(book, item, today));
}

void plan_mandate(GateBook& book, const core::StructureId& structure, const core::PartyId& client,
                  core::Date today) {
  const AgendaItem item{structure, false, client};
  plan(book, item, next_ending(book, item, today));
}

void plan_rechecks(GateBook& book, core::Date today) {
  plan_evidence(book, {}, today);
  for (const core::PartyId& manager : book.watched) plan_evidence(book, manager, today);
}

void watch(GateBook& book, const core::PartyId& manager, core::Date today) {
  if (book.watched.insert(manager).second) plan_evidence(book, manager, today);
}

void watch_no_more(GateBook& book, const core::PartyId& manager, core::Date today) {
  const bool applies = std::ranges::any_of(book.cases, [&](const auto& one) {
    return one.second.stage != CaseStage::Declined && one.second.question.manager == manager;
  });
  const bool began = std::ranges::any_of(book.decisions, [&](const auto& one) {
    return one.second.decided.answer.verdict == Verdict::Allow &&
           one.second.decided.question.manager == manager;
  });
  if (applies || began) return;
  book.watched.erase(manager);
  plan_evidence(book, manager, today);
}

std::set<AgendaItem> items_due(const GateBook& book, core::Date today) {
  std::set<AgendaItem> out;
  for (const auto& [day, items] : book.agenda) {
    if (today < day) break;
    out.insert(items.begin(), items.end());
  }
  return out;
}

}  // namespace engine::gate
