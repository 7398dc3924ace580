#pragma once

#include <functional>
#include <vector>

#include "core/json.h"
#include "gateway/service/book.h"
#include "gateway/service/submission.h"

namespace gateway::service {

// Gives the command of this index as JSON, or why it cannot be read. It may be asked for twice.
using ReadLine = std::function<core::Result<core::json::Value>(std::size_t index)>;

// Reads the commands of one request, each by itself: one that cannot be read does not keep the
// others out. Threads that name only what is known already do not wait for each other.
//
// Guarantees: the references that the commands made are durable, with one fsync: what enters the
// book
//             never names an id that a crash forgets.
// Errors:     Unavailable/io if new references cannot be stored; each command's own in its place.
core::Result<std::vector<core::Result<Submission>>> read_submissions(Book& book,
                                                                     const Caller& caller,
                                                                     std::size_t count,
                                                                     const ReadLine& read_line);

}  // namespace gateway::service
