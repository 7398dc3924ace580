#include "engine/gate/facts.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "engine/gate/fact_match.h"
#include "engine/gate/standing.h"
#include "engine/gate/until.h"

namespace engine::gate {
namespace {

constexpr std::int64_t kMicrosADay = 86'400'000'000;

// A fact of an unknown age is as old as can be.
constexpr std::uint64_t kDaysMaxDefault = 1;

// --- Which answers count ---

// The newest answer of each source about each reference by then, and the first after it.
struct Snapshots {
  std::span<const HeldEvidence> all;
  std::vector<const HeldEvidence*> then;
  std::vector<const HeldEvidence*> later;  // Where there is none by then.
};

Snapshots select(std::span<const HeldEvidence> evidence, core::Instant as_of) {
  struct Pair {
    const HeldEvidence* then = nullptr;
    const HeldEvidence* later = nullptr;
  };
  std::map<std::pair<std::string_view, std::string_view>, Pair> by_source;
  for (const HeldEvidence& held : evidence) {
    Pair& pair = by_source[{held.evidence.source, held.evidence.reference}];
    if (answered(held) <= as_of) {
      // Of two of one moment the one recorded later corrects the other.
      if (pair.then == nullptr || answered(*pair.then) <= answered(held)) pair.then = &held;
    } else if (pair.later == nullptr || answered(held) < answered(*pair.later)) {
      pair.later = &held;
    }
  }
  Snapshots out{evidence, {}, {}};
  for (const auto& [source, pair] : by_source) {
    if (pair.then != nullptr) {
      out.then.push_back(pair.then);
    } else {
      out.later.push_back(pair.later);
    }
  }
  return out;
}

// --- What one answer says ---

// Whether a source could say such a fact: its name's first word, or a person who reads anything.
bool could_say(const Evidence& evidence, std::string_view fact) {
  const std::string_view first = fact.substr(0, fact.find('.'));
  return evidence.source == first || evidence.source == "capture" || evidence.source == "cysec" ||
         evidence.source == "case" ||
         std::ranges::any_of(evidence.facts, [&](const Fact& one) { return one.name == fact; });
}

struct Verdicted {
  std::optional<Lack> lack;
  std::optional<core::Instant> until;
};

// The answer as a whole, whatever the facts in it.
Verdicted usable(const HeldEvidence& held, const FactNeed& need, const Asking& asking) {
  const Evidence& evidence = held.evidence;
  if (evidence.asked == Asked::CouldNotAsk) return {Lack::CouldNotAsk, {}};
  if (evidence.asked == Asked::NotFound) return {Lack::NotFound, {}};
  const auto age = std::ranges::find(asking.ages, evidence.source, &SourceAge::source);
  std::uint64_t days = age == asking.ages.end() ? kDaysMaxDefault : age->days_max;
  if (need.days_max) days = std::min(days, *need.days_max);
  Until until =
      core::Instant{answered(held).micros + static_cast<std::int64_t>(days) * kMicrosADay};
  if (evidence.expires) {
    until = earlier(until, after(*evidence.expires));
    if (after(*evidence.expires) <= asking.as_of) return {Lack::Expired, {}};
  }
  if (*until <= asking.as_of) return {Lack::Stale, {}};
  if (evidence.coverage == Coverage::Partial) return {Lack::Incomplete, {}};
  return {{}, until};
}

// Why a fact that is as asked for does not count, if it does not. `later`: its answer was given
// after the day.
std::optional<Lack> lack_of(const Fact& fact, const FactNeed& need, const Asking& asking,
                            bool later) {
  if (!holds_on(fact, core::utc_date(asking.as_of))) return Lack::Ended;
  if (later && !fact.from) return Lack::UnknownAsAt;
  if (need.no_end_date && fact.to) return Lack::Ending;
  if (fact.residue) return Lack::NotUnderstood;
  return std::nullopt;
}

// What an answer says about the need for one instrument. `later`: it was given after the day.
Verdicted ask(const HeldEvidence& held, const FactNeed& need, const Asking& asking,
              std::optional<GateInstrument> instrument, bool later) {
  const Verdicted whole = usable(held, need, asking);
  Verdicted best{Lack::NotShown, {}};
  for (const Fact& fact : held.evidence.facts) {
    if (!meets(fact, need, asking, instrument)) continue;
    Verdicted one = whole;
    if (const auto lack = lack_of(fact, need, asking, later)) one = {lack, {}};
    if (fact.to) one.until = earlier(one.until, after(*fact.to));
    if (!one.lack) return one;
    if (*best.lack < *one.lack) best = one;
  }
  if (best.lack == Lack::NotShown && whole.lack) return whole;
  return best;
}

// The met one that holds longest; else the lack that is nearest to being met.
void take_better(Verdicted& best, const Verdicted& one) {
  if (best.lack && one.lack) {
    if (*best.lack < *one.lack) best = one;
  } else if (best.lack) {
    best = one;
  } else if (!one.lack && best.until && (!one.until || *best.until < *one.until)) {
    best.until = one.until;
  }
}

// The same, whatever status it has.
FactNeed without_status(const FactNeed& need) {
  FactNeed out = need;
  std::erase_if(out.where, [](const FactCondition& one) {
    return one.key == "status" || one.key == "firm_status";
  });
  return out;
}

// Another source that was read in full names the very thing with another status. That it does not
// name it is no contradiction: registers leave much out.
bool contradicted(const std::vector<const HeldEvidence*>& then, const FactNeed& need,
                  const Asking& asking, std::optional<GateInstrument> instrument) {
  const FactNeed named = without_status(need);
  std::map<std::string_view, bool> says;  // By source.
  for (const HeldEvidence* held : then) {
    const bool names = std::ranges::any_of(held->evidence.facts, [&](const Fact& one) {
      return meets(one, named, asking, instrument);
    });
    if (!names || usable(*held, need, asking).lack) continue;
    says[held->evidence.source] |= !ask(*held, need, asking, instrument, false).lack;
  }
  return std::ranges::any_of(says, [](const auto& one) { return !one.second; });
}

// Something that the need asks for is there with words that it must lack, or with a restriction of
// any kind, such as foreign exchange "for hedging": another product without does not make up for
// it.
bool restricted(const Snapshots& snapshots, const FactNeed& need, const Asking& asking,
                std::optional<GateInstrument> instrument) {
  FactNeed anyhow = need;
  if (std::erase_if(anyhow.where, [](const FactCondition& one) {
        return one.op == FactOperator::Lacks || one.op == FactOperator::Absent;
      }) == 0) {
    return false;
  }
  const core::Date day = core::utc_date(asking.as_of);
  const auto says = [&](const HeldEvidence* held) {
    return std::ranges::any_of(held->evidence.facts, [&](const Fact& one) {
      return holds_on(one, day) && meets(one, anyhow, asking, instrument) &&
             !meets(one, need, asking, instrument);
    });
  };
  return std::ranges::any_of(snapshots.then, says) || std::ranges::any_of(snapshots.later, says);
}

Verdicted ask_all(const Snapshots& snapshots, const FactNeed& need, const Asking& asking,
                  std::optional<GateInstrument> instrument, std::set<std::uint64_t>& records) {
  Verdicted best{Lack::NoEvidence, {}};
  for (const bool later : {false, true}) {
    for (const HeldEvidence* held : later ? snapshots.later : snapshots.then) {
      if (!could_say(held->evidence, need.fact)) continue;
      records.insert(held->seq);
      Verdicted one = ask(*held, need, asking, instrument, later);
      if (!one.lack &&
          !is_unchanged(snapshots.all, need.unchanged_since, answered(*held), asking.as_of)) {
        one = {Lack::Changed, {}};
      }
      take_better(best, one);
    }
  }
  if (!best.lack && contradicted(snapshots.then, need, asking, instrument)) {
    return {Lack::Contradictory, {}};
  }
  if (!best.lack && restricted(snapshots, need, asking, instrument)) return {Lack::NotShown, {}};
  return best;
}

struct LackText {
  std::string_view slug;
  std::string_view text;
};

constexpr auto kLacks = std::to_array<LackText>({
    {"no_evidence", "No evidence that could say so is recorded."},
    {"not_found", "The source was asked and does not know the party."},
    {"not_shown", "The source was read in full and does not say so."},
    {"could_not_ask", "The newest call to the source failed: it neither says so nor denies it."},
    {"unknown_as_at", "A later answer says so, without saying since when."},
    {"ended", "It is so on other days, not on this one."},
    {"ending", "It has a last day, and the rule asks for what has none."},
    {"incomplete", "Not all that the source holds was read."},
    {"stale", "The answer is older than the rules let it be."},
    {"changed", "What was looked at has changed since: a person must look again."},
    {"expired", "The evidence is past its last day."},
    {"not_understood", "The source's words about it were not all understood: a person must read."},
    {"contradictory", "One source says so and another, read in full, does not."},
});

}  // namespace

std::string_view slug_of(Lack lack) { return kLacks[static_cast<std::size_t>(lack)].slug; }

std::string_view explain(Lack lack) { return kLacks[static_cast<std::size_t>(lack)].text; }

Found find_fact(std::span<const HeldEvidence> evidence, const FactNeed& need,
                const Asking& asking) {
  const Snapshots snapshots = select(evidence, asking.as_of);
  Found out;
  for (const auto& instrument : questions(need, asking)) {
    const Verdicted one = ask_all(snapshots, need, asking, instrument, out.records);
    if (one.lack) {
      out.lack = one.lack;
      out.until.reset();
      return out;
    }
    out.until = earlier(out.until, one.until);
  }
  return out;
}

}  // namespace engine::gate
