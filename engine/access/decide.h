#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/access_commands.h"
#include "engine/access_records.h"
#include "engine/context.h"
#include "ledger/record.h"

// The read audit: readings in the log of reads, and their anchors in the main book.
namespace engine::access {

using Drafts = core::Result<std::vector<ledger::Draft>>;

// Bulk reads are records of this subject, so that they are found with anybody's: the first 16 bytes
// of SHA-256("tallystick/access/bulk").
ledger::SubjectId bulk_subject();
// Who reads on the command line and does not say who he is: of SHA-256("tallystick/access/local").
core::PartyId local_actor();

// Whether a log of this origin is one of the book's: `<origin>/access`, or `<origin>/access-2` and
// so on after one was lost.
bool is_log_of(std::string_view log, std::string_view book);
// Whether a book of this origin is a log of reads.
bool is_log_of_reads(std::string_view origin);
// The origin of the book's next log, after the last that was anchored; "" = there was none.
std::string next_log_origin(std::string_view book, std::string_view last);

// So many subjects a reading can name; if it is a bulk read, one fewer.
inline constexpr std::size_t kShownMax = ledger::kSubjectsMax;

// Errors: Conflict/not_access_log in a book that is no log of reads; InvalidInput/too_long for more
//         subjects than can be named.
Drafts decide(const Context& context, const RecordRead& command);
// Errors: InvalidInput/access_anchor unless it is of this book's own log of reads.
Drafts decide(const Context& context, const AnchorAccess& command);

}  // namespace engine::access
