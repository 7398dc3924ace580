#include "gateway/service/history.h"

#include <algorithm>

#include "core/sha256.h"
#include "engine/dispatch/records.h"
#include "gateway/service/history_pages.h"

namespace gateway::service {
namespace {

using core::json::Object;
using core::json::Value;
using ledger::index::Order;
using ledger::index::PageQuery;

// So many records are read before the next ones are looked for.
constexpr std::size_t kPieceRecords = 64;
// Records this close to each other are read in one go.
constexpr std::uint64_t kGapMax = 16;

// What the history is of, so that a cursor fits no other. The limit may change from page to page.
std::string fingerprint(const BookView& view, const HistoryQuery& query) {
  std::string text = view.genesis.origin;
  const auto add = [&text](std::string_view part) { text.append("\n").append(part); };
  const auto add_time = [&](const std::optional<core::Instant>& time) {
    add(time ? core::to_string(*time) : "");
  };
  add(query.account);
  add(query.commodity.value_or(""));
  add(query.subject ? core::to_hex(*query.subject) : "");
  add(query.kind ? std::to_string(*query.kind) : "");
  for (const auto& time :
       {query.recorded_from, query.recorded_to, query.effective_from, query.effective_to}) {
    add_time(time);
  }
  add(query.as_of);
  add(query.effective_at);
  add(query.order == Order::Ascending ? "ascending" : "descending");
  return core::to_hex(core::sha256(core::as_bytes(text)).bytes).substr(0, 16);
}

// A cursor says for which size its pages are true.
core::Result<Moment> moment_of(const BookView& view, const HistoryQuery& query,
                               const std::string& of) {
  if (!query.cursor) return resolve_moment(view, query.as_of, query.effective_at);
  const HistoryCursor& cursor = *query.cursor;
  if (cursor.query != of) {
    return bad_cursor(
        "The cursor is another history's: ask with the parameters of the page that "
        "it came with.");
  }
  const bool fits_axis = cursor.effective_at.has_value() == !query.effective_at.empty() &&
                         cursor.commodity.empty() == query.account.empty();
  TRY(const auto batch, view.index.batch_before(std::min(cursor.size, view.size)));
  if (!fits_axis || !batch || batch->end_seq() != cursor.size) {
    return bad_cursor("The cursor is of a size that this book does not have; begin again.");
  }
  TRY(const auto effective, parse_time(query.effective_at, "effective_at"));
  return Moment{*batch, effective};
}

// The records that the windows leave. Nothing takes effect later than it is recorded.
core::Result<> set_bounds(HistoryFrame& frame) {
  const auto before = [&](core::Instant time) {
    return frame.view.index.end_recorded_by({time.micros - 1});
  };
  frame.end = frame.moment.end_seq();
  for (const auto& from : {frame.query.recorded_from, frame.query.effective_from}) {
    if (!from) continue;
    TRY(const std::uint64_t first, before(*from));
    frame.first = std::max(frame.first, first);
  }
  if (frame.query.recorded_to) {
    TRY(const std::uint64_t end, before(*frame.query.recorded_to));
    frame.end = std::min(frame.end, end);
  }
  return core::ok();
}

core::Result<> check_there(const HistoryFrame& frame) {
  if (frame.query.subject) return check_subject(frame.view, frame.moment, *frame.query.subject);
  if (frame.query.account.empty()) return core::ok();
  return check_account(frame.view, frame.moment, frame.query.account, Exactly::ThisAccount);
}

core::Result<ledger::index::Page<std::uint64_t>> next_records(const HistoryFrame& frame,
                                                              const PageQuery& query) {
  const auto& index = frame.view.index;
  if (frame.query.subject) return index.subject_records(*frame.query.subject, query);
  if (frame.query.kind) return index.kind_records(*frame.query.kind, query);
  ledger::index::Page<std::uint64_t> page;
  page.next = index.live_from(query.from, query.order);
  while (page.next && *page.next < query.end && page.entries.size() < query.limit) {
    const std::uint64_t seq = *page.next;
    page.entries.push_back(seq);
    page.next.reset();
    if (frame.ascending()) page.next = index.live_from(seq + 1, query.order);
    if (!frame.ascending() && seq > 0) page.next = index.live_from(seq - 1, query.order);
  }
  if (page.next && *page.next >= query.end) page.next.reset();
  return page;
}

}  // namespace

core::Result<std::vector<SeenRecord>> look_at(const BookView& view,
                                              std::span<const std::uint64_t> seqs, Detail detail) {
  std::vector<std::uint64_t> sorted(seqs.begin(), seqs.end());
  std::ranges::sort(sorted);
  std::vector<SeenRecord> seen;
  seen.reserve(sorted.size());
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t last = i;
    while (last + 1 < sorted.size() && sorted[last + 1] - sorted[last] <= kGapMax) ++last;
    TRY(read_records(
        view, sorted[i], sorted[last] + 1,
        [&](const ledger::RecordView& record, std::size_t bytes) -> core::Result<> {
          // One record may have several lines.
          if (record.seq != sorted[i]) return core::ok();
          for (; i <= last && sorted[i] == record.seq; ++i) {
            seen.push_back(
                {record.seq, bytes, record.kind, record.recorded_at, record.effective_at,
                 detail == Detail::Whole ? engine::dispatch::record_to_json(record) : Value()});
          }
          return core::ok();
        }));
    i = last + 1;
  }
  if (!seqs.empty() && seqs.front() > seqs.back()) std::ranges::reverse(seen);
  return seen;
}

core::Result<HistoryPage> page_of_records(const HistoryFrame& frame) {
  HistoryPage page;
  if (frame.first >= frame.end) return page;
  std::uint64_t next = frame.ascending() ? frame.first : frame.end - 1;
  if (frame.query.cursor) next = frame.query.cursor->seq;
  bool more = true;
  std::size_t looked_at = 0;
  std::size_t bytes = 0;
  const auto is_full = [&] {
    return page.entries.size() >= frame.query.limit || looked_at >= kHistoryLookedAtMax ||
           bytes >= kHistoryBytesMax;
  };
  while (more && !is_full()) {
    const std::size_t wanted =
        std::min<std::size_t>(kPieceRecords, frame.query.limit - page.entries.size());
    TRY(auto found, next_records(frame, {next, frame.end, wanted, frame.query.order}));
    std::erase_if(found.entries, [&](std::uint64_t seq) { return seq < frame.first; });
    next = found.next.value_or(0);
    more = found.next.has_value() && next >= frame.first;
    TRY(auto records, look_at(frame.view, found.entries, Detail::Whole));
    for (SeenRecord& record : records) {
      if (is_full()) {
        next = record.seq;
        more = true;
        break;
      }
      ++looked_at;
      if (!frame.wants(record.effective_at)) continue;
      bytes += record.bytes;
      page.entries.push_back(std::move(record.json));
    }
  }
  if (more) page.next = HistoryPlace{next, {}, {}};
  return page;
}

core::Result<Value> query_history(const BookView& view, const HistoryQuery& query) {
  const std::string of = fingerprint(view, query);
  TRY(const Moment moment, moment_of(view, query, of));
  HistoryFrame frame{view, query, moment};
  TRY(check_there(frame));
  TRY(set_bounds(frame));
  const bool is_account = !query.account.empty();
  TRY(HistoryPage page, !is_account           ? page_of_records(frame)
                        : moment.effective_at ? page_by_effect(frame)
                                              : page_of_account(frame));
  if (is_account && page.entries.empty() && !query.cursor) {
    TRY(check_effect(view, moment, query.account));
  }
  Object out{{"as_of", moment_to_json(moment)},
             {is_account ? "lines" : "records", std::move(page.entries)}};
  if (page.next) {
    out.emplace_back("cursor",
                     to_string(HistoryCursor{page.next->seq, moment.end_seq(), of,
                                             page.next->commodity, page.next->effective_at}));
  }
  return Value(std::move(out));
}

}  // namespace gateway::service
