#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "gateway/service/verify_book.h"
#include "gateway/vault/erasures.h"
#include "ledger/record.h"

namespace gateway::service {

// What the records say of the vault, gathered as they are read.
class PersonalRecords {
 public:
  core::Result<> follow(const ledger::RecordView& record);

  struct Commitment {
    vault::IdBytes person{};
    core::Hash digest;
    std::uint64_t seq = 0;
  };
  struct Erasure {
    vault::ErasureId erasure{};
    core::Hash list_entry;
    std::uint64_t seq = 0;
  };
  const std::vector<Commitment>& commitments() const { return commitments_; }
  const std::vector<Erasure>& erasures() const { return erasures_; }

 private:
  std::vector<Commitment> commitments_;
  std::vector<Erasure> erasures_;
};

// Compares the vault with the records, which were read before it. What is erased is told from what
// is missing: a text that the records commit to, or a key, that no erasure explains is a finding.
// Nothing if the book has no vault.
// `size` is the book's.
std::optional<VaultOutcome> verify_vault(const Folder& folder, const PersonalRecords& records,
                                         std::uint64_t size, std::vector<core::Error>& findings);

}  // namespace gateway::service
