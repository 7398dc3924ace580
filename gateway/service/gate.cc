#include "gateway/service/gate.h"

#include <algorithm>

#include "core/fields.h"
#include "engine/gate/ahead.h"
#include "engine/gate/desk.h"
#include "engine/gate/mandates.h"
#include "engine/gate/pack.h"
#include "engine/gate/queue.h"
#include "engine/gate/replay.h"
#include "engine/gate_state.h"
#include "gateway/refs/references.h"
#include "gateway/service/gate_restrictions.h"

namespace gateway::service {
namespace {

using core::json::Array;
using core::json::Object;
using core::json::Value;
namespace gate = engine::gate;

template <class T>
Value written(const T& value) {
  return core::Codec<T>::to_json(value);
}

std::int64_t days_until(core::Date day, core::Instant now) {
  return std::int64_t{day.days} - core::utc_date(now).days;
}

Value missing_to_json(const gate::Missing& one, core::Instant now) {
  Object out{{"item", one.item}, {"from", one.from}, {"why", one.why}};
  if (one.due) {
    out.emplace_back("due", core::to_string(*one.due));
    if (days_until(*one.due, now) < 0) out.emplace_back("overdue", true);
  }
  return out;
}

Value case_to_json(const gate::QueuedCase& one, core::Instant now) {
  const engine::OnboardingCase& onboarding = one.onboarding;
  Array missing;
  for (const gate::Missing& lacks : one.missing) missing.push_back(missing_to_json(lacks, now));
  Object out{{"onboarding", one.id.hex()},
             {"manager", onboarding.question.manager.hex()},
             {"model", written(onboarding.question.model)},
             {"stage", written(onboarding.stage)},
             {"opened_at", core::to_string(onboarding.opened_at)},
             {"verdict", written(one.verdict)},
             {"next", gate::name_of(one.next)},
             {"missing", std::move(missing)}};
  if (one.decision) out.emplace_back("decision", one.decision->hex());
  if (!one.lists.empty()) out.emplace_back("screen_again", written(one.lists));
  if (one.rules_change) out.emplace_back("rules_change", core::to_string(*one.rules_change));
  if (one.decided_ahead) out.emplace_back("decided_ahead", one.decided_ahead->hex());
  return out;
}

Value ending_to_json(const gate::Ending& one, core::Instant now) {
  Object out{{"last_day", core::to_string(one.last_day)},
             {"days", days_until(one.last_day, now)},
             {"of", gate::name_of(one.of)}};
  if (one.seq != 0) out.emplace_back("seq", written(one.seq));
  if (!one.what.empty()) out.emplace_back("what", one.what);
  if (one.party) out.emplace_back("party", one.party->hex());
  if (one.structure) out.emplace_back("structure", one.structure->hex());
  return out;
}

Array rechecks_to_json(const engine::State& state, core::Instant now) {
  Array out;
  for (const gate::Recheck& one : gate::rechecks(state, now)) {
    if (days_until(one.due, now) > 0) continue;
    Object line{{"source", one.source},
                {"reference", one.reference},
                {"due", core::to_string(one.due)},
                {"seq", written(one.seq)}};
    if (one.party) line.emplace_back("party", one.party->hex());
    out.push_back(std::move(line));
  }
  return out;
}

Array complaints_to_json(const engine::GateBook& book) {
  Array out;
  for (const auto& [id, held] : book.complaints) {
    if (held.answered) continue;
    out.push_back(Object{{"complaint", id.hex()},
                         {"manager", held.recorded.manager.hex()},
                         {"client", held.recorded.client.hex()},
                         {"recorded_at", core::to_string(held.recorded_at)}});
  }
  return out;
}

Array desk_to_json(const engine::GateBook& book, core::Instant now) {
  Array out;
  for (const gate::DeskItem& one : gate::desk(book, now)) {
    Object line{{"of", gate::name_of(one.of)}, {"id", one.id}};
    if (one.manager) line.emplace_back("manager", one.manager->hex());
    if (one.party) line.emplace_back("party", one.party->hex());
    if (!one.list.empty()) line.emplace_back("list", one.list);
    if (one.carried) line.emplace_back("carried", true);
    line.emplace_back("from", one.from);
    line.emplace_back("next", one.next);
    line.emplace_back("since", core::to_string(one.since));
    if (one.client) line.emplace_back("client", one.client->hex());
    if (!one.what.empty()) line.emplace_back("what", one.what);
    if (one.due) {
      line.emplace_back("due", core::to_string(*one.due));
      if (days_until(*one.due, now) < 0) line.emplace_back("overdue", true);
    }
    out.push_back(std::move(line));
  }
  return out;
}

// Absent: it counts on.
std::optional<std::string> end_of(const engine::HeldMandate& held, core::Instant now) {
  if (held.revoked_at) return "revoked";
  if (held.terms && held.terms->expires && *held.terms->expires < core::utc_date(now))
    return "over";
  return std::nullopt;
}

Value mandate_to_json(const engine::HeldMandate& held, core::Instant now) {
  Object out{
      {"structure", held.structure.hex()},  {"offer", held.offer.hex()},
      {"document", written(held.document)}, {"accepted_at", core::to_string(held.accepted_at)},
      {"seq", written(held.seq)},           {"state", end_of(held, now).value_or("active")}};
  if (held.revoked_at) out.emplace_back("revoked_at", core::to_string(*held.revoked_at));
  if (held.terms) out.emplace_back("terms", written(*held.terms));
  Array renewed;
  for (const engine::RenewedPapers& papers : held.renewed) {
    Object line{{"seq", written(papers.seq)}, {"recorded_at", core::to_string(papers.recorded_at)}};
    if (papers.renewed.suitability) {
      line.emplace_back("suitability", written(*papers.renewed.suitability));
    }
    if (papers.renewed.tax_certificate) {
      line.emplace_back("tax_certificate", written(*papers.renewed.tax_certificate));
    }
    renewed.push_back(std::move(line));
  }
  if (!renewed.empty()) out.emplace_back("renewed", std::move(renewed));
  Array versions;
  for (const engine::SignedVersion& version : held.versions) {
    versions.push_back(Object{{"offer", version.offer.hex()},
                              {"document", written(version.document)},
                              {"seq", written(version.seq)},
                              {"recorded_at", core::to_string(version.recorded_at)}});
  }
  if (!versions.empty()) out.emplace_back("versions", std::move(versions));
  return out;
}

}  // namespace

core::Result<Value> gate_check(const engine::State& state, const engine::GateQuestion& question,
                               core::Instant now, const std::optional<core::Date>& from) {
  if (!state.managers.contains(question.manager)) {
    return core::not_found("unknown_manager", "manager", "Register the manager first.");
  }
  TRY(gate::check_question(question));
  TRY(const core::Instant as_of, gate::answered_as_of(state, now, from));
  const auto answer =
      gate::answer(gate::known_of(state, question.manager, as_of, now), question, as_of);
  Value out = written(answer);
  Array restrictions = restrictions_in(state, question.manager, answer, now);
  if (!restrictions.empty()) {
    out.as_object()->emplace_back("restrictions", std::move(restrictions));
  }
  return out;
}

core::Result<Value> gate_replay(const engine::State& state, const core::DecisionId& decision,
                                core::Instant now) {
  TRY(const gate::Replay replay, gate::replay(state, decision, now));
  return Value(Object{{"decision", decision.hex()},
                      {"same", replay.same},
                      {"recorded", written(replay.recorded)},
                      {"then", written(replay.then)},
                      {"now", written(replay.now)},
                      {"gone", written(replay.gone)},
                      {"come", written(replay.come)}});
}

Value gate_impact(const engine::State& state, const engine::RulePack& pack, core::Instant now) {
  Array changes;
  for (const gate::Impact& one : gate::impact(state, pack, now)) {
    changes.push_back(Object{{"manager", one.manager.hex()},
                             {"decision", one.decision.hex()},
                             {"before", written(one.before)},
                             {"after", written(one.after)},
                             {"from", core::to_string(one.from)}});
  }
  Array ending;
  for (const gate::EndingAllow& one : gate::allows_ending(state, pack, now)) {
    Object line{{"manager", one.manager.hex()},
                {"decision", one.decision.hex()},
                {"model", written(one.model)},
                {"from", core::to_string(one.from)}};
    if (one.decided_ahead) line.emplace_back("decided_ahead", one.decided_ahead->hex());
    ending.push_back(std::move(line));
  }
  return Object{{"pack", written(gate::hash_of(pack))},
                {"changes", std::move(changes)},
                {"allows_ending", std::move(ending)}};
}

Value gate_queue(const engine::State& state, core::Instant now) {
  Array cases;
  for (const gate::QueuedCase& one : gate::queue(state, now)) {
    cases.push_back(case_to_json(one, now));
  }
  Array ends;
  for (const gate::Ending& one : gate::calendar(state, now, gate::kCalendarDays)) {
    ends.push_back(ending_to_json(one, now));
  }
  return Object{{"on", core::to_string(core::utc_date(now))},
                {"cases", std::move(cases)},
                {"calendar", std::move(ends)},
                {"rechecks", rechecks_to_json(state, now)},
                {"complaints", complaints_to_json(*state.gate)},
                {"desk", desk_to_json(*state.gate, now)}};
}

core::Result<Value> gate_mandates(const engine::State& state, const core::PartyId& client,
                                  core::Instant now) {
  if (!state.clients.contains(client)) {
    return core::not_found("unknown_client", "client", "Register the client first.");
  }
  Array mandates;
  for (const engine::HeldMandate& held : state.gate->mandates) {
    if (held.client == client) mandates.push_back(mandate_to_json(held, now));
  }
  return Value(Object{{"client", client.hex()}, {"mandates", std::move(mandates)}});
}

core::Result<engine::RulePack> read_rule_pack(std::string_view text) {
  TRY(const Value json, core::json::parse(text));
  refs::NoReferences none;
  TRY(auto pack, core::from_json<engine::RulePack>(json, &none));
  TRY(gate::check_pack(pack));
  return pack;
}

Value pack_summary(const engine::RulePack& pack) {
  Object verdicts;
  const auto& names = core::EnumNames<engine::CellVerdict>::names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto verdict = static_cast<engine::CellVerdict>(i);
    verdicts.emplace_back(std::string(names[i]),
                          std::ranges::count(pack.cells, verdict, &engine::RuleCell::verdict));
  }
  const auto number = [](std::size_t size) { return static_cast<std::int64_t>(size); };
  Object out{{"name", pack.name},
             {"version", written(pack.version)},
             {"from", core::to_string(pack.from)}};
  if (pack.until) out.emplace_back("until", core::to_string(*pack.until));
  out.emplace_back("hash", written(gate::hash_of(pack)));
  out.emplace_back("bytes", number(core::to_cbor(pack).size()));
  out.emplace_back("cells", number(pack.cells.size()));
  out.emplace_back("verdicts", std::move(verdicts));
  out.emplace_back("requirements", number(pack.requirements.size()));
  out.emplace_back("papers", number(pack.papers.size()));
  out.emplace_back("forbidden", number(pack.forbidden.size()));
  out.emplace_back("time_rules", number(pack.time_rules.size()));
  out.emplace_back("sources", number(pack.sources.size()));
  out.emplace_back("status", pack.status);
  return out;
}

}  // namespace gateway::service
