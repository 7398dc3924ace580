#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "ledger/index/index.h"
#include "ledger/journal/books.h"
#include "ledger/journal/overlay.h"
#include "ledger/record.h"

namespace ledger::journal {

// What records come to, batch by batch: the books, each subject's newest record and the request ids,
// and the facts for the index. What the index does not have yet is kept here; what it has is asked
// of it.
class Fold {
 public:
  // `index` must outlive the fold, which goes on where the index ends.
  explicit Fold(index::Index& index);

  void begin_batch();
  // Applies the next record of the batch.
  // Errors: those of Books::apply; Corrupt/subject, request_id; those of reading the index.
  core::Result<> apply(const RecordView& record);
  // Tells the index of a record that never took effect.
  void add_voided(const RecordView& record);
  // Checks the laws that hold after each batch. Errors: Conflict/law_<name>.
  core::Result<> check_laws() const { return books_.check_laws(); }
  // Takes back everything since begin_batch().
  void roll_back();
  // The facts of all batches since the last call; what follows belongs to the next group, which
  // begins at record `next_seq`.
  void end_group(std::uint64_t next_seq, index::Group& facts);
  // Forgets what the index has by now.
  void drop_indexed();

  const Books& books() const { return books_; }
  // Goes on from what Books::save() gave, at the index's size. Before any batch.
  // Errors: Corrupt/snapshot.
  core::Result<> restore(std::string_view saved_books);
  const index::Index& index() const { return index_; }

  // The link that the subject's next record must carry. Errors: those of reading the index.
  core::Result<SubjectLink> next_link(const SubjectId& subject) const;
  // The first record of the command with this key (index::request_key), if there was one.
  // Errors: those of reading the index.
  core::Result<std::optional<std::uint64_t>> find_request(const core::Hash& key);
  // The key of the request, computed once for both the question and the record.
  const core::Hash& request_key(std::string_view client_id, std::string_view request_id);

 private:
  struct Mark {
    std::size_t records = 0;
    std::size_t moves = 0;
    std::size_t subjects = 0;
    std::size_t accounts = 0;
    std::size_t commodities = 0;
    std::size_t requests = 0;
  };
  core::Result<> apply_request(const RecordView& record);
  core::Result<> apply_subjects(const RecordView& record);
  void add_facts(const RecordView& record, bool voided = false);

  index::Index& index_;
  Books books_{History::Forget};
  Overlay<index::SubjectLast> subjects_;
  Overlay<std::uint64_t> requests_;
  std::uint64_t layer_segment_ = 0;  // Which the overlays' newest layers are about.
  index::Group facts_;
  Mark mark_;
  std::size_t accounts_told_ = 0;     // Of the books' accounts: those in facts_ or before.
  std::size_t commodities_told_ = 0;
  core::Sha256 sha256_;
  // The last request asked for.
  std::string asked_client_;
  std::string asked_request_;
  core::Hash asked_key_;
  core::Hash absent_key_;  // Found nowhere a moment ago; zero if that may have changed.
};

}  // namespace ledger::journal
