#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "ledger/log.h"
#include "ledger/merkle.h"
#include "ledger/record.h"

namespace tests {

// A record as it can be forged: what it says, and what only its place gave it.
struct ForgedRecord {
  ledger::Draft draft;
  ledger::Salt salt{};
  core::Instant recorded_at;
};
using ForgedBatch = std::vector<ForgedRecord>;

inline ledger::Draft draft_from(const ledger::RecordView& record) {
  ledger::Draft draft;
  draft.kind = record.kind;
  draft.version = record.version;
  draft.body.assign(record.body.begin(), record.body.end());
  for (const auto& posting : record.postings) {
    draft.postings.push_back(
        {std::string(posting.account), std::string(posting.commodity), posting.amount});
  }
  for (const auto& subject : record.subjects) draft.subjects.push_back(subject.id);
  draft.documents = record.documents;
  draft.corrects = record.corrects;
  draft.effective_at = record.effective_at;
  return draft;
}

inline std::vector<ForgedBatch> batches_of(const std::vector<core::Bytes>& leaves) {
  std::vector<ForgedBatch> out;
  ledger::RecordView record;
  for (const core::Bytes& leaf : leaves) {
    EXPECT_TRUE(ledger::decode_record(leaf, record).has_value());
    if (record.batch.index == 0) out.emplace_back();
    out.back().push_back({draft_from(record), record.salt, record.recorded_at});
  }
  return out;
}

// A log whose records are these, with the sequences, links, numbers and hashes that belong to them:
// nothing but what they say can show that they were forged.
inline std::unique_ptr<ledger::Log> log_of(const std::vector<ForgedBatch>& batches) {
  auto log = ledger::make_memory_log();
  const auto tenure = log->open("forger").value();
  core::Sha256 sha256;
  core::Hash prev;
  std::map<ledger::SubjectId, ledger::SubjectLink> last;
  std::uint64_t size = 0;
  for (const ForgedBatch& batch : batches) {
    std::vector<core::Bytes> leaves;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      ledger::Place place{
          size + i, prev, batch[i].salt, batch[i].recorded_at, {size, i, batch.size()}, {}};
      for (const ledger::SubjectId& subject : batch[i].draft.subjects) {
        ledger::SubjectLink& link = last[subject];
        const std::uint64_t count = link.count;
        place.subjects.push_back({subject, count + 1, count == 0 ? std::nullopt : link.prev_seq});
        link = {subject, count + 1, place.seq};
      }
      leaves.push_back(ledger::encode_record(batch[i].draft, place).value());
      prev = ledger::leaf_hash(sha256, leaves.back());
    }
    EXPECT_EQ(log->append(size, tenure.epoch, leaves), ledger::AppendOutcome::Durable);
    size += batch.size();
  }
  return log;
}

// Changes the first record of a kind.
template <class Body>
void forge_first(std::vector<ForgedBatch>& batches,
                 const std::function<void(Body&, ledger::Draft&)>& forge) {
  for (ForgedBatch& batch : batches) {
    for (ForgedRecord& record : batch) {
      if (record.draft.kind != Body::kKind) continue;
      auto body = core::from_cbor<Body>(record.draft.body).value();
      forge(body, record.draft);
      record.draft.body = core::to_cbor(body);
      return;
    }
  }
  FAIL() << "no record of kind " << Body::kKind;
}

// Adds to a posting of the draft.
inline void add_to(ledger::Draft& draft, std::string_view account, core::Minor amount) {
  for (ledger::Posting& posting : draft.postings) {
    if (posting.account.ends_with(account)) posting.amount += amount;
  }
}

}  // namespace tests
