#include "ledger/index/index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <mutex>

#include "core/check.h"
#include "ledger/account.h"
#include "ledger/index/keys.h"

namespace ledger::index {
namespace {

// So many records are taken in before readers get a turn.
constexpr std::size_t kRecordsAtOnce = 256;
// So many accounts are looked at before the publishing thread gets a turn.
constexpr std::size_t kAccountsAtOnce = 512;

std::uint64_t mix(std::uint64_t value) {
  value ^= value >> 32;
  value *= 0x9e3779b97f4a7c15;
  return value ^ (value >> 29);
}

std::uint64_t hash_of(std::span<const std::uint8_t> bytes, std::uint64_t salt) {
  std::uint64_t value = 0;
  std::uint64_t more = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  std::memcpy(&more, bytes.data() + sizeof value, sizeof more);
  return mix(mix(value + salt) ^ more);
}

}  // namespace

core::Hash request_key(core::Sha256& sha256, std::string_view client_id,
                       std::string_view request_id) {
  static constexpr std::uint8_t kSeparator = '\n';
  return sha256(core::as_bytes(client_id), core::ByteView(&kSeparator, 1),
                core::as_bytes(request_id));
}

std::uint64_t filter_hash(const RequestPart& part) { return hash_of(part, 1); }
std::uint64_t filter_hash_of_subject(const SubjectId& subject) { return hash_of(subject, 2); }

Index::Index(std::unique_ptr<IndexStore> store)
    : store_(std::move(store)), open_(std::make_shared<Segment>(0)) {}

Index::~Index() {
  if (writing_.valid()) writing_.wait();
}

core::Result<std::unique_ptr<Index>> Index::open(std::unique_ptr<IndexStore> store,
                                                 std::optional<std::string_view> saved) {
  std::unique_ptr<Index> index(new Index(std::move(store)));
  if (saved) {
    TRY(index->restore(*saved));
  }
  return index;
}

core::Result<> Index::publish(const Group& group) {
  CHECK(group.first_seq == size_ && group.leaf_hashes.size() == group.records.size());
  if (failed_) return *failed_;
  {
    const std::unique_lock lock(mutex_);
    take_names(group);
  }
  std::size_t next_request = 0;
  for (std::size_t i = 0; i < group.records.size();) {
    const std::size_t end = std::min(group.records.size(), i + kRecordsAtOnce);
    const std::unique_lock lock(mutex_);
    for (; i < end && !open_->full(); ++i) take_record(group, i, next_request);
    if (!open_->full()) continue;
    if (auto sealed = seal(); !sealed) {
      failed_ = sealed.error();
      return sealed;
    }
  }
  const std::unique_lock lock(mutex_);
  size_ = group.first_seq + group.records.size();
  last_leaf_ = group.leaf_hashes.back();
  last_recorded_at_ = group.records.back().recorded_at;
  return core::ok();
}

void Index::take_names(const Group& group) {
  for (const OpenedAccount& account : group.accounts) {
    add_account(account);
  }
  holdings_of_.resize(accounts_.size());
  for (const core::Commodity& commodity : group.commodities) {
    commodity_index_.emplace(commodity.code, static_cast<std::uint32_t>(commodities_.size()));
    commodities_.push_back(commodity);
  }
}

void Index::add_account(OpenedAccount account) {
  const auto number = static_cast<std::uint32_t>(accounts_.size());
  accounts_.push_back(std::move(account));
  const std::string_view path = accounts_.back().path;
  by_path_.emplace(path, number);
  exact_.emplace(path, number);
  const std::string below = std::string(path) + ":";
  const auto next = by_path_.lower_bound(below);
  has_below_.push_back(next != by_path_.end() && next->first.starts_with(below) ? 1 : 0);
  for (std::size_t colon = path.find(':'); colon != std::string_view::npos;
       colon = path.find(':', colon + 1)) {
    const auto above = exact_.find(path.substr(0, colon));
    if (above != exact_.end()) has_below_[above->second] = 1;
  }
}

void Index::take_record(const Group& group, std::size_t i, std::size_t& next_request) {
  const RecordFacts& facts = group.records[i];
  const std::uint64_t seq = group.first_seq + i;
  Segment& segment = *open_;
  if (segment.tree.size() == 0) segment.first_recorded_at = facts.recorded_at;
  segment.last_recorded_at = facts.recorded_at;
  segment.tree.append(sha256_, group.leaf_hashes[i]);
  if (facts.voided) {
    if (voided_.empty() || voided_.back().end != seq) voided_.push_back({seq, seq});
    voided_.back().end = seq + 1;
    return;
  }
  const auto offset = static_cast<std::uint32_t>(seq - segment.first_seq());
  if (facts.batch.index == 0) {
    segment.batches.push_back({seq, facts.batch.count, facts.recorded_at});
  }
  segment.kinds[facts.kind].offsets.push_back(offset);
  for (std::size_t m = i == 0 ? 0 : group.records[i - 1].moves_end; m < facts.moves_end; ++m) {
    take_move(group.moves[m], facts, seq);
  }
  for (std::size_t s = i == 0 ? 0 : group.records[i - 1].subjects_end; s < facts.subjects_end;
       ++s) {
    const SubjectLink& link = group.subjects[s];
    SeqList& list = segment.subjects[link.id];
    if (list.offsets.empty()) {
      list.before = link.count - 1;
      if (link.prev_seq) {
        list.links.runs = {static_cast<std::uint32_t>(*link.prev_seq / kSegmentRecords)};
      }
    }
    list.offsets.push_back(offset);
  }
  while (next_request < group.requests.size() && group.requests[next_request].seq == seq) {
    segment.requests.emplace_back(part_of(group.requests[next_request++].key), seq);
  }
}

Index::Holding& Index::holding_of(std::uint32_t account, std::uint32_t commodity) {
  for (const std::uint32_t number : holdings_of_[account]) {
    if (holdings_[number]->commodity == commodity) return *holdings_[number];
  }
  holdings_of_[account].push_back(static_cast<std::uint32_t>(holdings_.size()));
  auto& added = holdings_.emplace_back(std::make_unique<Holding>());
  added->account = account;
  added->commodity = commodity;
  return *added;
}

void Index::take_move(const Move& move, const RecordFacts& facts, std::uint64_t seq) {
  Holding& holding = holding_of(move.account, move.commodity);
  if (holding.open_list == kNone) {
    holding.open_list = static_cast<std::uint32_t>(open_->holdings.size());
    open_->holdings.push_back({move.account, move.commodity, {}, 0, {}});
  }
  holding.balance = move.balance;
  Step step{seq, move.balance, {}};
  if (facts.effective_at != facts.recorded_at) step.late = facts.effective_at;
  open_->holdings[holding.open_list].steps.push_back(step);
}

// The open segment is full: its lists join their chains, and its run is written meanwhile.
core::Result<> Index::seal() {
  TRY(wait_for_run());
  forget_sealed();
  Segment& segment = *open_;
  for (const auto& holding : holdings_) {
    if (holding->open_list == kNone) continue;
    HoldingList& list = segment.holdings[holding->open_list];
    list.before = holding->steps;
    list.links = holding->chain.grow(segment.number);
    holding->steps += list.steps.size();
    holding->sealed_list = std::exchange(holding->open_list, kNone);
  }
  for (auto& [number, list] : segment.kinds) {
    Kind& kind = kinds_[number];
    list.before = kind.records;
    list.links = kind.chain.grow(segment.number);
    kind.records += list.offsets.size();
  }
  roots_.append(sha256_, segment.tree.root(sha256_));
  times_.push_back({segment.first_recorded_at, segment.last_recorded_at});
  sealed_ = open_;
  open_ = std::make_shared<Segment>(segment.number + 1);
  writing_ = std::async(std::launch::async, [this, sealed = sealed_] { return write_run(*sealed); });
  return core::ok();
}

core::Result<> Index::write_run(const Segment& segment) {
  core::Sha256 sha256;
  if (segment.number >= store_->segments()) {
    return store_->write_segment(segment.number, segment.make_run(sha256));
  }
  TRY(const auto known, store_->get(segment.number, summary_key()));
  const Summary wanted{segment.tree.level(0).back(), segment.tree.root(sha256),
                       segment.first_recorded_at, segment.last_recorded_at};
  if (known && *known == print_summary(wanted)) return core::ok();
  return index_damage(segment.number, "It was made from other records.");
}

core::Result<> Index::wait_for_run() {
  if (!writing_.valid()) return core::ok();
  return writing_.get();
}

// The last segment's run is written: from now on it is read from the store.
void Index::forget_sealed() {
  if (!sealed_) return;
  const std::uint32_t run = sealed_->number;
  const std::unique_lock lock(filter_mutex_);
  for (const auto& [part, seq] : sealed_->requests) filter_.add(filter_hash(part), run);
  // In the order of the ids: the filter is saved, and the same records give the same bytes.
  std::map<SubjectId, const SeqList*> subjects;
  for (const auto& [subject, list] : sealed_->subjects) subjects.emplace(subject, &list);
  for (const auto& [subject, entry] : subjects) {
    const SeqList& list = *entry;
    const std::uint64_t hash = filter_hash_of_subject(subject);
    if (list.links.runs.empty()) {
      filter_.add(hash, run);
    } else {
      filter_.move(hash, list.links.runs.front(), run);
    }
  }
  for (const auto& holding : holdings_) holding->sealed_list = kNone;
  written_end_ = sealed_->end_seq();
  sealed_.reset();
}

void Index::recent(const std::function<void(const SubjectId&, const SubjectLast&)>& subject,
                   const std::function<void(const RequestPart&, std::uint64_t)>& request) const {
  const std::shared_lock lock(mutex_);
  for (const Segment* segment : {sealed_.get(), static_cast<const Segment*>(open_.get())}) {
    if (segment == nullptr) continue;
    for (const auto& [id, list] : segment->subjects) {
      subject(id, {list.before + list.offsets.size(), segment->first_seq() + list.offsets.back()});
    }
    for (const auto& [part, seq] : segment->requests) request(part, seq);
  }
}

core::Result<> Index::flush() {
  if (failed_) return *failed_;
  auto written = wait_for_run();
  if (!written) {
    failed_ = written.error();
    return written;
  }
  const std::unique_lock lock(mutex_);
  forget_sealed();
  return core::ok();
}

core::Result<> Index::check_not_ahead() const {
  const auto finished = static_cast<std::uint32_t>(size() / kSegmentRecords);
  if (store_->segments() <= finished) return core::ok();
  return index_damage(finished, "It is ahead of the records, which end before it.");
}

std::uint64_t Index::size() const {
  const std::shared_lock lock(mutex_);
  return size_;
}

core::Hash Index::last_leaf() const {
  const std::shared_lock lock(mutex_);
  return last_leaf_;
}

std::optional<core::Instant> Index::last_recorded_at() const {
  const std::shared_lock lock(mutex_);
  if (size_ == 0) return std::nullopt;
  return last_recorded_at_;
}

void Index::visit_accounts(std::string_view prefix,
                           const std::function<void(std::uint32_t)>& visit) const {
  {
    // Mostly one account is meant, and a search among all paths costs more than all that follows.
    const std::shared_lock lock(mutex_);
    const auto exact = exact_.find(prefix);
    if (exact != exact_.end() && has_below_[exact->second] == 0) return visit(exact->second);
  }
  std::optional<std::string_view> last;  // Paths keep their addresses.
  while (true) {
    const std::shared_lock lock(mutex_);
    auto path = last ? by_path_.upper_bound(*last) : by_path_.lower_bound(prefix);
    for (std::size_t left = kAccountsAtOnce; left > 0; --left, ++path) {
      if (path == by_path_.end() || !path->first.starts_with(prefix)) return;
      last = path->first;
      if (prefix.empty() || is_under(path->first, prefix)) visit(path->second);
    }
  }
}

std::vector<OpenedAccount> Index::accounts(std::string_view prefix, std::uint64_t end) const {
  std::vector<OpenedAccount> out;
  visit_accounts(prefix, [&](std::uint32_t number) {
    if (accounts_[number].seq < end) out.push_back(accounts_[number]);
  });
  return out;
}

std::optional<OpenedAccount> Index::account(std::string_view path) const {
  const std::shared_lock lock(mutex_);
  const auto found = exact_.find(path);
  if (found == exact_.end()) return std::nullopt;
  return accounts_[found->second];
}

std::optional<OpenedAccount> Index::first_account(std::string_view prefix) const {
  if (prefix.empty()) {
    const std::shared_lock lock(mutex_);
    if (accounts_.empty()) return std::nullopt;
    return accounts_.front();
  }
  std::optional<OpenedAccount> first;
  visit_accounts(prefix, [&](std::uint32_t number) {
    if (!first || accounts_[number].seq < first->seq) first = accounts_[number];
  });
  return first;
}

bool Index::is_voided(std::uint64_t seq) const {
  const std::shared_lock lock(mutex_);
  const auto after = std::ranges::upper_bound(voided_, seq, {}, &Range::first);
  return after != voided_.begin() && seq < std::prev(after)->end;
}

std::optional<std::uint64_t> Index::live_from(std::uint64_t seq, Order order) const {
  const std::shared_lock lock(mutex_);
  const auto after = std::ranges::upper_bound(voided_, seq, {}, &Range::first);
  if (after == voided_.begin() || seq >= std::prev(after)->end) return seq;
  const Range& range = *std::prev(after);
  if (order == Order::Ascending) return range.end;
  if (range.first == 0) return std::nullopt;
  return range.first - 1;
}

std::vector<core::Commodity> Index::commodities() const {
  const std::shared_lock lock(mutex_);
  return commodities_;
}

}  // namespace ledger::index
