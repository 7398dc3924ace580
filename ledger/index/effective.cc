#include <algorithm>

#include "ledger/index/list_reader.h"

// Questions on the effective axis. Nothing takes effect later than it is recorded: so all that was
// recorded by a time counts at that time, and of what was recorded later only the late entries can.
namespace ledger::index {
namespace {

core::Error too_many_late() {
  return core::invalid("too_many_late", "effective_at",
                       "Too much of this account was recorded late to be put in order of its "
                       "effect; ask as of an earlier moment, or in the order of recording.");
}

// The balance after all records before `seq`.
core::Result<core::Minor> balance_before(const ListReader<Step>& steps, std::uint64_t seq) {
  if (seq == 0) return core::Minor{0};
  TRY(const auto step, steps.last_until(seq - 1));
  return step ? step->balance : core::Minor{0};
}

// The steps in [first, end) that counted when they were recorded, in one of the two orders, a block
// at a time.
class StepsInTime {
 public:
  StepsInTime(const ListReader<Step>& steps, std::uint64_t first, std::uint64_t end, Order order)
      : steps_(steps), first_(first), end_(end), ascending_(order == Order::Ascending) {}

  // The next one; nullptr at the end.
  core::Result<const HistoryEntry*> next() {
    while (waiting_.empty() && first_ < end_) {
      TRY(fill());
    }
    return waiting_.empty() ? nullptr : &waiting_.back();
  }
  void pop() { waiting_.pop_back(); }

 private:
  core::Result<> fill() {
    TRY(auto entries, ascending_ ? steps_.entries_from(first_) : steps_.entries_until(end_ - 1));
    std::erase_if(entries, [&](const Step& step) { return step.seq < first_ || step.seq >= end_; });
    if (entries.empty()) {
      first_ = end_;
      return core::ok();
    }
    TRY(core::Minor balance, balance_before(steps_, entries.front().seq));
    for (const Step& step : entries) {
      TRY(const core::Minor change, core::subtract(step.balance, balance));
      balance = step.balance;
      if (!step.late) waiting_.push_back({step.seq, 0, change, {}});
    }
    if (ascending_) {
      std::ranges::reverse(waiting_);
      first_ = entries.back().seq + 1;
    } else {
      end_ = entries.front().seq;
    }
    return core::ok();
  }

  const ListReader<Step>& steps_;
  std::uint64_t first_;
  std::uint64_t end_;
  bool ascending_;
  std::vector<HistoryEntry> waiting_;  // The next one last.
};

}  // namespace

// Calls visit(step, change) -> Result<bool> for the steps of records [after, seq] that were
// recorded late and effective by `effective`, the latest runs first, until it says no more.
template <class Visit>
core::Result<> Index::visit_late(const ListReader<Step>& steps, std::uint64_t after,
                                 std::uint64_t seq, core::Instant effective, std::size_t blocks_max,
                                 const Visit& visit) const {
  TRY(auto part, steps.part_at(seq));
  while (part) {
    const ListHead& head = part->head();
    for (std::size_t i = 0; i < head.block_earliest.size(); ++i) {
      const bool is_before = i + 1 < head.block_firsts.size() && head.block_firsts[i + 1] <= after;
      if (is_before || head.block_firsts[i] > seq || head.block_earliest[i] > effective) continue;
      if (blocks_max-- == 0) return too_many_late();
      TRY(const auto block, steps.block(*part, i));
      TRY(core::Minor balance, balance_before(steps, block->entries.front().seq));
      for (const Step& step : block->entries) {
        TRY(const core::Minor change, core::subtract(step.balance, balance));
        balance = step.balance;
        if (step.seq < after || step.seq > seq || !step.late || *step.late > effective) continue;
        TRY(const bool more, visit(step, change));
        if (!more) return core::ok();
      }
    }
    if (head.block_firsts.front() <= after) break;
    TRY(part, steps.part_before(*part));
  }
  return core::ok();
}

core::Result<std::uint64_t> Index::end_recorded_by(core::Instant time) const {
  TRY(const auto batch, batch_at(time));
  return batch ? batch->end_seq() : 0;
}

// The first record that, if it counted when it was recorded, is at `key` or behind it.
core::Result<std::uint64_t> Index::first_at(const EffectiveKey& key, std::uint64_t end_seq) const {
  TRY(const auto batch, batch_at(key.effective_at));
  if (!batch) return std::uint64_t{0};
  std::uint64_t first = batch->end_seq();
  if (batch->recorded_at == key.effective_at) {
    first = std::clamp(key.seq, batch->first_seq, batch->end_seq());
  }
  return std::min(first, end_seq);
}

core::Result<core::Instant> Index::recorded_at_of(std::uint64_t seq) const {
  for (auto segment = static_cast<std::uint32_t>(seq / kSegmentRecords);; --segment) {
    TRY(const auto last, last_batch_in(segment, seq + 1));
    if (last) return last->recorded_at;
    // A very large batch may fill whole segments.
    if (segment == 0) return index_damage(segment, "No batch begins at or before a record.");
  }
}

core::Result<std::vector<Balance>> Index::balances_effective(std::string_view prefix,
                                                             std::uint64_t seq,
                                                             core::Instant effective) const {
  TRY(const std::uint64_t recorded, end_recorded_by(effective));
  const std::uint64_t end = std::min(recorded, seq + 1);
  return collect(prefix, [&](const ListReader<Step>& steps) -> core::Result<core::Minor> {
    TRY(core::Minor balance, balance_before(steps, end));
    TRY(visit_late(steps, end, seq, effective, SIZE_MAX,
                   [&](const Step&, core::Minor change) -> core::Result<bool> {
                     TRY(balance, core::add(balance, change));
                     return true;
                   }));
    return balance;
  });
}

core::Result<bool> Index::moved_effective(std::string_view prefix, std::uint64_t seq,
                                          core::Instant effective) const {
  TRY(const std::uint64_t recorded, end_recorded_by(effective));
  const std::uint64_t end = std::min(recorded, seq + 1);
  bool moved = false;
  for (const Holding* holding : holdings_under(prefix)) {
    const ListReader<Step> steps = steps_of(*holding);
    if (end > 0) {
      TRY(const auto step, steps.last_until(end - 1));
      moved = step.has_value();
    }
    if (!moved) {
      TRY(visit_late(steps, end, seq, effective, SIZE_MAX,
                     [&](const Step&, core::Minor) -> core::Result<bool> {
                       moved = true;
                       return false;
                     }));
    }
    if (moved) break;
  }
  return moved;
}

// What a page is made of: two kinds of steps, each in its own order.
struct Index::EffectiveWalk {
  struct Late {
    EffectiveKey key;
    core::Minor change = 0;
    std::optional<std::uint64_t> place;  // What was recorded from here on comes behind it.
  };
  std::vector<Late> late;   // The next one last.
  std::uint64_t first = 0;  // Of the records that count in time, those in [first, end).
  std::uint64_t end = 0;
  core::Minor balance = 0;  // Before the page's first step if ascending, else after it.
};

core::Result<Index::EffectiveWalk> Index::begin_walk(const ListReader<Step>& steps,
                                                     const EffectiveQuery& query) const {
  const bool ascending = query.order == Order::Ascending;
  EffectiveKey low{query.begin, 0};
  EffectiveKey high{query.end, 0};
  if (query.from && ascending) low = std::max(low, *query.from);
  if (query.from && !ascending) {
    high = std::min(high, {query.from->effective_at, query.from->seq + 1});
  }
  EffectiveWalk walk;
  if (query.end_seq == 0 || low >= high) return walk;
  TRY(walk.first, first_at(low, query.end_seq));
  TRY(walk.end, first_at(high, query.end_seq));
  TRY(walk.balance, balance_before(steps, ascending ? walk.first : walk.end));
  TRY(visit_late(steps, walk.first, query.end_seq - 1, high.effective_at, kLateBlocksMax,
                 [&](const Step& step, core::Minor change) -> core::Result<bool> {
                   const EffectiveKey key{*step.late, step.seq};
                   if (key >= high) return true;
                   // Those recorded before the place where the page begins are in the balance
                   // there.
                   if (ascending ? key < low : step.seq >= walk.end) {
                     TRY(walk.balance, core::add(walk.balance, change));
                   }
                   if (key >= low) walk.late.push_back({key, change, {}});
                   return true;
                 }));
  std::ranges::sort(walk.late, {}, &EffectiveWalk::Late::key);
  if (ascending) std::ranges::reverse(walk.late);
  return walk;
}

core::Result<EffectivePage> Index::effective_history(std::string_view account,
                                                     std::string_view commodity,
                                                     const EffectiveQuery& query) const {
  TRY(const Holding* holding, find_holding(account, commodity));
  EffectivePage page;
  if (holding == nullptr) return page;
  const ListReader<Step> steps = steps_of(*holding);
  TRY(EffectiveWalk walk, begin_walk(steps, query));
  const bool ascending = query.order == Order::Ascending;
  StepsInTime in_time(steps, walk.first, walk.end, query.order);
  while (true) {
    TRY(const HistoryEntry* const timely, in_time.next());
    if (timely == nullptr && walk.late.empty()) return page;
    bool take_late = timely == nullptr;
    if (timely != nullptr && !walk.late.empty()) {
      auto& late = walk.late.back();
      if (!late.place) {
        TRY(late.place, end_recorded_by(late.key.effective_at));
      }
      take_late = (timely->seq >= *late.place) == ascending;
    }
    HistoryEntry entry;
    if (take_late) {
      const auto& late = walk.late.back();
      entry = {late.key.seq, 0, late.change, late.key.effective_at};
    } else {
      entry = *timely;
    }
    if (page.entries.size() == query.limit) {
      page.next = EffectiveKey{entry.late.value_or(core::Instant{}), entry.seq};
      if (!take_late) {
        TRY(page.next->effective_at, recorded_at_of(entry.seq));
      }
      return page;
    }
    if (take_late) {
      walk.late.pop_back();
    } else {
      in_time.pop();
    }
    if (ascending) {
      TRY(walk.balance, core::add(walk.balance, entry.change));
    }
    entry.balance = walk.balance;
    if (!ascending) {
      TRY(walk.balance, core::subtract(walk.balance, entry.change));
    }
    page.entries.push_back(std::move(entry));
  }
}

}  // namespace ledger::index
