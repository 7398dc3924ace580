#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/effects.h"
#include "ledger/record.h"
#include "reports/explain/explain.h"

namespace reports::explain {

// Records as an explanation asks them, each in a batch of its own. Nothing holds them to the laws
// of the books, so that any can be forged.
class Records final : public Sources {
 public:
  // The sequence of the record.
  template <class Body>
  std::uint64_t add(const Body& body, engine::Subjects subjects, engine::Postings postings = {}) {
    engine::Effects effects({1});
    effects.add(body, std::move(postings), std::move(subjects));
    const ledger::Draft draft = effects.take().at(0);
    ledger::Place at;
    at.seq = leaves_.size();
    at.recorded_at = {static_cast<std::int64_t>(at.seq) + 1};
    at.batch = {at.seq, 0, 1};
    for (const ledger::SubjectId& subject : draft.subjects) at.subjects.push_back({subject, 1, {}});
    leaves_.push_back(ledger::encode_record(draft, at).value());
    return at.seq;
  }

  core::Result<> record(std::uint64_t seq, const Visit& visit) override {
    if (seq >= leaves_.size()) return core::not_found("unknown_record", "seq", "");
    ledger::RecordView view;
    TRY(ledger::decode_record(leaves_[seq], view));
    return visit(view);
  }
  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override {
    core::Minor sum = 0;
    for (std::uint64_t at = 0; at <= seq; ++at) {
      TRY(record(at, [&](const ledger::RecordView& view) {
        for (const auto& posting : view.postings) {
          if (posting.account == account && posting.commodity == commodity) sum += posting.amount;
        }
        return core::ok();
      }));
    }
    return sum;
  }
  core::Result<std::optional<std::uint64_t>> find(std::uint64_t kind,
                                                  const std::optional<ledger::SubjectId>& subject,
                                                  Direction direction, std::uint64_t seq,
                                                  const Matches& matches) override {
    const bool after = direction == Direction::After;
    for (std::uint64_t at = after ? seq + 1 : seq; after ? at < leaves_.size() : at > 0;) {
      const std::uint64_t here = after ? at++ : --at;
      bool found = false;
      TRY(record(here, [&](const ledger::RecordView& view) -> core::Result<> {
        const bool his = !subject || std::ranges::any_of(view.subjects, [&](const auto& link) {
          return link.id == *subject;
        });
        if (view.kind != kind || !his) return core::ok();
        TRY(found, matches(view));
        return core::ok();
      }));
      if (found) return std::optional<std::uint64_t>(here);
    }
    return std::optional<std::uint64_t>();
  }

  // The explanation as people read it.
  std::string text(std::uint64_t seq) {
    const auto explained = explain(*this, seq);
    EXPECT_TRUE(explained.has_value());
    return explained ? to_text(explained.value()) : "";
  }

 private:
  std::vector<core::Bytes> leaves_;
};

}  // namespace reports::explain
