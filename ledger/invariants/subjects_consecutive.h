#pragma once

#include <array>
#include <unordered_map>

#include "core/result.h"
#include "ledger/id_hash.h"
#include "ledger/record.h"

namespace ledger::invariants {

struct SubjectIdHash {
  std::size_t operator()(const SubjectId& id) const { return hash_of_id(id); }
};

// A subject's records are numbered 1, 2, 3, ... and each names the one before, so that a missing
// record leaves a gap. A subject stands once in a record.
class SubjectsConsecutive {
 public:
  // The link that the subject's next record at `seq` must carry.
  SubjectLink next(const SubjectId& id) const;
  // Guarantees: on an error nothing of the record is remembered.
  // Errors:     Corrupt/subject with the sequence.
  core::Result<> check(const RecordView& record);
  // Undoes the latest record of a subject, whose link was `link`.
  void forget(const SubjectLink& link, std::optional<std::uint64_t> previous_seq);

  struct Last {
    std::uint64_t count = 0;
    std::uint64_t seq = 0;
  };
  // The subject's newest record, or nullptr.
  const Last* find(const SubjectId& id) const;

 private:
  std::unordered_map<SubjectId, Last, SubjectIdHash> last_;
};

}  // namespace ledger::invariants
