#pragma once

#include <optional>

#include "engine/access_records.h"
#include "gateway/access/drainer.h"

// Anchors of the log of reads in the main book.
namespace gateway::access {

struct RecordedAnchor {
  engine::AccessAnchored body;
  core::Instant recorded_at;
};
// The last one in the main book, if any. Errors: those of the index and the log.
core::Result<std::optional<RecordedAnchor>> last_anchor(service::ReadableBook& main);

// The command that anchors the log of reads in the main book, if it has grown since the last
// anchor. With `now`, only if that is of an earlier day in UTC. Errors: those of AccessBook::read()
// and of the main book.
core::Result<std::optional<service::Submission>> anchor_command(service::ReadableBook& main,
                                                                AccessBook& log,
                                                                const core::PartyId& actor,
                                                                std::optional<core::Instant> now);

// A new log of reads after the one that was anchored last and is lost; anchored at once, so that
// the main book says that another one began. Errors: those of service::make_access_log and of the
// books.
core::Result<> begin_after_loss(service::Book& main, const RecordedAnchor& last,
                                core::Clock& clock);

}  // namespace gateway::access
