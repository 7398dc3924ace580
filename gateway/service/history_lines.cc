#include <algorithm>
#include <tuple>

#include "engine/dispatch/records.h"
#include "gateway/service/history_pages.h"

// Pages of an account's lines.
namespace gateway::service {
namespace {

using core::json::Object;
using core::json::Value;
using ledger::index::EffectiveKey;
using ledger::index::EffectiveQuery;
using ledger::index::HistoryEntry;
using ledger::index::Order;
using ledger::index::PageQuery;

// So many lines are put in order before the next ones are looked for.
constexpr std::size_t kPieceLines = 256;

struct Line {
  std::string commodity;
  HistoryEntry entry;
};
using LinePlace = std::pair<std::uint64_t, std::string>;  // Sequence, then commodity.
LinePlace place_of(const Line& line) { return {line.entry.seq, line.commodity}; }

Value line_to_json(const Line& line, const SeenRecord& record) {
  const auto commodity = core::commodity(line.commodity);
  const unsigned scale = commodity ? commodity.value().scale : 0;
  Object out{{"seq", static_cast<std::int64_t>(record.seq)},
             {"recorded_at", core::to_string(record.recorded_at)},
             {"effective_at", core::to_string(record.effective_at)},
             {"kind", static_cast<std::int64_t>(record.kind)}};
  const std::string_view name = engine::dispatch::kind_name(record.kind);
  if (!name.empty()) out.emplace_back("name", name);
  out.emplace_back("commodity", line.commodity);
  out.emplace_back("change", core::print_fixed(line.entry.change, scale));
  out.emplace_back("balance", core::print_fixed(line.entry.balance, scale));
  return out;
}

core::Result<std::vector<SeenRecord>> records_of(const HistoryFrame& frame,
                                                 const std::vector<Line>& lines) {
  std::vector<std::uint64_t> seqs;
  for (const Line& line : lines) seqs.push_back(line.entry.seq);
  return look_at(frame.view, seqs, Detail::Times);
}

// Those that had moved at the moment asked for: others may come up from page to page.
core::Result<std::vector<std::string>> commodities_of(const HistoryFrame& frame) {
  if (frame.query.commodity) return std::vector{*frame.query.commodity};
  const std::uint64_t end = frame.moment.end_seq();
  std::vector<std::string> moved;
  for (std::string& commodity : frame.view.index.commodities_of(frame.query.account)) {
    TRY(const auto last, frame.view.index.history(frame.query.account, commodity,
                                                  {end - 1, end, 1, Order::Descending}));
    if (!last.entries.empty()) moved.push_back(std::move(commodity));
  }
  if (moved.size() <= kHistoryCommoditiesMax) return moved;
  return core::invalid("missing_field", "commodity",
                       "This account has too many commodities to be shown together; name one.");
}

struct Piece {
  std::vector<Line> lines;
  std::optional<LinePlace> next;
};

// The next lines of all the commodities, in order.
core::Result<Piece> next_lines(const HistoryFrame& frame,
                               const std::vector<std::string>& commodities, const LinePlace& from,
                               std::size_t limit) {
  const bool ascending = frame.ascending();
  Piece piece;
  const auto note_next = [&](LinePlace place) {
    if (!piece.next || (ascending ? place < *piece.next : place > *piece.next)) {
      piece.next = std::move(place);
    }
  };
  for (const std::string& commodity : commodities) {
    PageQuery query{from.first, frame.end, limit, frame.query.order};
    // Of the first record, what stands before the place was on the page before.
    if (ascending && commodity < from.second) ++query.from;
    if (!ascending && commodity > from.second) {
      if (query.from == 0) continue;
      --query.from;
    }
    TRY(auto page, frame.view.index.history(frame.query.account, commodity, query));
    for (HistoryEntry& entry : page.entries) piece.lines.push_back({commodity, std::move(entry)});
    if (page.next) note_next({*page.next, commodity});
  }
  std::ranges::sort(piece.lines, {}, place_of);
  if (!ascending) std::ranges::reverse(piece.lines);
  if (piece.lines.size() > limit) {
    note_next(place_of(piece.lines[limit]));
    piece.lines.resize(limit);
  }
  return piece;
}

}  // namespace

core::Result<HistoryPage> page_of_account(const HistoryFrame& frame) {
  HistoryPage page;
  if (frame.first >= frame.end) return page;
  TRY(const auto commodities, commodities_of(frame));
  if (commodities.empty()) return page;
  std::optional<LinePlace> next = frame.ascending() ? LinePlace{frame.first, commodities.front()}
                                                    : LinePlace{frame.end - 1, commodities.back()};
  if (frame.query.cursor) next = {frame.query.cursor->seq, frame.query.cursor->commodity};
  std::size_t looked_at = 0;
  while (next && page.entries.size() < frame.query.limit && looked_at < kHistoryLookedAtMax) {
    const std::size_t wanted =
        std::min<std::size_t>(kPieceLines, frame.query.limit - page.entries.size());
    TRY(Piece piece, next_lines(frame, commodities, *next, wanted));
    next = std::move(piece.next);
    std::erase_if(piece.lines, [&](const Line& line) { return line.entry.seq < frame.first; });
    TRY(const auto records, records_of(frame, piece.lines));
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (!frame.wants(records[i].effective_at)) continue;
      page.entries.push_back(line_to_json(piece.lines[i], records[i]));
    }
    looked_at += piece.lines.size();
    if (next && next->first < frame.first) next.reset();
  }
  if (next) page.next = HistoryPlace{next->first, next->second, {}};
  return page;
}

core::Result<HistoryPage> page_by_effect(const HistoryFrame& frame) {
  TRY(const auto commodities, commodities_of(frame));
  HistoryPage page;
  if (commodities.empty()) return page;
  if (commodities.size() > 1) {
    return core::invalid("missing_field", "commodity",
                         "In order of effect one commodity is shown at a time; name it.");
  }
  EffectiveQuery query;
  query.end_seq = frame.moment.end_seq();
  query.limit = frame.query.limit;
  query.order = frame.query.order;
  if (frame.query.effective_from) query.begin = *frame.query.effective_from;
  query.end = {frame.moment.effective_at->micros + 1};
  if (frame.query.effective_to) query.end = std::min(query.end, *frame.query.effective_to);
  if (frame.query.cursor) {
    query.from = EffectiveKey{*frame.query.cursor->effective_at, frame.query.cursor->seq};
  }
  const std::string& commodity = commodities.front();
  TRY(const auto found, frame.view.index.effective_history(frame.query.account, commodity, query));
  // They are read in the order of their records, and shown in the order of their effect.
  std::vector<std::uint64_t> seqs;
  for (const HistoryEntry& entry : found.entries) seqs.push_back(entry.seq);
  std::ranges::sort(seqs);
  TRY(const auto records, look_at(frame.view, seqs, Detail::Times));
  for (const HistoryEntry& entry : found.entries) {
    const auto record = std::ranges::lower_bound(records, entry.seq, {}, &SeenRecord::seq);
    page.entries.push_back(line_to_json({commodity, entry}, *record));
  }
  if (found.next) page.next = HistoryPlace{found.next->seq, commodity, found.next->effective_at};
  return page;
}

}  // namespace gateway::service
