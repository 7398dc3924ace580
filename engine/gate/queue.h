#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/gate/endings.h"
#include "engine/gate_state.h"

// What waits for people: cases with what is missing and from whom, and what ends soon.
namespace engine::gate {

// What the next step of a case is.
enum class NextStep { Collect, Decide, GoLive, Decline, LiftSuspension, DecideAhead, None };

std::string_view name_of(NextStep step);

struct Missing {
  std::string item;  // A paper, a fact, a cell, or what was asked for.
  std::string from;  // manager, broker, counsel, client; compliance for what registers say.
  std::string why;
  std::optional<core::Date> due;
};

struct QueuedCase {
  CaseId id;
  OnboardingCase onboarding;
  Verdict verdict = Verdict::Refer;  // As the gate would decide now.
  NextStep next = NextStep::Collect;
  std::vector<Missing> missing;
  std::optional<core::DecisionId> decision;  // The allow in force on its question, if there is one.
  std::vector<std::string> lists;            // That he is to be compared with again.
  std::optional<core::Date> rules_change = {};         // When other rules begin, that are known.
  std::optional<core::DecisionId> decided_ahead = {};  // On its question, and will allow.
};

// The cases that are not declined, open ones first, each group by id. Of a case that is live, what
// a new decision would lack.
std::vector<QueuedCase> queue(const State& state, core::Instant now);

// What ends within so many days, and what has ended; by last day.
std::vector<Ending> calendar(const State& state, core::Instant now, std::int64_t days);

inline constexpr std::int64_t kCalendarDays = 90;

}  // namespace engine::gate
