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

// An answer that shows more is as good as one that shows everybody; no more are counted.
inline constexpr std::size_t kCountedMax = 4096;

// Those of them that are subjects of the book, at most kCountedMax. Errors: Corrupt/index;
// Unavailable/index.
core::Result<std::vector<ledger::SubjectId>> subjects_in(const service::BookView& view,
                                                         std::string_view text);
// Those of a record; none if the book has no such record.
core::Result<std::vector<ledger::SubjectId>> subjects_of(const service::BookView& view,
                                                         std::uint64_t seq);

// Those of all of a subject's records, itself first, at most kCountedMax of them. `all` says
// whether every record was looked at. Errors: those of the index and the log.
core::Result<std::vector<ledger::SubjectId>> subjects_beside(const service::BookView& view,
                                                             const ledger::SubjectId& subject,
                                                             bool& all);

}  // namespace gateway::access
