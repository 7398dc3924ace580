#include <algorithm>
#include <mutex>

#include "core/check.h"
#include "ledger/account.h"
#include "ledger/index/list_reader.h"

namespace ledger::index {
namespace {

core::Error unknown_account(std::string_view account) {
  return core::not_found("unknown_account", std::string(account), "No such account is open.");
}

// A subject's list names only the run before; see ListReader.
constexpr std::uint32_t kSubjectTries = 32;

core::Minor balance_after(const std::optional<Step>& step) { return step ? step->balance : 0; }

// Entries of a page, block by block, until it is full.
template <class Entry, class Visit>
core::Result<> walk(const ListReader<Entry>& list, const PageQuery& query, const Visit& visit) {
  if (query.end == 0) return core::ok();
  std::uint64_t seq = std::min(query.from, query.end - 1);
  if (query.order == Order::Ascending) seq = query.from;
  while (seq < query.end) {
    const bool ascending = query.order == Order::Ascending;
    TRY(auto entries, ascending ? list.entries_from(seq) : list.entries_until(seq));
    if (entries.empty()) return core::ok();
    if (!ascending) std::ranges::reverse(entries);
    for (const Entry& entry : entries) {
      TRY(const bool more, visit(entry));
      if (!more) return core::ok();
      if (!ascending && seq_of(entry) == 0) return core::ok();
      seq = ascending ? seq_of(entry) + 1 : seq_of(entry) - 1;
    }
  }
  return core::ok();
}

template <class Entry, class Out, class Make>
core::Result<Page<Out>> make_page(const ListReader<Entry>& list, const PageQuery& query,
                                  const Make& make) {
  Page<Out> page;
  TRY(walk(list, query, [&](const Entry& entry) -> core::Result<bool> {
    if (seq_of(entry) >= query.end) return false;
    if (page.entries.size() == query.limit) {
      page.next = seq_of(entry);
      return false;
    }
    TRY(auto made, make(entry));
    page.entries.push_back(std::move(made));
    return true;
  }));
  return page;
}

}  // namespace

core::Result<std::optional<std::uint64_t>> Index::find_request_in_runs(
    const core::Hash& key) const {
  const RequestPart part = part_of(key);
  std::vector<std::uint32_t> runs;
  {
    const std::shared_lock lock(filter_mutex_);
    filter_.find(filter_hash(part), runs);
  }
  for (const std::uint32_t run : runs) {
    TRY(const auto list, store_->get(run, requests_key(part.front())));
    if (!list) continue;
    TRY(const auto found, find_in_requests(run, *list, part));
    if (found) return found;
  }
  return std::optional<std::uint64_t>();
}

core::Result<std::optional<std::uint64_t>> Index::find_request(const core::Hash& key) const {
  {
    const std::shared_lock lock(mutex_);
    for (const Segment* segment : {static_cast<const Segment*>(open_.get()), sealed_.get()}) {
      const auto seq = segment == nullptr ? std::nullopt : segment->find_request(part_of(key));
      if (seq) return seq;
    }
  }
  return find_request_in_runs(key);
}

namespace {

core::Result<std::optional<SubjectLast>> last_of(const ListReader<std::uint64_t>& records) {
  TRY(const auto part, records.part_at(UINT64_MAX));
  if (!part) return std::optional<SubjectLast>();
  const std::size_t last = part->head().block_firsts.size() - 1;
  TRY(const auto block, records.block(*part, last));
  return std::optional(SubjectLast{
      part->head().before + last * kBlockEntries + block->entries.size(), block->entries.back()});
}

}  // namespace

core::Result<std::optional<SubjectLast>> Index::last_of_subject(const SubjectId& subject) const {
  TRY(const auto records, records_of(subject));
  return last_of(records);
}

core::Result<std::optional<SubjectLast>> Index::last_of_subject_in_runs(
    const SubjectId& subject) const {
  TRY(const auto newest, newest_run_of(subject));
  if (!newest) return std::optional<SubjectLast>();
  // No segment has this number: nothing of it is in memory.
  static const auto kNoSegment = std::make_shared<const Segment>(UINT32_MAX);
  return last_of(records_of(subject, newest, kNoSegment, nullptr));
}

// --- Lists. ---

core::Result<const Index::Holding*> Index::find_holding(std::string_view account,
                                                        std::string_view commodity) const {
  const std::shared_lock lock(mutex_);
  const auto path = exact_.find(account);
  if (path == exact_.end()) return unknown_account(account);
  const auto code = commodity_index_.find(commodity);
  if (code == commodity_index_.end()) return nullptr;
  for (const std::uint32_t number : holdings_of_[path->second]) {
    if (holdings_[number]->commodity == code->second) return holdings_[number].get();
  }
  return nullptr;
}

ListReader<Step> Index::steps_of(const Holding& holding) const {
  const std::shared_lock lock(mutex_);
  const auto newest = holding.chain.empty() ? std::nullopt : std::optional(holding.chain.newest());
  const std::uint32_t open_run = open_->number;
  const auto in_memory = [open_run, open_list = holding.open_list,
                          sealed_list = holding.sealed_list](
                             const Segment& segment,
                             std::size_t block) -> std::optional<Block<Step>> {
    const std::uint32_t list = segment.number == open_run ? open_list : sealed_list;
    // What comes up in the open segment from now on is beyond the size that the caller knows.
    if (list == kNone) return std::nullopt;
    return block_of(segment.holdings[list], block);
  };
  return {*this,     step_blocks_, holding_key(holding.account, holding.commodity), newest,
          in_memory, read_steps,   open_, sealed_};
}

core::Result<std::optional<std::uint32_t>> Index::newest_run_of(const SubjectId& subject) const {
  std::vector<std::uint32_t> runs;
  {
    const std::shared_lock lock(filter_mutex_);
    filter_.find(filter_hash_of_subject(subject), runs);
  }
  const std::string key = block_key(subject_key(subject), 0);
  for (const std::uint32_t run : runs) {
    TRY(const auto value, store_->get(run, key));
    if (value) return std::optional(run);
  }
  return std::optional<std::uint32_t>();
}

core::Result<ListReader<std::uint64_t>> Index::records_of(const SubjectId& subject) const {
  std::shared_ptr<const Segment> open;
  std::shared_ptr<const Segment> sealed;
  std::optional<std::uint32_t> newest;
  bool known = false;
  {
    const std::shared_lock lock(mutex_);
    open = open_;
    sealed = sealed_;
    const auto list = open->subjects.find(subject);
    if (sealed && sealed->subjects.contains(subject)) {
      newest = sealed->number;
      known = true;
    } else if (list != open->subjects.end()) {
      // A list in memory names the run before, if there is one.
      if (!list->second.links.runs.empty()) newest = list->second.links.runs.front();
      known = true;
    }
  }
  if (!known) {
    TRY(newest, newest_run_of(subject));
  }
  return records_of(subject, newest, std::move(open), std::move(sealed));
}

ListReader<std::uint64_t> Index::records_of(const SubjectId& subject,
                                            std::optional<std::uint32_t> newest,
                                            std::shared_ptr<const Segment> open,
                                            std::shared_ptr<const Segment> sealed) const {
  const auto in_memory = [subject](const Segment& segment,
                                   std::size_t block) -> std::optional<Block<std::uint64_t>> {
    const auto found = segment.subjects.find(subject);
    if (found == segment.subjects.end()) return std::nullopt;
    return block_of(found->second, segment.first_seq(), block);
  };
  return {*this,     seq_blocks_, subject_key(subject), newest,
          in_memory, read_seqs,   std::move(open),      std::move(sealed), kSubjectTries};
}

ListReader<std::uint64_t> Index::records_of_kind(std::uint64_t kind) const {
  const std::shared_lock lock(mutex_);
  const auto known = kinds_.find(kind);
  const auto newest = known == kinds_.end() ? std::nullopt
                                            : std::optional(known->second.chain.newest());
  const auto in_memory = [kind](const Segment& segment,
                                std::size_t block) -> std::optional<Block<std::uint64_t>> {
    const auto found = segment.kinds.find(kind);
    if (found == segment.kinds.end()) return std::nullopt;
    return block_of(found->second, segment.first_seq(), block);
  };
  return {*this, seq_blocks_, kind_key(kind), newest, in_memory, read_seqs, open_, sealed_};
}

core::Result<Page<HistoryEntry>> Index::history(std::string_view account,
                                                std::string_view commodity,
                                                const PageQuery& query) const {
  TRY(const Holding* holding, find_holding(account, commodity));
  if (holding == nullptr) return Page<HistoryEntry>();
  const ListReader<Step> steps = steps_of(*holding);
  TRY(auto page, (make_page<Step, HistoryEntry>(steps, query, [](const Step& step) {
        return core::Result<HistoryEntry>(HistoryEntry{step.seq, step.balance, 0, step.late});
      })));
  // Each change is the difference to the entry before, which may lie outside the page.
  auto& entries = page.entries;
  const bool ascending = query.order == Order::Ascending;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::size_t before = ascending ? i - 1 : i + 1;
    core::Minor balance = 0;
    if (before < entries.size()) {
      balance = entries[before].balance;
    } else if (entries[i].seq > 0) {
      TRY(const auto earlier, steps.last_until(entries[i].seq - 1));
      balance = balance_after(earlier);
    }
    TRY(entries[i].change, core::subtract(entries[i].balance, balance));
  }
  return page;
}

core::Result<Page<std::uint64_t>> Index::subject_records(const SubjectId& subject,
                                                         const PageQuery& query) const {
  TRY(const auto records, records_of(subject));
  return make_page<std::uint64_t, std::uint64_t>(
      records, query, [](std::uint64_t seq) { return core::Result<std::uint64_t>(seq); });
}

core::Result<Page<std::uint64_t>> Index::kind_records(std::uint64_t kind,
                                                      const PageQuery& query) const {
  return make_page<std::uint64_t, std::uint64_t>(
      records_of_kind(kind), query,
      [](std::uint64_t seq) { return core::Result<std::uint64_t>(seq); });
}

std::vector<std::string> Index::commodities_of(std::string_view account) const {
  std::vector<std::string> codes;
  const std::shared_lock lock(mutex_);
  const auto path = exact_.find(account);
  if (path == exact_.end()) return codes;
  for (const std::uint32_t number : holdings_of_[path->second]) {
    codes.push_back(commodities_[holdings_[number]->commodity].code);
  }
  std::ranges::sort(codes);
  return codes;
}

// --- Balances. ---

core::Result<core::Minor> Index::balance_at(std::string_view account, std::string_view commodity,
                                            std::uint64_t seq) const {
  TRY(const Holding* holding, find_holding(account, commodity));
  if (holding == nullptr) return core::Minor{0};
  TRY(const auto step, steps_of(*holding).last_until(seq));
  return balance_after(step);
}

std::vector<const Index::Holding*> Index::holdings_under(std::string_view prefix) const {
  std::vector<const Holding*> out;
  visit_accounts(prefix, [&](std::uint32_t account) {
    for (const std::uint32_t number : holdings_of_[account]) {
      out.push_back(holdings_[number].get());
    }
  });
  return out;
}

core::Result<std::vector<Balance>> Index::collect(std::string_view prefix,
                                                  const BalanceOf& balance_of_holding) const {
  std::vector<Balance> out;
  for (const Holding* holding : holdings_under(prefix)) {
    TRY(const core::Minor balance, balance_of_holding(steps_of(*holding)));
    if (balance == 0) continue;
    const std::shared_lock lock(mutex_);
    out.push_back({accounts_[holding->account].path,
                   {commodities_[holding->commodity], balance}});
  }
  std::ranges::sort(out, {}, [](const Balance& balance) {
    return std::tie(balance.account, balance.amount.commodity.code);
  });
  return out;
}

core::Result<std::vector<Balance>> Index::balances_at(std::string_view prefix,
                                                      std::uint64_t seq) const {
  return collect(prefix, [&](const ListReader<Step>& steps) -> core::Result<core::Minor> {
    TRY(const auto step, steps.last_until(seq));
    return balance_after(step);
  });
}

// --- Batches. ---

namespace {

std::optional<BatchStart> last_before(const std::vector<BatchStart>& batches, std::uint64_t end) {
  const auto after = std::ranges::lower_bound(batches, end, {}, &BatchStart::first_seq);
  return after == batches.begin() ? std::nullopt : std::optional(*std::prev(after));
}

}  // namespace

// The last of the batches that begin in the segment, before record `end`.
core::Result<std::optional<BatchStart>> Index::last_batch_in(std::uint32_t segment,
                                                             std::uint64_t end) const {
  std::shared_ptr<const Segment> in_memory;
  {
    const std::shared_lock lock(mutex_);
    if (open_->number == segment) in_memory = open_;
    if (sealed_ && sealed_->number == segment) in_memory = sealed_;
    if (in_memory) return last_before(in_memory->batches, end);
  }
  TRY(auto block, batches_block(segment, 0));
  if (!block || end == 0) return std::optional<BatchStart>();
  const auto number = block->head->block_at(end - 1);
  if (!number) return std::optional<BatchStart>();
  if (*number > 0) {
    TRY(block, batches_block(segment, *number));
    if (!block) return index_damage(segment, "A block of batches is missing.");
  }
  return last_before(block->entries, end);
}

// nullptr if the run has no such block.
core::Result<BlockCache<BatchStart>::BlockPtr> Index::batches_block(std::uint32_t segment,
                                                                    std::size_t number) const {
  const BlockCache<BatchStart>::Key key{segment, block_key(batches_key(), number)};
  if (auto kept = batch_blocks_.find(key)) return kept;
  TRY(const auto value, store_->get(segment, key.block));
  if (!value) return BlockCache<BatchStart>::BlockPtr();
  TRY(auto read, read_batches(*value, std::uint64_t{segment} * kSegmentRecords, number));
  auto block = std::make_shared<const Block<BatchStart>>(std::move(read));
  batch_blocks_.keep(key, block);
  return BlockCache<BatchStart>::BlockPtr(std::move(block));
}

core::Result<std::optional<BatchBounds>> Index::batch_before(std::uint64_t end) const {
  std::uint64_t before = std::min(end, size());
  while (before > 0) {
    auto segment = static_cast<std::uint32_t>((before - 1) / kSegmentRecords);
    TRY(auto last, last_batch_in(segment, before));
    // A very large batch, or voided records, may fill whole segments.
    while (!last && segment > 0) {
      --segment;
      TRY(last, last_batch_in(segment, before));
    }
    if (!last) break;
    if (last->first_seq + last->count <= end) {
      return std::optional(BatchBounds{last->first_seq, last->count, last->recorded_at});
    }
    before = last->first_seq;
  }
  return std::optional<BatchBounds>();
}

core::Result<std::optional<BatchBounds>> Index::batch_at(core::Instant time) const {
  // The segment whose first record is the last one recorded by then; then record by record.
  std::uint64_t low = 0;
  std::uint64_t high = size();
  {
    const std::shared_lock lock(mutex_);
    if (high == 0) return std::optional<BatchBounds>();
    const auto after =
        std::ranges::upper_bound(times_, time, {}, &SegmentTimes::first_recorded_at);
    const auto segment = static_cast<std::uint64_t>(after - times_.begin());
    const bool in_open = segment == times_.size() && open_->tree.size() > 0 &&
                         open_->first_recorded_at <= time;
    if (!in_open) high = std::min(high, segment * kSegmentRecords);
  }
  // Invariant: the batch wanted, if any, begins before `high`.
  const std::uint64_t first = high == 0 ? 0 : (high - 1) / kSegmentRecords * kSegmentRecords;
  low = first;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    TRY(const auto last, last_batch_in(static_cast<std::uint32_t>(middle / kSegmentRecords),
                                       middle + 1));
    if (!last || last->recorded_at <= time) {
      low = middle + 1;
    } else {
      high = last->first_seq;
    }
  }
  return batch_before(high);
}

}  // namespace ledger::index
