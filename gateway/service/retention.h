#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/retention/standing.h"
#include "gateway/service/book.h"

// How long what belongs to a subject must be kept, and what holds it. Source:
// docs/decisions/0023-retention-and-holds.md.
namespace gateway::service {

// Whether a subject may be erased on a day, and if not, why and from when on.
struct ErasureStanding {
  bool allowed = false;
  core::Date today;
  // The first day on which the rules let it go; absent if they ask for nothing, and if a period has
  // not begun because the relationship goes on. A hold has no day.
  std::optional<core::Date> earliest;
  std::vector<engine::HoldId> holds;  // Those that keep it.
  std::vector<std::string> reasons;   // Sentences for people; empty if it is allowed.
  engine::retention::Standing standing;
};

// For whoever erases: to be asked before, and its refusal given. A subject without records is kept
// by holds alone. Reads the subject's records from the last one back until every class was seen, in
// bounded memory.
// Errors: those of the index and the log; InvalidInput/time.
core::Result<ErasureStanding> erasure_standing(ReadableBook& book, const ledger::SubjectId& subject,
                                               core::Instant now);
// Errors: Conflict/under_hold, under_retention with the earliest date, unless it is allowed.
core::Result<> check_erasure(const ErasureStanding& standing);

// The moment that counts as now: in a simulated book its last record's.
core::Instant now_in(const BookView& view, core::Clock& clock);
// The same for a book, or the day that was asked for ("2031-01-06"; "" = now).
// Errors: InvalidInput/date.
core::Result<core::Instant> moment_of_day(ReadableBook& book, core::Clock& clock,
                                          const std::string& on);

// {"on": .., "rules": [..], "holds": [..]}: the rules of the book's profile and the firm's own, and
// all holds that stand.
core::Result<core::json::Value> query_retention(ReadableBook& book, core::Instant now);
// {"on": .., "subject": .., "erasure": {"allowed": .., ..}, "classes": [..], "holds": [..]}
// Errors: NotFound/unknown_subject; as erasure_standing().
core::Result<core::json::Value> query_subject_retention(ReadableBook& book,
                                                        const ledger::SubjectId& subject,
                                                        core::Instant now);

}  // namespace gateway::service
