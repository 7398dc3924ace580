#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gateway/service/as_of.h"
#include "gateway/service/history.h"

// How one page of each kind of history is made; for query_history() alone.
namespace gateway::service {

// What a page is made from.
struct HistoryFrame {
  const BookView& view;
  const HistoryQuery& query;
  const Moment& moment;
  std::uint64_t first = 0;  // Only records of [first, end) can be in it.
  std::uint64_t end = 0;

  bool ascending() const { return query.order == ledger::index::Order::Ascending; }
  // Whether the query wants lines that took effect then.
  bool wants(core::Instant effective_at) const {
    return (!query.effective_from || effective_at >= *query.effective_from) &&
           (!query.effective_to || effective_at < *query.effective_to);
  }
};

// Where it goes on: the cursor without what is the same for all of a history's pages.
struct HistoryPlace {
  std::uint64_t seq = 0;
  std::string commodity;
  std::optional<core::Instant> effective_at;
};

struct HistoryPage {
  core::json::Array entries;
  std::optional<HistoryPlace> next;
};

core::Result<HistoryPage> page_of_records(const HistoryFrame& frame);
core::Result<HistoryPage> page_of_account(const HistoryFrame& frame);
core::Result<HistoryPage> page_by_effect(const HistoryFrame& frame);

// What a record says, copied out of it.
struct SeenRecord {
  std::uint64_t seq = 0;
  std::size_t bytes = 0;
  std::uint64_t kind = 0;
  core::Instant recorded_at;
  core::Instant effective_at;
  core::json::Value json;  // If it was asked for.
};
enum class Detail { Times, Whole };
// The records of these sequences, which ascend or descend, in their order.
core::Result<std::vector<SeenRecord>> look_at(const BookView& view,
                                              std::span<const std::uint64_t> seqs, Detail detail);

}  // namespace gateway::service
