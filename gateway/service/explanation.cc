#include "gateway/service/explanation.h"

#include "gateway/service/queries.h"
#include "reports/explain/explain.h"

namespace gateway::service {
namespace {

using ledger::index::Order;
using ledger::index::PageQuery;
using reports::explain::Direction;

// What is looked for lies near: another investor's records of the same rollover at most lie
// between.
constexpr std::size_t kPageRecords = 256;
constexpr std::uint64_t kLookedAtMax = 2'000'000;

class BookSources final : public reports::explain::Sources {
 public:
  explicit BookSources(const BookView& view) : view_(view) {}

  core::Result<> record(std::uint64_t seq, const reports::explain::Visit& visit) override {
    TRY(const core::Bytes leaf, query_leaf(view_, seq));
    ledger::RecordView record;
    TRY(ledger::decode_record(leaf, record));
    return visit(record);
  }

  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) override {
    return view_.index.balance_at(account, commodity, seq);
  }

  core::Result<std::optional<std::uint64_t>> find(
      std::uint64_t kind, const std::optional<ledger::SubjectId>& subject, Direction direction,
      std::uint64_t seq, const reports::explain::Matches& matches) override {
    PageQuery query;
    query.limit = kPageRecords;
    query.order = direction == Direction::After ? Order::Ascending : Order::Descending;
    query.end = direction == Direction::After ? view_.size : seq;
    query.from = direction == Direction::After ? seq + 1 : seq - 1;
    if (query.end == 0 || (direction == Direction::Before && seq == 0)) return nothing();
    for (std::uint64_t looked = 0; looked < kLookedAtMax; looked += kPageRecords) {
      TRY(const auto page, subject ? view_.index.subject_records(*subject, query)
                                   : view_.index.kind_records(kind, query));
      for (const std::uint64_t at : page.entries) {
        bool found = false;
        TRY(record(at, [&](const ledger::RecordView& one) -> core::Result<> {
          if (one.kind != kind) return core::ok();
          TRY(found, matches(one));
          return core::ok();
        }));
        if (found) return std::optional<std::uint64_t>(at);
      }
      if (!page.next) return nothing();
      query.from = *page.next;
    }
    return core::unavailable("too_far", "seq " + std::to_string(seq),
                             "What this record rests on lies too many records away.");
  }

 private:
  static core::Result<std::optional<std::uint64_t>> nothing() {
    return std::optional<std::uint64_t>();
  }

  const BookView& view_;
};

}  // namespace

core::Result<reports::explain::Explanation> explain_record(const BookView& view,
                                                           std::uint64_t seq) {
  BookSources sources(view);
  return reports::explain::explain(sources, seq);
}

}  // namespace gateway::service
