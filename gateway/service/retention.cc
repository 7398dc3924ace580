#include "gateway/service/retention.h"

#include <algorithm>

#include "gateway/service/as_of.h"
#include "gateway/service/history_pages.h"
#include "gateway/service/json_number.h"
#include "jurisdictions/retention.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
using engine::retention::AppliedRule;
using engine::retention::ClassStanding;
using engine::retention::SubjectFacts;
using ledger::index::Order;

constexpr std::size_t kPieceRecords = 256;

template <class T>
Value shown(const T& value) {
  return core::Codec<T>::to_json(value);
}

// What the engine knows that bears on the question; of everything if no subject is named.
struct Known {
  std::vector<AppliedRule> rules;
  std::map<engine::HoldId, engine::StandingHold> holds;
  std::optional<engine::RelationshipEnd> end;
  std::string time_zone;
};

core::Result<Known> look_up(ReadableBook& book, const std::optional<ledger::SubjectId>& subject) {
  Known known;
  TRY(book.read_state([&](const engine::State& state) -> core::Result<> {
    std::vector<engine::Jurisdiction> asked;
    if (subject) asked = engine::retention::jurisdictions_of(state, *subject);
    TRY(const auto own,
        core::Codec<engine::Jurisdiction>::from_json(Value(state.genesis.profile), nullptr));
    if (std::ranges::find(asked, own) == asked.end()) asked.insert(asked.begin(), own);
    known.rules = jurisdictions::retention_rules(asked);
    known.holds = state.holds;
    known.time_zone = state.genesis.time_zone;
    // A rule of the firm's applies from the day on which it was recorded, where the firm is.
    auto house = engine::retention::house_rules(state);
    for (std::size_t i = 0; i < house.size(); ++i) {
      const core::Instant recorded_at = state.retention_extensions[i].recorded_at;
      TRY(house[i].rule.in_force, core::local_date(known.time_zone, recorded_at));
      known.rules.push_back(std::move(house[i]));
    }
    if (!subject) return core::ok();
    const auto over = engine::retention::holds_over(state, *subject);
    std::erase_if(known.holds, [&](const auto& entry) {
      return std::ranges::find(over, entry.first) == over.end();
    });
    const auto end = state.relationship_ends.find(core::PartyId{*subject});
    if (end != state.relationship_ends.end()) known.end = end->second;
    return core::ok();
  }));
  return known;
}

// The last record of each class, from the subject's last record back.
core::Result<SubjectFacts> read_facts(const BookView& view, const ledger::SubjectId& subject,
                                      const std::string& zone) {
  SubjectFacts facts;
  std::size_t missing = engine::kRecordClasses;
  std::optional<std::uint64_t> from;
  if (view.size > 0) from = view.size - 1;
  while (from && missing > 0) {
    TRY(const auto page,
        view.index.subject_records(subject, {*from, view.size, kPieceRecords, Order::Descending}));
    TRY(const auto records, look_at(view, page.entries, Detail::Times));
    for (const SeenRecord& record : records) {
      auto& last = facts.last[static_cast<std::size_t>(engine::retention::class_of(record.kind))];
      if (last) continue;
      TRY(const core::Date day, core::local_date(zone, record.recorded_at));
      last = engine::retention::LastRecord{record.seq, day};
      --missing;
    }
    from = page.next;
  }
  return facts;
}

core::Result<SubjectFacts> facts_of(ReadableBook& book, const ledger::SubjectId& subject,
                                    const Known& known) {
  SubjectFacts facts;
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    TRY(facts, read_facts(view, subject, known.time_zone));
    return core::ok();
  }));
  if (!known.end) return facts;
  TRY(const core::Date day, core::local_date(known.time_zone, known.end->ended_at));
  facts.relationship_end = engine::retention::LastRecord{known.end->seq, day};
  return facts;
}

std::string sentence(const ClassStanding& one) {
  const std::string what = *shown(one.record_class).as_string() + " records";
  const std::string why = " (" + one.rule->origin + ": " + one.rule->rule.citation + ").";
  if (one.not_begun) {
    return what + " are kept while the relationship lasts and " +
           std::to_string(one.rule->rule.years) + " years longer" + why;
  }
  return what + " are kept until " + core::to_string(*one.earliest) + why;
}

core::Result<ErasureStanding> stand(ReadableBook& book, const ledger::SubjectId& subject,
                                    const Known& known, core::Instant now) {
  ErasureStanding out;
  TRY(out.today, core::local_date(known.time_zone, now));
  TRY(const SubjectFacts facts, facts_of(book, subject, known));
  out.standing = engine::retention::stand(facts, known.rules, out.today);
  out.earliest = out.standing.earliest;
  for (const auto& [id, hold] : known.holds) {
    out.holds.push_back(id);
    out.reasons.push_back("Hold " + id.hex() + " of record " + std::to_string(hold.seq) +
                          " stands.");
  }
  for (const ClassStanding& one : out.standing.classes) {
    const bool kept = one.not_begun || (one.earliest && out.today < *one.earliest);
    if (kept) out.reasons.push_back(sentence(one));
  }
  out.allowed = out.holds.empty() && out.standing.is_over(out.today);
  return out;
}

Value rule_to_json(const AppliedRule& applied) {
  const auto& rule = applied.rule;
  return Object{{"origin", applied.origin},
                {"classes", shown(rule.classes)},
                {"years", number(rule.years)},
                {"counted_from", shown(rule.counted_from)},
                {"in_force", core::to_string(rule.in_force)},
                {"citation", rule.citation},
                {"source", rule.source},
                {"checked", core::to_string(rule.checked)},
                {"uncertain", rule.uncertain}};
}

Value holds_to_json(const std::map<engine::HoldId, engine::StandingHold>& holds) {
  Array out;
  for (const auto& [id, hold] : holds) {
    Object one{{"hold", id.hex()}};
    if (hold.subject) one.emplace_back("subject", hold.subject->hex());
    one.emplace_back("basis", shown(hold.basis));
    one.emplace_back("document", core::to_hex(hold.document.bytes));
    one.emplace_back("placed_at", core::to_string(hold.placed_at));
    one.emplace_back("seq", number(hold.seq));
    out.push_back(std::move(one));
  }
  return out;
}

Value class_to_json(const ClassStanding& one) {
  Object out{{"class", shown(one.record_class)},
             {"last_seq", number(one.last.seq)},
             {"last_day", core::to_string(one.last.day)}};
  if (one.rule) out.emplace_back("rule", rule_to_json(*one.rule));
  if (one.earliest) out.emplace_back("earliest", core::to_string(*one.earliest));
  if (one.not_begun) out.emplace_back("not_begun", true);
  return out;
}

}  // namespace

core::Result<ErasureStanding> erasure_standing(ReadableBook& book, const ledger::SubjectId& subject,
                                               core::Instant now) {
  TRY(const Known known, look_up(book, subject));
  return stand(book, subject, known, now);
}

core::Result<> check_erasure(const ErasureStanding& standing) {
  if (standing.allowed) return core::ok();
  std::string why;
  for (const std::string& reason : standing.reasons) why += (why.empty() ? "" : " ") + reason;
  const std::string when = standing.standing.not_begun ? std::string(" No date can be given yet.")
                           : standing.earliest
                               ? " Earliest date: " + core::to_string(*standing.earliest) + "."
                               : std::string();
  if (!standing.holds.empty()) return core::conflict("under_hold", "subject", why + when);
  return core::conflict("under_retention", "subject", why + when);
}

core::Instant now_in(const BookView& view, core::Clock& clock) {
  if (!view.genesis.simulated_seed) return clock.now();
  return view.index.last_recorded_at().value_or(core::Instant{});
}

core::Result<core::Instant> moment_of_day(ReadableBook& book, core::Clock& clock,
                                          const std::string& on) {
  core::Instant moment;
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    moment = now_in(view, clock);
    if (on.empty()) return core::ok();
    auto day = core::parse_date(on);
    if (!day) return std::move(day.error()).within("on");
    TRY(moment, core::local_to_utc(view.genesis.time_zone, day.value(), 12, 0, 0));
    return core::ok();
  }));
  return moment;
}

core::Result<Value> query_retention(ReadableBook& book, core::Instant now) {
  TRY(const Known known, look_up(book, std::nullopt));
  TRY(const core::Date today, core::local_date(known.time_zone, now));
  Array rules;
  for (const AppliedRule& applied : known.rules) rules.push_back(rule_to_json(applied));
  return Value(Object{{"on", core::to_string(today)},
                      {"rules", std::move(rules)},
                      {"holds", holds_to_json(known.holds)}});
}

core::Result<Value> query_subject_retention(ReadableBook& book, const ledger::SubjectId& subject,
                                            core::Instant now) {
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    TRY(const Moment moment, resolve_moment(view, "", ""));
    return check_subject(view, moment, subject);
  }));
  TRY(const Known known, look_up(book, subject));
  TRY(const ErasureStanding standing, stand(book, subject, known, now));
  Object erasure{{"allowed", standing.allowed}};
  if (standing.earliest) erasure.emplace_back("earliest", core::to_string(*standing.earliest));
  Array reasons;
  for (const std::string& reason : standing.reasons) reasons.emplace_back(reason);
  erasure.emplace_back("reasons", std::move(reasons));
  Object out{{"on", core::to_string(standing.today)}, {"subject", core::to_hex(subject)}};
  if (standing.standing.relationship_ended) {
    out.emplace_back("relationship_ended", core::to_string(*standing.standing.relationship_ended));
  }
  out.emplace_back("erasure", std::move(erasure));
  Array classes;
  for (const ClassStanding& one : standing.standing.classes) classes.push_back(class_to_json(one));
  out.emplace_back("classes", std::move(classes));
  out.emplace_back("holds", holds_to_json(known.holds));
  return Value(std::move(out));
}

}  // namespace gateway::service
