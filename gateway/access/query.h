#pragma once

#include <optional>
#include <string>

#include "gateway/access/access_log.h"

// Who looked at whose records.
namespace gateway::access {

inline constexpr std::uint64_t kReadsDefault = 100;
inline constexpr std::uint64_t kReadsMax = 1000;

// What an interface is asked for, in its words; "" is not given.
struct AccessRequest {
  std::string subject = {};  // An id or @ref; without it all readings.
  std::string actor = {};    // Only this reader's; "@local" is who did not say who he was.
  std::string from = {};     // Read at or after this time,
  std::string to = {};       // and before this one.
  std::string limit = {};    // 1 to 1000.
  std::string before = {};   // Readings recorded before this sequence: `next` of the page before.
};

struct AccessQuery {
  std::optional<ledger::SubjectId> subject;
  std::optional<core::PartyId> actor;
  std::optional<core::Instant> from, to;
  std::uint64_t limit = kReadsDefault;
  std::optional<std::uint64_t> before;
};
// Errors: InvalidInput/id, reference, time, number, limit, period; NotFound/unknown_reference.
core::Result<AccessQuery> read_access_query(const AccessRequest& request, const FindName& find);

// {"subject": .., "reads": [..], "waiting": [..], "next": ..}, newest first. Each reading has what
// engine::Reading has, the subjects that it names ("shown"), and, if a subject is asked for,
// whether it is among them ("named"): bulk reads that may have shown it are there too. "waiting"
// are those of the spool that are not recorded yet, on the first page.
//
// `log` is a view of the log of reads. A page that looked at 4096 readings ends early, with `next`.
core::Result<core::json::Value> query_access(const service::BookView& log,
                                             const std::string& spool_path,
                                             const AccessQuery& query);

}  // namespace gateway::access
