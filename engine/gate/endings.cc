#include "engine/gate/endings.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/gate/pack.h"

namespace engine::gate {
namespace {

constexpr std::uint64_t kAgeDefault = 1;

using Newest = std::map<std::pair<std::string_view, std::string_view>, std::uint64_t>;

// The record of the newest answer with something in it, by source and reference: it has taken the
// place of those before it.
Newest newest_of(const std::vector<HeldEvidence>& all) {
  Newest out;
  for (const HeldEvidence& held : all) {
    if (held.evidence.asked != Asked::Found) continue;
    std::uint64_t& seq = out[{held.evidence.source, held.evidence.reference}];
    seq = std::max(seq, held.seq);
  }
  return out;
}

bool is_replaced(const Newest& newest, const HeldEvidence& held) {
  const auto found = newest.find({held.evidence.source, held.evidence.reference});
  return found != newest.end() && held.seq < found->second;
}

// The last days of facts that held when it was answered, with their names: not of those that end
// with the evidence or after it.
std::map<core::Date, std::string> fact_ends(const HeldEvidence& held) {
  const Evidence& evidence = held.evidence;
  const core::Date answered = core::utc_date(evidence.answered_at.value_or(held.recorded_at));
  std::map<core::Date, std::set<std::string_view>> names;
  for (const Fact& fact : evidence.facts) {
    if (!fact.to || *fact.to < answered) continue;
    if (!evidence.expires || *fact.to < *evidence.expires) names[*fact.to].insert(fact.name);
  }
  std::map<core::Date, std::string> out;
  for (const auto& [day, all] : names) {
    for (const std::string_view name : all) {
      std::string& text = out[day];
      text += (text.empty() ? "" : ", ") + std::string(name);
    }
  }
  return out;
}

std::string name_of(const RulePack& pack) { return pack.name + " " + std::to_string(pack.version); }

// The last day on which a pack that is in force today is, of what is adopted by now.
std::optional<core::Date> last_day_of(const GateBook& book, const AdoptedPack& adopted,
                                      core::Date today) {
  std::set<core::Date> days;  // On which another may begin.
  if (adopted.pack.until) days.insert({adopted.pack.until->days + 1});
  for (const AdoptedPack& one : book.packs) days.insert(one.pack.from);
  for (const core::Date day : days) {
    if (today < day && pack_on(book, day) != &adopted) return core::Date{day.days - 1};
  }
  return std::nullopt;
}

void add_evidence_ends(const std::vector<HeldEvidence>& all,
                       const std::optional<core::PartyId>& party, std::vector<Ending>& out) {
  const Newest newest = newest_of(all);
  for (const HeldEvidence& held : all) {
    const Evidence& evidence = held.evidence;
    if (is_replaced(newest, held)) continue;
    const std::string what = evidence.source + " " + evidence.reference;
    if (evidence.expires) {
      out.push_back({EndingOf::Evidence, held.seq, *evidence.expires, what, party, {}});
    }
    for (const auto& [day, facts] : fact_ends(held)) {
      out.push_back({EndingOf::Fact, held.seq, day, what + ": " + facts, party, {}});
    }
  }
}

void add_signature_ends(const GateBook& book, std::vector<Ending>& out) {
  std::set<std::pair<core::Hash, std::string>> seen;
  std::vector<Ending> newest;
  for (auto one = book.sign_offs.rbegin(); one != book.sign_offs.rend(); ++one) {
    if (!seen.emplace(one->signed_off.pack, one->signed_off.cell).second) continue;
    newest.push_back(
        {EndingOf::Signature, one->seq, one->signed_off.valid_until, one->signed_off.cell, {}, {}});
  }
  out.insert(out.end(), newest.rbegin(), newest.rend());
}

void add_mandate_ends(const MandateEnds& ends, const core::StructureId& structure,
                      const core::PartyId& client, std::vector<Ending>& out) {
  const auto add = [&](EndingOf of, std::uint64_t seq, const std::optional<core::Date>& day) {
    if (day) out.push_back({of, seq, *day, "", client, structure});
  };
  add(EndingOf::Mandate, ends.seq, ends.mandate);
  add(EndingOf::Suitability, ends.assessed_seq.value_or(ends.seq), ends.suitability);
}

const std::vector<HeldEvidence>& evidence_of(const GateBook& book,
                                             const std::optional<core::PartyId>& party) {
  static const std::vector<HeldEvidence> kNone;
  if (!party) return book.of_firm;
  const auto held = book.of_party.find(*party);
  return held == book.of_party.end() ? kNone : held->second;
}

std::uint64_t days_of(const RulePack& pack, const std::string& source) {
  const auto age = std::ranges::find(pack.ages, source, &SourceAge::source);
  return age == pack.ages.end() ? kAgeDefault : age->days_max;
}

void add_rechecks(const RulePack& pack, const std::vector<HeldEvidence>& all,
                  const std::optional<core::PartyId>& party, std::vector<Recheck>& out) {
  const Newest newest = newest_of(all);
  for (const HeldEvidence& held : all) {
    const Evidence& evidence = held.evidence;
    if (held.captured || evidence.asked == Asked::CouldNotAsk || is_replaced(newest, held))
      continue;
    const core::Date answered = core::utc_date(evidence.answered_at.value_or(held.recorded_at));
    const core::Date due{answered.days + static_cast<std::int32_t>(days_of(pack, evidence.source))};
    out.push_back({held.seq, evidence.source, evidence.reference, due, party});
  }
}

}  // namespace

std::string_view name_of(EndingOf of) {
  switch (of) {
    case EndingOf::Evidence:
      return "evidence";
    case EndingOf::Signature:
      return "signature";
    case EndingOf::Mandate:
      return "mandate";
    case EndingOf::Suitability:
      return "suitability";
    case EndingOf::Fact:
      return "fact";
    case EndingOf::RulePack:
      return "rule_pack";
    case EndingOf::TimeRule:
      break;
  }
  return "time_rule";
}

std::vector<Ending> endings(const State& state) {
  const GateBook& book = *state.gate;
  std::vector<Ending> out;
  add_evidence_ends(book.of_firm, {}, out);
  for (const auto& [party, all] : book.of_party) add_evidence_ends(all, party, out);
  add_signature_ends(book, out);
  for (const auto& [structure, clients] : book.mandate_ends) {
    for (const auto& [client, ends] : clients) add_mandate_ends(ends, structure, client, out);
  }
  return out;
}

std::vector<Ending> endings_of(const GateBook& book, const AgendaItem& item) {
  std::vector<Ending> out;
  if (item.signatures) {
    add_signature_ends(book, out);
  } else if (!item.structure) {
    add_evidence_ends(evidence_of(book, item.party), item.party, out);
  } else if (const auto clients = book.mandate_ends.find(*item.structure);
             clients != book.mandate_ends.end()) {
    const auto ends = clients->second.find(*item.party);
    if (ends != clients->second.end()) {
      add_mandate_ends(ends->second, *item.structure, *item.party, out);
    }
  }
  return out;
}

std::vector<Recheck> rechecks(const State& state, core::Instant now) {
  const GateBook& book = *state.gate;
  const AdoptedPack* adopted = pack_on(book, core::utc_date(now));
  std::vector<Recheck> out;
  if (adopted == nullptr) return out;
  add_rechecks(adopted->pack, book.of_firm, {}, out);
  for (const core::PartyId& manager : book.watched) {
    add_rechecks(adopted->pack, evidence_of(book, manager), manager, out);
  }
  return out;
}

std::vector<Recheck> rechecks_of(const GateBook& book, const RulePack& pack,
                                 const std::optional<core::PartyId>& party) {
  std::vector<Recheck> out;
  if (party && !book.watched.contains(*party)) return out;
  add_rechecks(pack, evidence_of(book, party), party, out);
  std::erase_if(out, [&](const Recheck& one) { return book.rechecks.contains(one.seq); });
  return out;
}

std::vector<Ending> rule_endings(const GateBook& book, core::Date today, std::int64_t days) {
  const AdoptedPack* adopted = pack_on(book, today);
  std::vector<Ending> out;
  if (adopted == nullptr) return out;
  const auto add = [&](EndingOf of, core::Date day, const std::string& what,
                       const std::optional<core::Date>& alert_from) {
    const bool near = day.days - std::int64_t{today.days} <= days;
    const bool told = alert_from && *alert_from <= today;
    if (today <= day && (near || told)) out.push_back({of, 0, day, what, {}, {}});
  };
  if (const auto day = last_day_of(book, *adopted, today)) {
    const AdoptedPack* next = pack_on(book, {day->days + 1});
    const std::string then = next == nullptr ? "no pack" : name_of(next->pack);
    add(EndingOf::RulePack, *day, name_of(adopted->pack) + ", then " + then, {});
  }
  for (const TimeRule& rule : adopted->pack.time_rules) {
    const std::string what = rule.id + ": " + rule.effect;
    if (rule.from) add(EndingOf::TimeRule, {rule.from->days - 1}, what, rule.alert_from);
    if (rule.until) add(EndingOf::TimeRule, *rule.until, what, rule.alert_from);
  }
  return out;
}

const AdoptedPack* pack_on(const GateBook& book, core::Date day) {
  const AdoptedPack* out = nullptr;
  for (const AdoptedPack& one : book.packs) {
    if (covers(one.pack.from, one.pack.until, day)) out = &one;
  }
  return out;
}

}  // namespace engine::gate
