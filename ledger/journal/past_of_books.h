#pragma once

#include <utility>

#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/journal/books.h"
#include "ledger/journal/past.h"

namespace ledger::journal {

// The past as books that keep their history know it: for replays in memory, and for tests.
class PastOfBooks final : public Past {
 public:
  // Gives the stored bytes of a record of an earlier batch. Errors: NotFound/unknown_record.
  using ReadLeaf = std::function<core::Result<core::Bytes>(std::uint64_t seq)>;

  // Both must outlive it.
  PastOfBooks(const Books& books, const invariants::SubjectsConsecutive& subjects,
              ReadLeaf read_leaf = {})
      : books_(books), subjects_(subjects), read_leaf_(std::move(read_leaf)) {}

  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override {
    return books_.balance_at(account, commodity, seq);
  }
  core::Result<bool> has_subject(const SubjectId& subject) override {
    return subjects_.find(subject) != nullptr;
  }
  core::Result<> balances_before(core::Instant until, const VisitBalance& visit) override {
    return books_.balances_before(until, visit);
  }
  core::Result<> record_at(std::uint64_t seq, const VisitRecord& visit) override {
    if (!read_leaf_) return unknown_record(seq);
    TRY(const core::Bytes leaf, read_leaf_(seq));
    RecordView record;
    TRY(decode_record(leaf, record));
    return visit(record);
  }

 private:
  const Books& books_;
  const invariants::SubjectsConsecutive& subjects_;
  ReadLeaf read_leaf_;
};

}  // namespace ledger::journal
