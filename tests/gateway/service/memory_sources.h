#pragma once

#include "ledger/journal/books.h"
#include "reports/explain/sources.h"
#include "tests/support/outcome.h"

namespace tests {

// The records of a log in memory, as an explanation asks them: looked through one by one.
class MemorySources final : public reports::explain::Sources {
 public:
  explicit MemorySources(ledger::Log& log) {
    const auto read =
        log.read(0, log.state().value().size, [&](std::uint64_t, core::ByteView leaf) {
          leaves_.emplace_back(leaf.begin(), leaf.end());
          return core::ok();
        });
    EXPECT_EQ(outcome(read), "a value");
    for (const core::Bytes& leaf : leaves_) {
      ledger::RecordView record;
      EXPECT_TRUE(ledger::decode_record(leaf, record).has_value());
      if (record.batch.index == 0) books_.begin_batch();
      EXPECT_EQ(outcome(books_.apply(record)), "a value");
    }
  }

  core::Result<> record(std::uint64_t seq, const reports::explain::Visit& visit) override {
    if (seq >= leaves_.size()) return core::not_found("unknown_record", "seq", "");
    ledger::RecordView record;
    TRY(ledger::decode_record(leaves_[seq], record));
    return visit(record);
  }
  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override {
    return books_.balance_at(account, commodity, seq);
  }
  core::Result<std::optional<std::uint64_t>> find(
      std::uint64_t kind, const std::optional<ledger::SubjectId>& subject,
      reports::explain::Direction direction, std::uint64_t seq,
      const reports::explain::Matches& matches) override {
    const bool after = direction == reports::explain::Direction::After;
    for (std::uint64_t at = after ? seq + 1 : seq; after ? at < leaves_.size() : at > 0;) {
      const std::uint64_t here = after ? at++ : --at;
      bool found = false;
      TRY(record(here, [&](const ledger::RecordView& one) -> core::Result<> {
        if (one.kind != kind) return core::ok();
        const bool his = !subject || std::ranges::any_of(one.subjects, [&](const auto& link) {
          return link.id == *subject;
        });
        if (!his) return core::ok();
        TRY(found, matches(one));
        return core::ok();
      }));
      if (found) return std::optional<std::uint64_t>(here);
    }
    return std::optional<std::uint64_t>();
  }

 private:
  std::vector<core::Bytes> leaves_;
  ledger::journal::Books books_{ledger::journal::History::Keep};
};

}  // namespace tests
