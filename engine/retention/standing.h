#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "engine/retention/rules.h"
#include "engine/state.h"

// Until when a subject's records must be kept: pure, from facts that the caller looked up.
namespace engine::retention {

// The day from which on what happened on `day` need not be kept any more, after whole calendar
// years: the day after the same date, or after the month's last day where the year has no such
// date. The day itself does not count (Regulation (EEC, Euratom) No 1182/71, Article 3: one reading
// for all).
core::Date kept_until(core::Date day, std::uint64_t years);
core::Date year_end(core::Date day);

// The last record of a class.
struct LastRecord {
  std::uint64_t seq = 0;
  core::Date day;  // When it was recorded, in the book's zone.
};

struct SubjectFacts {
  std::array<std::optional<LastRecord>, kRecordClasses> last;  // By class; absent: there is none.
  // The day that was said last, and the record that said it.
  std::optional<LastRecord> relationship_end;
};

// How one class of a subject's records stands.
struct ClassStanding {
  RecordClass record_class = RecordClass::Other;
  LastRecord last;
  std::optional<AppliedRule>
      rule;  // The one that asks for longest; absent: none asks for anything.
  // The first day on which it may go. Absent without a rule, and if the period has not begun
  // because the relationship goes on.
  std::optional<core::Date> earliest;
  bool not_begun = false;
};

struct Standing {
  std::vector<ClassStanding> classes;            // Those that the subject has records of.
  std::optional<core::Date> relationship_ended;  // Absent: it goes on, or there is none.
  std::optional<core::Date> earliest;  // The latest of the classes'. Absent if any has not begun.
  bool not_begun = false;

  // Whether all periods are over on that day.
  bool is_over(core::Date today) const { return !not_begun && (!earliest || *earliest <= today); }
};

// Rules that are not in force on `today` do not count; of the others the longest.
Standing stand(const SubjectFacts& facts, std::span<const AppliedRule> rules, core::Date today);

// The firm's own rules as rules of origin "house", in the order of the state's; their days are UTC's.
std::vector<AppliedRule> house_rules(const State& state);

// Every jurisdiction whose rules apply to the subject besides the book's own: those of the
// structures that it manages, or invested in, or is.
std::vector<Jurisdiction> jurisdictions_of(const State& state, const ledger::SubjectId& subject);

// The holds that keep the subject: its own, those on everything, and those on a structure that it
// manages or invested in. In order of their ids.
std::vector<HoldId> holds_over(const State& state, const ledger::SubjectId& subject);

}  // namespace engine::retention
