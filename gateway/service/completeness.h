#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "gateway/service/book.h"
#include "gateway/service/submission.h"
#include "ledger/completeness/subject_table.h"

// Index roots: that they are recorded, and what is proven with them. Source:
// docs/formats/completeness.md.
namespace gateway::service {

// The command that commits to all subjects' records below the view's size. Reads what the index
// says of every subject: seconds for millions of them, so not on the sequencer's thread. Errors:
// those of the index and the log.
core::Result<Submission> index_root_command(const BookView& view, const core::PartyId& actor);

// Records one in a book that nobody serves. Errors: those of index_root_command(), and of recording.
ReceiptResult record_index_root(Book& book);

struct RecordedIndexRoot {
  std::uint64_t seq = 0;
  core::Instant recorded_at;
  ledger::IndexRoot body;
};
// The last one in the view, if any.
core::Result<std::optional<RecordedIndexRoot>> last_index_root(const BookView& view);

// Whether a period was closed since the last index root.
core::Result<bool> closing_lacks_index_root(const BookView& view);

// Whether the day, in UTC, has no index root yet although something was recorded since the last
// one, or a period was closed since.
core::Result<bool> index_root_is_due(const BookView& view, core::Instant now);

// The table of the last index root, made once for all who ask: making it reads every subject's
// list. Who asks meanwhile waits. Any thread.
class SubjectTables {
 public:
  // Errors: those of the index and the log.
  core::Result<std::shared_ptr<const ledger::completeness::SubjectTable>> below(
      const BookView& view, const ledger::IndexRoot& root);

 private:
  std::mutex mutex_;
  core::Hash root_;
  std::shared_ptr<const ledger::completeness::SubjectTable> table_;
};

// Gives the lines of the proof that the subject's records below the last index root's size are
// these and no others; see ledger/completeness/history_proof.h. Errors: NotFound/no_index_root;
// Corrupt/index_root if the records are not those it commits to; those
//         of `line`.
core::Result<> prove_history(const BookView& view, SubjectTables& tables,
                             const ledger::SubjectId& subject,
                             const std::function<core::Result<>(std::string_view line)>& line);

}  // namespace gateway::service
