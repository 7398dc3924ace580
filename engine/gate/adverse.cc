// What stands against somebody, and what lifts it.

#include <algorithm>
#include <utility>

#include "engine/gate/fact_match.h"
#include "engine/gate/facts.h"
#include "engine/gate/standing.h"

namespace engine::gate {
namespace {

class Against {
 public:
  Against(std::span<const HeldEvidence> evidence, const FactNeed& need, const Asking& asking)
      : evidence_(evidence),
        need_(need),
        asking_(asking),
        instruments_(questions(need, asking)),
        day_(core::utc_date(asking.as_of)) {}

  Found take() const {
    Found out;
    out.lack = Lack::NotShown;
    for (const HeldEvidence& held : evidence_) {
      if (asking_.as_of < answered(held)) continue;
      for (const Fact& fact : held.evidence.facts) {
        if (!stands(fact) || is_lifted(held, fact)) continue;
        out.lack.reset();
        out.records.insert(held.seq);
      }
    }
    return out;
  }

 private:
  // For one of the instruments is enough.
  bool is_adverse(const Fact& fact) const {
    return std::ranges::any_of(instruments_, [&](std::optional<GateInstrument> instrument) {
      return meets(fact, need_, asking_, instrument);
    });
  }
  bool stands(const Fact& fact) const { return holds_on(fact, day_) && is_adverse(fact); }

  bool is_lifted(const HeldEvidence& held, const Fact& fact) const {
    return std::ranges::any_of(evidence_, [&](const HeldEvidence& other) {
      return is_later(held, other) && lifts(held, fact, other);
    });
  }

  // Another answer of the source about the same reference, read in full; or what two people wrote
  // of it.
  bool is_later(const HeldEvidence& held, const HeldEvidence& other) const {
    return (other.evidence.source == held.evidence.source || is_by_two(other)) &&
           other.evidence.reference == held.evidence.reference &&
           other.evidence.asked != Asked::CouldNotAsk &&
           other.evidence.coverage == Coverage::Complete && answered(other) <= asking_.as_of &&
           std::pair(answered(held), held.seq) < std::pair(answered(other), other.seq);
  }

  // It names the thing, and then it counts itself, or says that it is over; or, of a register, it
  // was asked the same and says nothing. What people said is not over because they say nothing.
  bool lifts(const HeldEvidence& held, const Fact& fact, const HeldEvidence& other) const {
    const Evidence& later = other.evidence;
    if (later.source == "screening") return true;  // Its candidates are kept where they are held.
    const bool by_register = is_register(later.source);
    for (const Fact& again : later.facts) {
      if (!is_same_thing(fact, again)) continue;
      if (stands(again)) return later.source == held.evidence.source;
      if (!by_register) {
        if (is_ended_by_people(other, again)) return true;
      } else if (is_over(again) && !said_both(held, fact)) {
        return true;
      }
    }
    return by_register && asks_again(held.evidence, later, fact);
  }

  // One list of the answer said otherwise already, as a firm's people beside a person's own page:
  // that it says so again is no news.
  bool said_both(const HeldEvidence& held, const Fact& fact) const {
    return std::ranges::any_of(held.evidence.facts, [&](const Fact& one) {
      return is_same_thing(fact, one) && is_over(one);
    });
  }

  static bool is_by_two(const HeldEvidence& held) {
    return held.captured && !is_register(held.evidence.source);
  }

  bool is_over(const Fact& again) const {
    return (again.to && *again.to < day_) || (holds_on(again, day_) && !is_adverse(again));
  }
  bool is_ended_by_people(const HeldEvidence& other, const Fact& again) const {
    return other.captured && ((again.to && *again.to < day_) || has_value(again, "handled", "yes"));
  }

  std::span<const HeldEvidence> evidence_;
  const FactNeed& need_;
  const Asking& asking_;
  const std::vector<std::optional<GateInstrument>> instruments_;
  const core::Date day_;
};

}  // namespace

Found find_adverse(std::span<const HeldEvidence> evidence, const FactNeed& need,
                   const Asking& asking) {
  return Against(evidence, need, asking).take();
}

}  // namespace engine::gate
