// Parts of fills, corrections and frozen weights, worked out again from their order's records.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "reports/explain/kinds.h"
#include "tests/engine/mam/group.h"

namespace reports::explain {
namespace {

using engine::mam::Group;
using testing::HasSubstr;

// A record as it was placed, kept by value.
struct Kept {
  std::uint64_t seq = 0;
  std::uint64_t kind = 0;
  ledger::BatchPlace batch;
  core::Bytes body;
  std::vector<ledger::SubjectId> subjects;
};

class KeptSources final : public Sources {
 public:
  std::vector<Kept> records;  // By sequence; none of other kinds is missed here.

  core::Result<> record(std::uint64_t seq, const Visit& visit) override {
    for (const Kept& kept : records) {
      if (kept.seq == seq) return visit(view_of(kept));
    }
    ledger::RecordView other;  // Of a kind that nobody here asks for.
    other.seq = seq;
    return visit(other);
  }
  core::Result<core::Minor> balance_at(std::string_view, std::string_view, std::uint64_t) override {
    return core::Minor{0};
  }
  core::Result<std::optional<std::uint64_t>> find(std::uint64_t kind,
                                                  const std::optional<ledger::SubjectId>& subject,
                                                  Direction direction, std::uint64_t seq,
                                                  const Matches& matches) override {
    const bool after = direction == Direction::After;
    std::optional<std::uint64_t> found;
    for (const Kept& kept : records) {
      if (kept.kind != kind || (after ? kept.seq <= seq : kept.seq >= seq)) continue;
      if (subject && std::ranges::find(kept.subjects, *subject) == kept.subjects.end()) continue;
      TRY(const bool matching, matches(view_of(kept)));
      if (!matching) continue;
      found = kept.seq;
      if (after) return found;
    }
    return found;
  }

  static ledger::RecordView view_of(const Kept& kept) {
    ledger::RecordView view;
    view.seq = kept.seq;
    view.kind = kept.kind;
    view.batch = kept.batch;
    view.body = kept.body;
    return view;
  }
};

using Keeping = std::shared_ptr<KeptSources>;

core::Result<> keep(KeptSources& sources, engine::State& state, const ledger::RecordView& record) {
  Kept kept{record.seq, record.kind, record.batch, {}, {}};
  kept.body.assign(record.body.begin(), record.body.end());
  for (const auto& subject : record.subjects) kept.subjects.push_back(subject.id);
  sources.records.push_back(std::move(kept));
  return engine::mam::apply_group_record(state, record);
}

// A group whose records are kept as they are applied.
class KeptGroup : public Group {
 public:
  explicit KeptGroup(Keeping keeping = std::make_shared<KeptSources>())
      : Group({}, [keeping](engine::State& to,
                            const auto& record) { return keep(*keeping, to, record); }),
        sources(keeping) {}

  // Explains each record of a kind; `change` forges the last of them before.
  template <class Body>
  std::string explained(core::Result<> (*explain)(Calculation&),
                        const std::function<void(Body&)>& change = {}) {
    KeptSources forged = *sources;
    std::string text;
    Kept* last = nullptr;
    for (Kept& kept : forged.records) {
      if (kept.kind == Body::kKind) last = &kept;
    }
    if (last == nullptr) return "none";
    if (change) {
      auto body = core::from_cbor<Body>(last->body).value();
      change(body);
      last->body = core::to_cbor(body);
    }
    for (const Kept& kept : forged.records) {
      if (kept.kind != Body::kKind) continue;
      const ledger::RecordView view = KeptSources::view_of(kept);
      Explanation out;
      Calculation calculation(forged, view, out);
      EXPECT_EQ(tests::outcome(explain(calculation)), "a value");
      if (!out.sound()) text += to_text(out);
    }
    return text.empty() ? "sound" : text;
  }

  Keeping sources;
};

// An order of 1.01 over 9, 37 and 55 with a contract: filled, amended, cut off below a minimum.
void live(KeptGroup& group) {
  group.add_contract("0.01", "0.05");
  group.add_account(1, 9);
  group.add_account(2, 37);
  group.add_account(3, 55);
  ASSERT_EQ(group.accept(1, "1.01"), "done");
  ASSERT_EQ(group.fill(1, "a", "0.28"), "done");
  ASSERT_EQ(group.fill(1, "b", "0.03"), "done");
  ASSERT_EQ(group.amend(1, "b", "0.01"), "done");
  ASSERT_EQ(group.close(1, "c", "0.02"), "done");
  ASSERT_EQ(group.reject(1, 2), "done");
  ASSERT_EQ(group.fill(1, "end", "0", true), "done");
  ASSERT_EQ(group.fill(1, "late", "0.05"), "done");
}

TEST(ExplainGroupFills, EveryRecordOfAnHonestOrderFollows) {
  KeptGroup group;
  live(group);
  EXPECT_EQ(group.explained<engine::OrderShareFrozen>(explain_order_share), "sound");
  EXPECT_EQ(group.explained<engine::FillAllocated>(explain_fill_part), "sound");
  EXPECT_EQ(group.explained<engine::AllocationCorrected>(explain_allocation_corrected), "sound");
}

TEST(ExplainGroupFills, AChangedFieldDoesNotFollow) {
  KeptGroup group;
  live(group);
  const auto expect_seen = [](const std::string& text) {
    EXPECT_THAT(text, HasSubstr("MISMATCH"));
  };
  expect_seen(group.explained<engine::OrderShareFrozen>(
      explain_order_share, [](engine::OrderShareFrozen& body) { body.weight += 1; }));
  expect_seen(group.explained<engine::FillAllocated>(
      explain_fill_part, [](engine::FillAllocated& body) { body.steps += 1; }));
  expect_seen(group.explained<engine::FillAllocated>(
      explain_fill_part, [](engine::FillAllocated& body) { body.allocated_steps += 1; }));
  expect_seen(group.explained<engine::AllocationCorrected>(
      explain_allocation_corrected,
      [](engine::AllocationCorrected& body) { body.error_total += 1; }));
  expect_seen(group.explained<engine::AllocationCorrected>(
      explain_allocation_corrected,
      [](engine::AllocationCorrected& body) { body.completed->extra_after += 1; }));
}

}  // namespace
}  // namespace reports::explain
