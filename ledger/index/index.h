#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ledger/index/block_cache.h"
#include "ledger/index/chain.h"
#include "ledger/index/filter.h"
#include "ledger/index/group.h"
#include "ledger/index/segment.h"
#include "ledger/index/store.h"

// Derived data: what can be asked of a book without reading all of it. It follows from the records
// alone, is true for the first size() of them, and can be made again at any time. Finished segments of
// 65,536 records are runs in an IndexStore; the one that grows is in memory. Source:
// docs/decisions/0012-derived-data-in-sorted-runs.md.
namespace ledger::index {

struct SubjectLast {
  std::uint64_t count = 0;
  std::uint64_t seq = 0;
};

// A batch that took effect.
struct BatchBounds {
  std::uint64_t first_seq = 0;
  std::uint64_t count = 0;
  core::Instant recorded_at;
  std::uint64_t end_seq() const { return first_seq + count; }
  bool operator==(const BatchBounds&) const = default;
};

struct Balance {
  std::string account;
  core::Amount amount;
};

enum class Order { Ascending, Descending };

// One page of a list. Records never change, so neither does a page: `next` can be asked for at any
// later time.
template <class Entry>
struct Page {
  std::vector<Entry> entries;
  std::optional<std::uint64_t> next;  // The sequence to ask for next; absent at the end.
};

struct HistoryEntry {
  std::uint64_t seq = 0;
  core::Minor balance = 0;  // After the record.
  core::Minor change = 0;
  std::optional<core::Instant> late;  // Effective before it was recorded.
};

// What a page is asked for: records of [.., end) or [from, end), from `from` on.
struct PageQuery {
  std::uint64_t from = 0;  // The first sequence wanted: the lowest if ascending, else the highest.
  std::uint64_t end = 0;   // Nothing at or beyond it is shown.
  std::size_t limit = 100;
  Order order = Order::Ascending;
};

// A place on the effective axis: by time, then by sequence.
struct EffectiveKey {
  core::Instant effective_at;
  std::uint64_t seq = 0;
  auto operator<=>(const EffectiveKey&) const = default;
};

// What a page of an account's history as effective is asked for: of the records before `end_seq`, those
// effective in [begin, end), from `from` on.
struct EffectiveQuery {
  std::optional<EffectiveKey> from;  // The first place wanted: the lowest if ascending, else the highest.
  core::Instant begin = core::kInstantMin;
  core::Instant end = core::kInstantMax;
  std::uint64_t end_seq = 0;
  std::size_t limit = 100;
  Order order = Order::Ascending;
};

// One page in order of EffectiveKey. `balance` counts what was effective up to the entry; the last
// entry's is that of balances_effective().
struct EffectivePage {
  std::vector<HistoryEntry> entries;
  std::optional<EffectiveKey> next;  // Absent at the end.
};

// So many blocks of entries that were recorded late are looked at for one page on the effective axis.
inline constexpr std::size_t kLateBlocksMax = 1024;

template <class Entry>
class ListReader;

// One thread publishes, any may ask. Answers are true for the size() of some moment of the call.
class Index {
 public:
  // `saved` is what save() gave at the size that the publishing goes on from; without it, everything is
  // published again from record 0. Runs that the store has already are then compared, not written.
  // Errors: Corrupt/snapshot if `saved` cannot be used.
  static core::Result<std::unique_ptr<Index>> open(std::unique_ptr<IndexStore> store,
                                                   std::optional<std::string_view> saved);
  // Waits for the run being written.
  ~Index();
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  // --- The publishing thread. ---

  // Takes in the next records. A finished segment's run is written on a thread of its own.
  // Errors: Unavailable/index if the run before could not be written; Corrupt/index if the store has
  //         another run in its place. Nothing more may be published then.
  core::Result<> publish(const Group& group);
  // Waits until every finished segment's run is written. Errors: as publish().
  core::Result<> flush();
  // All that is in memory, at size(). Waits for the run being written.
  core::Result<std::string> save();

  // Errors: Corrupt/index if the store has runs of records beyond size(): the records were cut, or the
  //         runs are another book's.
  core::Result<> check_not_ahead() const;

  // --- Any thread. ---

  std::uint64_t size() const;
  core::Hash last_leaf() const;
  std::optional<core::Instant> last_recorded_at() const;

  core::Hash root() const;
  // Errors: InvalidInput/proof_range; Corrupt/index; Unavailable/index.
  core::Result<core::Hash> root_at(std::uint64_t size) const;
  // See MerkleTree. Errors: as root_at().
  core::Result<std::vector<core::Hash>> inclusion_proof(std::uint64_t index,
                                                        std::uint64_t size) const;
  core::Result<std::vector<core::Hash>> consistency_proof(std::uint64_t old_size,
                                                          std::uint64_t new_size) const;
  core::Result<std::vector<core::Hash>> leaf_hashes(std::uint64_t first,
                                                    std::uint64_t count) const;
  // The roots of the complete subtrees of 2^height leaves, from number `first` on: what tiles are made
  // of. Errors: InvalidInput/proof_range unless there are that many; as root_at().
  core::Result<std::vector<core::Hash>> subtree_roots(std::size_t height, std::uint64_t first,
                                                      std::uint64_t count) const;

  // Records [0, written_end()) are in runs, the rest is in memory.
  std::uint64_t written_end() const { return written_end_; }
  // What the segments in memory say of subjects and requests, for a writer that keeps that itself and
  // asks here for the runs alone, which takes no lock that publishing holds.
  void recent(const std::function<void(const SubjectId&, const SubjectLast&)>& subject,
              const std::function<void(const RequestPart&, std::uint64_t)>& request) const;
  // The first record of the command with this key. Errors of these: Corrupt/index; Unavailable/index.
  core::Result<std::optional<std::uint64_t>> find_request_in_runs(const core::Hash& key) const;
  core::Result<std::optional<SubjectLast>> last_of_subject_in_runs(const SubjectId& subject) const;
  // The same, in memory too.
  core::Result<std::optional<std::uint64_t>> find_request(const core::Hash& key) const;
  core::Result<std::optional<SubjectLast>> last_of_subject(const SubjectId& subject) const;

  // How many records each subject has below `end`, and the last of them; in no order. Reads the subjects'
  // lists of every run, and keeps every id until it is done: a second or two for ten million records.
  // Errors: Corrupt/index; Unavailable/index.
  core::Result<> visit_subjects(
      std::uint64_t end,
      const std::function<void(const SubjectId&, const SubjectLast&)>& visit) const;

  // The last batch that took effect and ends at or before `end`, or was recorded at or before `time`.
  core::Result<std::optional<BatchBounds>> batch_before(std::uint64_t end) const;
  core::Result<std::optional<BatchBounds>> batch_at(core::Instant time) const;

  // Records [0, end_recorded_by(time)) are those recorded at or before the time, as whole batches.
  core::Result<std::uint64_t> end_recorded_by(core::Instant time) const;

  // Whether the record never took effect: it belongs to a very large batch that was broken off.
  bool is_voided(std::uint64_t seq) const;
  // The nearest record at or after `seq` (ascending), or at or before it, that was not voided. Empty if
  // there is none in that direction; a record at or beyond size() counts as one that was not.
  std::optional<std::uint64_t> live_from(std::uint64_t seq, Order order) const;

  // Accounts at and below `prefix` ("" = all) that were opened before record `end`, in path order.
  std::vector<OpenedAccount> accounts(std::string_view prefix, std::uint64_t end) const;
  std::vector<core::Commodity> commodities() const;
  // The account of exactly this path, and the one that was opened first at or below `prefix`.
  std::optional<OpenedAccount> account(std::string_view path) const;
  std::optional<OpenedAccount> first_account(std::string_view prefix) const;

  // As of the end of record `seq`; 0 for what had not moved by then.
  // Errors: NotFound/unknown_account if no such account was opened; Corrupt/index; Unavailable/index.
  core::Result<core::Minor> balance_at(std::string_view account, std::string_view commodity,
                                       std::uint64_t seq) const;
  // All that is not zero of `prefix` and below, by path, then commodity.
  core::Result<std::vector<Balance>> balances_at(std::string_view prefix, std::uint64_t seq) const;
  // The same, counting entries effective at or before `effective` only.
  core::Result<std::vector<Balance>> balances_effective(std::string_view prefix, std::uint64_t seq,
                                                        core::Instant effective) const;

  // Pages of an account's steps in one commodity, and of the records of a subject and of a kind.
  // Errors: NotFound/unknown_account; Corrupt/index; Unavailable/index.
  core::Result<Page<HistoryEntry>> history(std::string_view account, std::string_view commodity,
                                           const PageQuery& query) const;
  core::Result<Page<std::uint64_t>> subject_records(const SubjectId& subject,
                                                    const PageQuery& query) const;
  core::Result<Page<std::uint64_t>> kind_records(std::uint64_t kind, const PageQuery& query) const;
  // A page of an account's steps in one commodity in the order in which they took effect. What was
  // recorded late is looked for in all runs of the account from the page's time on.
  // Errors: as history(); InvalidInput/too_many_late beyond kLateBlocksMax.
  core::Result<EffectivePage> effective_history(std::string_view account,
                                                std::string_view commodity,
                                                const EffectiveQuery& query) const;
  // Whether any record up to `seq` that moved `prefix` or below was effective by `effective`.
  // Errors: as history().
  core::Result<bool> moved_effective(std::string_view prefix, std::uint64_t seq,
                                     core::Instant effective) const;
  // The commodities that an account has ever held.
  std::vector<std::string> commodities_of(std::string_view account) const;

  const IndexStore& store() const { return *store_; }

 private:
  struct StringHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using NameIndex = std::unordered_map<std::string, std::uint32_t, StringHash, std::equal_to<>>;
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // An account in one commodity, over the whole book.
  struct Holding {
    std::uint32_t account = 0;
    std::uint32_t commodity = 0;
    core::Minor balance = 0;
    ChainHead chain;          // Of finished segments.
    std::uint64_t steps = 0;  // In finished segments.
    std::uint32_t open_list = kNone;    // Its list in the open segment.
    std::uint32_t sealed_list = kNone;  // Its list in the segment being written.
  };
  struct Kind {
    ChainHead chain;
    std::uint64_t records = 0;
  };
  struct SegmentTimes {
    core::Instant first_recorded_at;
    core::Instant last_recorded_at;
  };

  explicit Index(std::unique_ptr<IndexStore> store);
  core::Result<> restore(std::string_view saved);

  void add_account(OpenedAccount account);
  void take_names(const Group& group);
  void take_record(const Group& group, std::size_t i, std::size_t& next_request);
  void take_move(const Move& move, const RecordFacts& facts, std::uint64_t seq);
  Holding& holding_of(std::uint32_t account, std::uint32_t commodity);
  core::Result<> seal();
  core::Result<> wait_for_run();
  core::Result<> write_run(const Segment& segment);
  void forget_sealed();

  // nullptr if the account never held this commodity. Errors: NotFound/unknown_account.
  core::Result<const Holding*> find_holding(std::string_view account,
                                            std::string_view commodity) const;
  template <class Entry>
  friend class ListReader;

  struct Tiles;
  core::Result<core::Hash> node(Tiles& tiles, std::size_t height, std::uint64_t index) const;
  core::Result<> append_path(Tiles& tiles, std::size_t height, std::uint64_t index, std::uint64_t size,
                             std::vector<core::Hash>& proof) const;
  core::Result<core::Hash> edge_root(Tiles& tiles, std::uint64_t size, std::size_t height) const;
  core::Result<std::string_view> tile(Tiles& tiles, std::uint32_t segment, std::uint8_t level,
                                      std::uint8_t index) const;

  ListReader<Step> steps_of(const Holding& holding) const;
  core::Result<ListReader<std::uint64_t>> records_of(const SubjectId& subject) const;
  core::Result<std::optional<std::uint32_t>> newest_run_of(const SubjectId& subject) const;
  ListReader<std::uint64_t> records_of(const SubjectId& subject,
                                       std::optional<std::uint32_t> newest,
                                       std::shared_ptr<const Segment> open,
                                       std::shared_ptr<const Segment> sealed) const;
  ListReader<std::uint64_t> records_of_kind(std::uint64_t kind) const;
  struct EffectiveWalk;
  template <class Visit>
  core::Result<> visit_late(const ListReader<Step>& steps, std::uint64_t after, std::uint64_t seq,
                            core::Instant effective, std::size_t blocks_max,
                            const Visit& visit) const;
  core::Result<EffectiveWalk> begin_walk(const ListReader<Step>& steps,
                                         const EffectiveQuery& query) const;
  core::Result<std::uint64_t> first_at(const EffectiveKey& key, std::uint64_t end_seq) const;
  core::Result<core::Instant> recorded_at_of(std::uint64_t seq) const;
  // The numbers of the accounts at and below `prefix`, in path order. They are visited under the lock,
  // in pieces between which the publishing thread gets a turn.
  void visit_accounts(std::string_view prefix,
                      const std::function<void(std::uint32_t)>& visit) const;
  std::vector<const Holding*> holdings_under(std::string_view prefix) const;
  using BalanceOf = std::function<core::Result<core::Minor>(const ListReader<Step>& steps)>;
  core::Result<std::vector<Balance>> collect(std::string_view prefix,
                                             const BalanceOf& balance_of) const;
  core::Result<std::optional<BatchStart>> last_batch_in(std::uint32_t segment,
                                                        std::uint64_t end) const;
  core::Result<BlockCache<BatchStart>::BlockPtr> batches_block(std::uint32_t segment,
                                                               std::size_t number) const;

  // Room for decoded blocks: of accounts, of subjects and kinds, of batches.
  static constexpr std::size_t kStepBlocksBytes = 32u << 20;
  static constexpr std::size_t kSeqBlocksBytes = 16u << 20;
  static constexpr std::size_t kBatchBlocksBytes = 16u << 20;

  std::unique_ptr<IndexStore> store_;
  mutable BlockCache<Step> step_blocks_{kStepBlocksBytes};
  mutable BlockCache<std::uint64_t> seq_blocks_{kSeqBlocksBytes};
  mutable BlockCache<BatchStart> batch_blocks_{kBatchBlocksBytes};

  // Guards all below. Nothing is read from the store under it.
  mutable std::shared_mutex mutex_;
  std::uint64_t size_ = 0;
  core::Hash last_leaf_;
  core::Instant last_recorded_at_;
  std::deque<OpenedAccount> accounts_;  // By number. Their addresses stay.
  std::map<std::string_view, std::uint32_t> by_path_;  // For what lies below a path.
  std::unordered_map<std::string_view, std::uint32_t> exact_;
  std::vector<char> has_below_;  // By account: whether one lies below it, as a rule none does.
  std::vector<core::Commodity> commodities_;
  NameIndex commodity_index_;
  std::vector<std::vector<std::uint32_t>> holdings_of_;  // By account.
  std::vector<std::unique_ptr<Holding>> holdings_;
  std::map<std::uint64_t, Kind> kinds_;
  MerkleTree roots_;  // Its leaves are the roots of the finished segments.
  std::vector<SegmentTimes> times_;
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
  };
  std::vector<Range> voided_;  // A handful, if any.
  std::shared_ptr<Segment> open_;
  std::shared_ptr<const Segment> sealed_;  // Finished, and its run not written yet.

  mutable std::shared_mutex filter_mutex_;
  RunFilter filter_;
  std::atomic<std::uint64_t> written_end_ = 0;

  core::Sha256 sha256_;
  std::future<core::Result<>> writing_;
  std::optional<core::Error> failed_;
};

}  // namespace ledger::index
