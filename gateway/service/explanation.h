#pragma once

#include "gateway/service/book.h"
#include "reports/explain/explanation.h"

namespace gateway::service {

// How record `seq` came to say what it says. Errors: NotFound/unknown_record; those of
// reports::explain::explain.
core::Result<reports::explain::Explanation> explain_record(const BookView& view, std::uint64_t seq);

}  // namespace gateway::service
