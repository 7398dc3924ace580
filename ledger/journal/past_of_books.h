#pragma once

#include "ledger/invariants/subjects_consecutive.h"
#include "ledger/journal/books.h"
#include "ledger/journal/past.h"

namespace ledger::journal {

// The past as books that keep their history know it: for replays in memory, and for tests.
class PastOfBooks final : public Past {
 public:
  // Both must outlive it.
  PastOfBooks(const Books& books, const invariants::SubjectsConsecutive& subjects)
      : books_(books), subjects_(subjects) {}

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

 private:
  const Books& books_;
  const invariants::SubjectsConsecutive& subjects_;
};

}  // namespace ledger::journal
