#pragma once

#include <string_view>
#include <vector>

#include "gateway/service/book.h"

// Whose records an answer shows.
namespace gateway::access {

// Every different id in a text: 32 lower-case hexadecimal digits with none beside them. In the
// order in which they stand. Digests and salts of records look alike; subjects_in() tells them
// apart.
std::vector<ledger::SubjectId> ids_in(std::string_view text);

// Those of them that are subjects of the book. Errors: Corrupt/index; Unavailable/index.
core::Result<std::vector<ledger::SubjectId>> subjects_in(const service::BookView& view,
                                                         std::string_view text);
// Those of a record; none if the book has no such record.
core::Result<std::vector<ledger::SubjectId>> subjects_of(const service::BookView& view,
                                                         std::uint64_t seq);

}  // namespace gateway::access
