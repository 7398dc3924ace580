#include "engine/retention/standing.h"

#include <algorithm>
#include <chrono>

namespace engine::retention {
namespace {

std::chrono::year_month_day calendar(core::Date day) {
  return std::chrono::sys_days(std::chrono::days(day.days));
}

core::Date date_of(std::chrono::sys_days day) {
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

// The end of the relationship, unless business was recorded after it was said. What was recorded
// before, but later than the day that was said, moves it to that day.
std::optional<core::Date> ended_on(const SubjectFacts& facts) {
  if (!facts.relationship_end) return std::nullopt;
  core::Date day = facts.relationship_end->day;
  for (std::size_t i = 0; i < kRecordClasses; ++i) {
    const auto& last = facts.last[i];
    if (!last || !is_business(static_cast<RecordClass>(i))) continue;
    if (last->seq > facts.relationship_end->seq) return std::nullopt;
    day = std::max(day, last->day);
  }
  return day;
}

bool applies_to(const Rule& rule, RecordClass record_class) {
  return record_class == RecordClass::Other ||
         std::ranges::find(rule.classes, record_class) != rule.classes.end();
}

// From when on the record may go; absent if the period has not begun.
std::optional<core::Date> earliest_by(const Rule& rule, core::Date recorded,
                                      const std::optional<core::Date>& ended) {
  switch (rule.counted_from) {
    case CountedFrom::Record:
      return kept_until(recorded, rule.years);
    case CountedFrom::YearEnd:
      return kept_until(year_end(recorded), rule.years);
    case CountedFrom::RelationshipEnd:
      if (!ended) return std::nullopt;
      return kept_until(std::max(*ended, recorded), rule.years);
  }
  return std::nullopt;
}

ClassStanding stand_of(RecordClass record_class, const LastRecord& last,
                       std::span<const AppliedRule> rules, const std::optional<core::Date>& ended,
                       core::Date today) {
  ClassStanding out;
  out.record_class = record_class;
  out.last = last;
  for (const AppliedRule& applied : rules) {
    if (today < applied.rule.in_force || !applies_to(applied.rule, record_class)) continue;
    const auto earliest = earliest_by(applied.rule, last.day, ended);
    const bool longer = !out.rule || (!out.not_begun && (!earliest || *out.earliest < *earliest));
    if (!longer) continue;
    out.rule = applied;
    out.earliest = earliest;
    out.not_begun = !earliest;
  }
  return out;
}

bool takes_part(const Structure& structure, const core::PartyId& party) {
  return structure.manager == party || structure.manager_client == party ||
         structure.mandates.contains(party) || structure.investors.contains(party);
}

}  // namespace

core::Date kept_until(core::Date day, std::uint64_t years) {
  using namespace std::chrono;
  const year_month_day date = calendar(day);
  const year target = date.year() + std::chrono::years(static_cast<int>(years));
  const year_month_day same = target / date.month() / date.day();
  const sys_days last =
      same.ok() ? sys_days(same) : sys_days(target / date.month() / std::chrono::last);
  return std::min(date_of(last + days(1)), core::kDateMax);
}

core::Date year_end(core::Date day) {
  using namespace std::chrono;
  return date_of(sys_days(calendar(day).year() / December / 31));
}

Standing stand(const SubjectFacts& facts, std::span<const AppliedRule> rules, core::Date today) {
  Standing out;
  out.relationship_ended = ended_on(facts);
  for (std::size_t i = 0; i < kRecordClasses; ++i) {
    if (!facts.last[i]) continue;
    const auto one =
        stand_of(static_cast<RecordClass>(i), *facts.last[i], rules, out.relationship_ended, today);
    out.not_begun = out.not_begun || one.not_begun;
    if (one.earliest && (!out.earliest || *out.earliest < *one.earliest)) {
      out.earliest = one.earliest;
    }
    out.classes.push_back(one);
  }
  if (out.not_begun) out.earliest.reset();
  return out;
}

std::vector<AppliedRule> house_rules(const State& state) {
  std::vector<AppliedRule> out;
  for (const RetentionExtension& said : state.retention_extensions) {
    const core::Date day = core::utc_date(said.recorded_at);
    out.push_back({"house",
                   {.classes = {said.rule.record_class},
                    .years = said.rule.years,
                    .counted_from = said.rule.counted_from,
                    .in_force = day,
                    .citation = "Recorded by the firm: record " + std::to_string(said.seq),
                    .source = "record " + std::to_string(said.seq),
                    .checked = day,
                    .uncertain = false}});
  }
  return out;
}

std::vector<Jurisdiction> jurisdictions_of(const State& state, const ledger::SubjectId& subject) {
  std::vector<Jurisdiction> out;
  for (const auto& [id, structure] : state.structures) {
    if (id.bytes != subject && !takes_part(structure, {subject})) continue;
    if (std::ranges::find(out, structure.jurisdiction) == out.end()) {
      out.push_back(structure.jurisdiction);
    }
  }
  std::ranges::sort(out);
  return out;
}

std::vector<HoldId> holds_over(const State& state, const ledger::SubjectId& subject) {
  std::vector<HoldId> out;
  for (const auto& [id, hold] : state.holds) {
    if (hold.subject && hold.subject->bytes != subject) {
      const auto structure = state.structures.find({hold.subject->bytes});
      if (structure == state.structures.end() || !takes_part(structure->second, {subject})) {
        continue;
      }
    }
    out.push_back(id);
  }
  return out;
}

}  // namespace engine::retention
