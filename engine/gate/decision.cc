#include "engine/gate/decision.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/sha256.h"
#include "engine/country.h"
#include "engine/gate/facts.h"
#include "engine/gate/pack.h"
#include "engine/gate/strictest.h"
#include "engine/gate/until.h"

namespace engine::gate {
namespace {

constexpr std::size_t kResidencesMax = 40;
constexpr std::size_t kDetailBytesMax = 900;

// A record has room for so much; a letter is not cut.
std::string shortened(std::string text) {
  if (text.size() <= kDetailBytesMax) return text;
  std::size_t end = kDetailBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  text.resize(end);
  return text;
}

// A need in words, so that who reads a reason knows what to bring.
std::string describe(const FactNeed& need) {
  std::string out = need.fact;
  for (const FactCondition& condition : need.where) {
    out += ", " + condition.key;
    if (condition.op == FactOperator::Each) out += " for the instruments";
    if (condition.op == FactOperator::Residence) out += " of the client's residence";
    if (condition.op == FactOperator::Lacks) out += " without";
    if (condition.op == FactOperator::Absent) out += " left open";
    for (const std::string& value : condition.values) out += " '" + value + "'";
  }
  return out;
}

// One question on its way to an answer.
class Deciding {
 public:
  Deciding(const Known& known, const GateQuestion& question, core::Instant as_of, core::Date day)
      : known_(known), pack_(*known.pack), question_(question), as_of_(as_of), day_(day) {}

  GateAnswer take() {
    out_.verdict = Verdict::Allow;
    out_.as_of = as_of_;
    out_.pack = known_.pack_hash;
    for (const ClientCategory category : question_.categories) {
      for (const std::string& residence : question_.residences) ask_legs(category, residence);
    }
    check_countries();
    if (pack_.until) until_ = earlier(until_, after(*pack_.until));
    until_ = earlier(until_, known_.rules_until);
    for (const LegVerdict& leg : out_.legs) out_.verdict = std::max(out_.verdict, leg.verdict);
    if (out_.verdict <= Verdict::Conditions) out_.valid_until = until_;
    add_evidence();
    return std::move(out_);
  }

 private:
  struct Place {
    GateLeg leg = GateLeg::Broker;
    const RuleCell* cell = nullptr;
    std::string jurisdiction;
    const std::string& residence;
  };
  struct Met {
    bool met = false;
    Until until;
    std::vector<GateReason> lacks;
  };

  // --- The legs ---

  void ask_legs(ClientCategory category, const std::string& residence) {
    const RuleJurisdiction* broker = of_profile(pack_, known_.profile);
    ask_leg(GateLeg::Broker, broker, category, residence, known_.profile);
    const RuleJurisdiction* home = find_jurisdiction(pack_, known_.home);
    ask_leg(GateLeg::Manager, home != nullptr ? home : elsewhere(pack_), category, residence,
            known_.home);
    ask_leg(GateLeg::Residence, find_jurisdiction(pack_, residence), category, residence,
            residence);
  }

  void ask_leg(GateLeg leg, const RuleJurisdiction* jurisdiction, ClientCategory category,
               const std::string& residence, const std::string& place_name) {
    Place place{leg, nullptr, jurisdiction != nullptr ? jurisdiction->code : place_name, residence};
    if (jurisdiction != nullptr) {
      place.cell = find_cell(pack_, jurisdiction->code, question_.model,
                             category_of(*jurisdiction, category), day_);
    }
    verdict_of(place);  // The leg is named, whatever comes of it.
    if (place.cell == nullptr) {
      add(place, Verdict::Counsel, "no_cell", {},
          "The rules have no cell for " + place_name +
              ": counsel must say, and a pack must have it.");
      return;
    }
    check_cell(place);
    if (leg != GateLeg::Manager) require(place, place.cell->broker_requires, Holder::Broker);
    if (leg != GateLeg::Broker) require(place, place.cell->manager_requires, Holder::Manager);
    check_forbidden(place);
    check_time_rules(place);
    check_papers(place);
    if (place.cell->limits) merge_limits(pack_, *place.cell->limits, out_.limits);
  }

  void check_cell(const Place& place) {
    const RuleCell& cell = *place.cell;
    if (cell.until) until_ = earlier(until_, after(*cell.until));
    if (cell.verdict == CellVerdict::Block) {
      add(place, Verdict::Block, "cell_block", {}, "The rules forbid it, whoever asks.");
      return;
    }
    if (cell.verdict == CellVerdict::Counsel) {
      add(place, Verdict::Counsel, "cell_counsel", {}, "Counsel must say." + questions_of(cell));
      return;
    }
    if (known_.all_signed_off) return;
    const auto signed_off = known_.signed_off.find(cell.id);
    if (signed_off == known_.signed_off.end() || signed_off->second < day_) {
      add(place, Verdict::Counsel, "not_signed_off", {},
          "Counsel has not signed this cell of the pack, or the signature is over.");
      return;
    }
    until_ = earlier(until_, after(signed_off->second));
  }

  std::string questions_of(const RuleCell& cell) const {
    std::string out;
    for (const RuleNote& note : pack_.notes) {
      if (contains(cell.questions, note.id)) out += " " + note.text;
    }
    return out;
  }

  // Ruling 2: residents of blocked and excluded countries, and who does not seem to live where he
  // says.
  void check_countries() {
    for (const std::string& country : question_.residences) check_blocked(country, country);
    for (const std::string& country : question_.other_countries) {
      const std::string& residence = question_.residences.front();
      check_blocked(country, residence);
      if (contains(question_.residences, country) || is_reviewed(country, residence)) continue;
      add({GateLeg::Residence, nullptr, country, residence}, Verdict::Refer, "country_mismatch", {},
          "A citizenship, address or payment points to " + country + ", which is no residence.");
    }
  }

  // Two people looked into it and wrote down why such clients are served from where they live.
  bool is_reviewed(const std::string& country, const std::string& residence) {
    return is_met({GateLeg::Residence, nullptr, country, residence},
                  {"country.reviewed", {}, {{"country", FactOperator::Is, {country}, {}}}, {}});
  }

  void check_blocked(const std::string& country, const std::string& residence) {
    const Place place{GateLeg::Residence, nullptr, country, residence};
    if (contains(pack_.blocked_countries, country)) {
      add(place, Verdict::Block, "blocked_country", {},
          "Clients of " + country + " are not served.");
    }
    if (contains(known_.excluded, country)) {
      add(place, Verdict::Block, "excluded_country", {},
          "The firm takes no clients of " + country + ".");
    }
  }

  // --- Requirements ---

  void require(const Place& place, const std::string& name, Holder own) {
    Met met = evaluate(place, find_requirement(pack_, name), own);
    if (met.met) {
      until_ = earlier(until_, met.until);
      return;
    }
    for (GateReason& reason : met.lacks) add(place, std::move(reason));
  }

  Met evaluate(const Place& place, const Requirement& requirement, Holder own) {
    if (requirement.need) return evaluate_need(place, *requirement.need, own);
    const bool all = !requirement.all_of.empty();
    Met out{all, {}, {}};
    bool endless = false;  // Of alternatives: one holds without an end.
    for (const std::string& name : all ? requirement.all_of : requirement.any_of) {
      Met part = evaluate(place, find_requirement(pack_, name), own);
      for (GateReason& lack : part.lacks) out.lacks.push_back(std::move(lack));
      if (all) {
        out.met = out.met && part.met;
        out.until = earlier(out.until, part.until);
      } else if (part.met) {
        endless = endless || !part.until;
        out.until =
            out.met && out.until && part.until ? std::max(out.until, part.until) : part.until;
        out.met = true;
      }
    }
    if (endless) out.until.reset();
    if (out.met) out.lacks.clear();
    return out;
  }

  Met evaluate_need(const Place& place, const FactNeed& need, Holder own) {
    const Found found = find_fact(evidence_of(need, own), need, asking(place));
    used_.insert(found.records.begin(), found.records.end());
    if (!found.lack) return {true, found.until, {}};
    GateReason reason;
    reason.verdict = Verdict::Refer;
    reason.reason = slug_of(*found.lack);
    reason.fact = need.fact;
    reason.detail = std::string(explain(*found.lack)) + " Of the " +
                    (holder_of(need, own) == Holder::Broker ? "broker: " : "manager: ") +
                    describe(need) + ".";
    return {false, {}, {std::move(reason)}};
  }

  static Holder holder_of(const FactNeed& need, Holder own) {
    const Holder named = need.holder.value_or(Holder::Own);
    return named == Holder::Own ? own : named;
  }

  std::span<const HeldEvidence> evidence_of(const FactNeed& need, Holder own) const {
    return holder_of(need, own) == Holder::Broker ? known_.of_firm : known_.of_manager;
  }

  Asking asking(const Place& place) const {
    return {as_of_, pack_.ages, question_.instruments, place.residence};
  }

  // --- What stands against it ---

  void check_forbidden(const Place& place) {
    for (const ForbiddenRule& rule : pack_.forbidden) {
      if (!rule.everywhere && !contains(place.cell->forbidden, rule.code)) continue;
      if (!rule.models.empty() &&
          std::ranges::find(rule.models, question_.model) == rule.models.end()) {
        continue;
      }
      const FactNeed said{"gate.forbidden", {}, {{"code", FactOperator::Is, {rule.code}, {}}}, {}};
      stands_against(place, rule, said);
      if (rule.unless && is_met(place, *rule.unless)) continue;
      for (const FactNeed& need : rule.facts) stands_against(place, rule, need);
    }
  }

  bool is_met(const Place& place, const FactNeed& need) {
    const Found found = find_fact(evidence_of(need, Holder::Manager), need, asking(place));
    used_.insert(found.records.begin(), found.records.end());
    if (!found.lack) until_ = earlier(until_, found.until);
    return !found.lack;
  }

  void stands_against(const Place& place, const ForbiddenRule& rule, const FactNeed& need) {
    const Found found = find_adverse(evidence_of(need, Holder::Manager), need, asking(place));
    if (found.lack) return;
    used_.insert(found.records.begin(), found.records.end());
    add(place, rule.verdict.value_or(Verdict::Block), "forbidden", need.fact,
        rule.code + ": " + rule.why);
  }

  void check_time_rules(const Place& place) {
    for (const TimeRule& rule : pack_.time_rules) {
      if (!rule.verdict || !names(rule, *place.cell)) continue;
      if (day_ < *rule.from) {
        until_ = earlier(until_, core::utc_midnight(*rule.from));
      } else if (covers(rule.from, rule.until, day_)) {
        add(place, *rule.verdict, "time_rule", {}, rule.id + ": " + rule.effect);
      }
    }
  }

  static bool names(const TimeRule& rule, const RuleCell& cell) {
    return (!rule.jurisdiction || *rule.jurisdiction == cell.jurisdiction) &&
           (rule.models.empty() ||
            std::ranges::find(rule.models, cell.model) != rule.models.end()) &&
           (rule.categories.empty() || contains(rule.categories, cell.category));
  }

  // --- Papers ---

  void check_papers(const Place& place) {
    for (const Paper* paper : papers_of(pack_, *place.cell)) {
      if (paper->per_client) {
        if (!contains(out_.per_client, paper->code)) out_.per_client.push_back(paper->code);
        continue;
      }
      const FactNeed need{"gate.paper", {}, {{"code", FactOperator::Is, {paper->code}, {}}}, {}};
      const Found found = find_fact(known_.of_manager, need, asking(place));
      used_.insert(found.records.begin(), found.records.end());
      if (!found.lack) {
        until_ = earlier(until_, found.until);
        continue;
      }
      add(place, Verdict::Conditions, "paper_missing", need.fact, paper->code);
      add_condition(*paper);
    }
  }

  void add_condition(const Paper& paper) {
    if (std::ranges::find(out_.conditions, paper.code, &GateCondition::paper) !=
        out_.conditions.end()) {
      return;
    }
    const auto due =
        day_.days + static_cast<std::int32_t>(std::min<std::uint64_t>(paper.due_days, 3660));
    out_.conditions.push_back({paper.code, paper.owner, {due}});
  }

  // --- What is written down ---

  Verdict& verdict_of(const Place& place) {
    const std::optional<std::string> cell =
        place.cell != nullptr ? std::optional(place.cell->id) : std::nullopt;
    for (LegVerdict& leg : out_.legs) {
      if (leg.leg == place.leg && leg.jurisdiction == place.jurisdiction && leg.cell == cell) {
        return leg.verdict;
      }
    }
    return out_.legs.emplace_back(LegVerdict{place.leg, place.jurisdiction, cell, Verdict::Allow})
        .verdict;
  }

  void add(const Place& place, Verdict verdict, std::string reason, std::optional<std::string> fact,
           std::string detail) {
    add(place,
        GateReason{
            place.leg, verdict, std::move(reason), {}, std::move(fact), std::move(detail), {}});
  }

  void add(const Place& place, GateReason reason) {
    Verdict& verdict = verdict_of(place);
    verdict = std::max(verdict, reason.verdict);
    reason.leg = place.leg;
    if (place.cell != nullptr) {
      reason.cell = place.cell->id;
      reason.sources = place.cell->sources;
    }
    reason.detail = shortened(std::move(reason.detail));
    const auto key = std::tuple(reason.leg, reason.reason, reason.cell, reason.fact, reason.detail);
    if (said_.insert(key).second) out_.reasons.push_back(std::move(reason));
  }

  void add_evidence() {
    for (const auto& all : {known_.of_firm, known_.of_manager}) {
      for (const HeldEvidence& held : all) {
        if (used_.contains(held.seq)) out_.evidence.push_back({held.seq, held.evidence.documents});
      }
    }
    std::ranges::sort(out_.evidence, {}, &EvidenceUsed::seq);
  }

  const Known& known_;
  const RulePack& pack_;
  const GateQuestion& question_;
  const core::Instant as_of_;
  const core::Date day_;
  GateAnswer out_;
  Until until_;
  std::set<std::uint64_t> used_;
  std::set<std::tuple<GateLeg, std::string, std::optional<std::string>, std::optional<std::string>,
                      std::string>>
      said_;
};

// The evidence that was recorded by then: it stands in the order of its records, whose times rise.
std::span<const HeldEvidence> by(const std::vector<HeldEvidence>& all, core::Instant known_at) {
  const auto end = std::ranges::upper_bound(all, known_at, {}, &HeldEvidence::recorded_at);
  return std::span(all).first(static_cast<std::size_t>(end - all.begin()));
}

template <class T>
bool has_duplicates(std::vector<T> items) {
  std::ranges::sort(items);
  return std::ranges::adjacent_find(items) != items.end();
}

}  // namespace

const AdoptedPack* pack_in_force(const State& state, core::Date day, core::Instant known_at) {
  const AdoptedPack* found = nullptr;
  for (const AdoptedPack& one : state.gate->packs) {
    if (known_at < one.recorded_at) break;
    if (covers(one.pack.from, one.pack.until, day)) found = &one;
  }
  return found;
}

Until rules_until(const State& state, core::Date day, core::Instant known_at) {
  const AdoptedPack* now = pack_in_force(state, day, known_at);
  std::set<core::Date> days;
  for (const AdoptedPack& one : state.gate->packs) {
    days.insert(one.pack.from);
  }
  for (const core::Date change : days) {
    if (day < change && pack_in_force(state, change, known_at) != now) {
      return core::utc_midnight(change);
    }
  }
  return {};
}

core::Hash digest_of(GateQuestion question) {
  std::ranges::sort(question.categories);
  std::ranges::sort(question.residences);
  std::ranges::sort(question.instruments);
  std::ranges::sort(question.other_countries);
  return core::sha256(core::to_cbor(question));
}

Known known_of(const State& state, const core::PartyId& manager, core::Instant as_of,
               core::Instant known_at) {
  const GateBook& book = *state.gate;
  Known out;
  const core::Date day = core::utc_date(as_of);
  if (const AdoptedPack* in_force = pack_in_force(state, day, known_at); in_force != nullptr) {
    out.pack = &in_force->pack;
    out.pack_hash = in_force->hash;
    out.rules_until = rules_until(state, day, known_at);
  }
  for (const CellSignOff& one : book.sign_offs) {
    if (known_at < one.recorded_at) break;
    if (one.signed_off.pack == out.pack_hash) {
      out.signed_off[one.signed_off.cell] = one.signed_off.valid_until;
    }
  }
  for (const CountryList& one : book.excluded) {
    if (one.recorded_at <= known_at) out.excluded = one.countries;
  }
  out.of_firm = by(book.of_firm, known_at);
  const auto held = book.of_party.find(manager);
  if (held != book.of_party.end()) out.of_manager = by(held->second, known_at);
  const auto registered = state.managers.find(manager);
  if (registered != state.managers.end()) out.home = registered->second.home;
  out.profile = state.genesis.profile;
  return out;
}

core::Result<> check_question(const GateQuestion& question) {
  const auto bad = [](const char* field, const char* detail) {
    return core::invalid("question", "question: " + std::string(field), detail);
  };
  if (question.categories.empty() || has_duplicates(question.categories)) {
    return bad("categories", "Name the categories of clients that are meant, each once.");
  }
  if (question.residences.empty() || question.residences.size() > kResidencesMax ||
      has_duplicates(question.residences)) {
    return bad("residences", "Name 1 to 40 countries of the clients, each once.");
  }
  if (question.instruments.empty() || has_duplicates(question.instruments)) {
    return bad("instruments", "Name the instruments that are meant, each once.");
  }
  if (question.other_countries.size() > kResidencesMax) {
    return bad("other_countries", "Name 40 other countries at most.");
  }
  for (const auto* list : {&question.residences, &question.other_countries}) {
    for (const std::string& country : *list) {
      TRY(check_country(country, "question"));
    }
  }
  return core::ok();
}

GateAnswer answer(const Known& known, const GateQuestion& question, core::Instant as_of,
                  std::optional<core::Date> rules_of) {
  if (known.pack != nullptr) {
    return Deciding(known, question, as_of, rules_of.value_or(core::utc_date(as_of))).take();
  }
  GateAnswer out;
  out.as_of = as_of;
  GateReason reason;
  reason.reason = "no_rule_pack";
  reason.detail = "No rule pack was in force on that day; nothing can be said.";
  out.reasons = {std::move(reason)};
  return out;
}

}  // namespace engine::gate
