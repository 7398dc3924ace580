#pragma once

#include <utility>
#include <vector>

#include "gateway/service/queries.h"

// All records of one kind, for questions about few of them.
namespace gateway::service {

// A record's body with its place.
template <class Body>
struct Placed {
  std::uint64_t seq = 0;
  std::uint64_t batch = 0;  // First record of its batch.
  core::Instant recorded_at;
  Body body;
};

// Errors: those of the log; InvalidInput/cbor if it is of another kind.
template <class Body>
core::Result<Placed<Body>> read_placed(const BookView& view, std::uint64_t seq) {
  TRY(const core::Bytes leaf, query_leaf(view, seq));
  ledger::RecordView record;
  TRY(ledger::decode_record(leaf, record));
  TRY(auto body, core::from_cbor<Body>(record.body));
  return Placed<Body>{seq, record.batch.first_seq, record.recorded_at, std::move(body)};
}

// Oldest first. Errors: those of the index and the log.
template <class Body>
core::Result<std::vector<Placed<Body>>> all_of(const BookView& view) {
  constexpr std::uint64_t kPageRecords = 256;
  std::vector<Placed<Body>> out;
  ledger::index::PageQuery query{0, view.size, kPageRecords, ledger::index::Order::Ascending};
  while (true) {
    TRY(const auto page, view.index.kind_records(Body::kKind, query));
    for (const std::uint64_t seq : page.entries) {
      TRY(auto placed, read_placed<Body>(view, seq));
      out.push_back(std::move(placed));
    }
    if (!page.next) return out;
    query.from = *page.next;
  }
}

}  // namespace gateway::service
