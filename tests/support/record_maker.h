#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fields.h"
#include "ledger/bodies.h"
#include "ledger/log.h"
#include "ledger/merkle.h"
#include "ledger/record.h"

namespace tests {

// "2026-02-10T20:00:00Z"
inline core::Instant instant(std::string_view text) { return core::parse_instant(text).value(); }

// Makes records by hand and puts them into a log in memory, so that a reader of records can be
// tested without the engine that would write them. Sequences, chain and subjects are right; whether
// a record balances is the test's business.
class RecordMaker {
 public:
  explicit RecordMaker(const ledger::Genesis& genesis) : log_(ledger::make_memory_log()) {
    tenure_ = log_->open("test").value();
    append({draft(ledger::kGenesis, genesis)}, genesis_at());
  }

  // A record that takes effect at `at`.
  template <class Body>
  static ledger::Draft record(const Body& body, core::Instant at,
                              std::vector<ledger::Posting> postings = {}) {
    ledger::Draft out = draft(Body::kKind, body);
    out.effective_at = at;
    out.postings = std::move(postings);
    return out;
  }

  // Appends a batch: a command record and these. Answers with the sequence of the first of these.
  std::uint64_t batch(std::vector<ledger::Draft> drafts) {
    ledger::CommandBody command;
    command.type = "test";
    command.client_id = "test";
    command.request_id = std::to_string(size_);
    ledger::Draft first = draft(ledger::kCommand, command);
    if (!drafts.empty()) first.effective_at = drafts.front().effective_at;
    drafts.insert(drafts.begin(), std::move(first));
    const std::uint64_t seq = size_ + 1;
    append(std::move(drafts),
           core::Instant{genesis_at().micros + static_cast<std::int64_t>(size_)});
    return seq;
  }
  // A batch of one record.
  template <class Body>
  std::uint64_t add(const Body& body, core::Instant at,
                    std::vector<ledger::Posting> postings = {}) {
    return batch({record(body, at, std::move(postings))});
  }

  std::uint64_t size() const { return size_; }
  core::Hash root() const {
    core::Sha256 sha256;
    return tree_.root(sha256);
  }
  ledger::Log& log() { return *log_; }

 private:
  static core::Instant genesis_at() { return instant("2026-01-01T00:00:00Z"); }

  template <class Body>
  static ledger::Draft draft(std::uint64_t kind, const Body& body) {
    ledger::Draft out;
    out.kind = kind;
    out.body = core::to_cbor(body);
    out.effective_at = genesis_at();
    return out;
  }

  void append(std::vector<ledger::Draft> drafts, core::Instant recorded_at) {
    const std::uint64_t first = size_;
    std::vector<core::Bytes> leaves;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
      ledger::Place place;
      place.seq = first + i;
      place.prev = last_;
      place.recorded_at = recorded_at;
      place.batch = {first, i, drafts.size()};
      leaves.push_back(ledger::encode_record(drafts[i], place).value());
      last_ = ledger::leaf_hash(sha256_, leaves.back());
      tree_.append(sha256_, last_);
    }
    ASSERT_EQ(log_->append(size_, tenure_.epoch, leaves), ledger::AppendOutcome::Durable);
    size_ += leaves.size();
  }

  std::unique_ptr<ledger::Log> log_;
  ledger::Tenure tenure_;
  core::Sha256 sha256_;
  ledger::Frontier tree_;
  core::Hash last_;
  std::uint64_t size_ = 0;
};

}  // namespace tests
