#include <algorithm>
#include <optional>
#include <vector>

#include "engine/accounts.h"
#include "engine/mam/decide.h"
#include "engine/state_parts.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/figures.h"
#include "ledger/journal/past_of_books.h"

namespace gateway::bench {
namespace {

using core::Minor;

// The smaller group; the other is ten times as large.
constexpr std::uint64_t kSmallestGroup = 1'000;
constexpr std::uint64_t kGroups = 2;
// Allocations of each, in fills of the whole group; the fastest fill counts, since whatever else
// the machine does only slows one down.
constexpr std::uint64_t kAllocations = 400'000;
// On average, of the fill: so that every account receives some.
constexpr Minor kStepsEach = 7;

template <class Id>
Id id_of(std::uint64_t number) {
  Id id;
  // Spread over the range, as random ids are.
  for (std::size_t i = 0; i < 8; ++i) {
    id.bytes[i] = static_cast<std::uint8_t>((number * 0x9e3779b97f4a7c15u) >> (8 * i));
    id.bytes[8 + i] = static_cast<std::uint8_t>(number >> (8 * i));
  }
  return id;
}

// Equities from 1,000.00 to about 100,000.00, without a pattern.
Minor weight_of(std::uint64_t number) {
  return 100'000 + static_cast<Minor>((number * 2654435761u) % 9'900'000);
}

// A group whose order for all its accounts was accepted.
class OrderedGroup {
 public:
  explicit OrderedGroup(std::uint64_t accounts) : accounts_(accounts) {
    const auto structure = id_of<core::StructureId>(1);
    engine::Structure& group = state_.structures[structure];
    group.model = engine::Model::Mam;
    group.currency = "EUR";
    state_.instruments->symbols["EURUSD"] = {1, "EUR"};
    engine::Order& order = state_.blocks->orders[order_];
    order.structure = structure;
    order.symbol = "EURUSD";
    order.lot_step = {1, 2};
    order.steps = 2 * kStepsEach * static_cast<Minor>(accounts);
    for (std::uint64_t i = 0; i < accounts; ++i) {
      const auto account = id_of<core::AccountId>(i + 1);
      engine::OrderShare& share = order.shares[account];
      share.client = id_of<core::PartyId>(i + 1);
      share.weight = weight_of(i);
      share.rank = i;
      share.ordinal = i + 1;
    }
  }

  // The records of a fill of half the order.
  core::Result<std::size_t> decide() const {
    const core::Minor steps = kStepsEach * static_cast<Minor>(accounts_);
    engine::RecordFill fill{order_, "fill", core::to_decimal(steps, 2), {11, 1}};
    ledger::journal::PastOfBooks past(books_, subjects_);
    TRY(const auto drafts,
        engine::mam::decide(engine::Context{state_, books_, {}, {}, past}, fill));
    return drafts.size();
  }

  // One exact multiply-divide for each weight and nothing else.
  core::Result<Minor> multiply_divide(Minor steps) const {
    Minor total = 0;
    for (const Minor weight : weights_) total += weight;
    Minor sum = 0;
    for (const Minor weight : weights_) {
      TRY(const Minor part, core::multiply_divide(steps, weight, total, core::Rounding::Floor));
      sum += part;
    }
    return sum;
  }

  void list_weights() {
    for (std::uint64_t i = 0; i < accounts_; ++i) weights_.push_back(weight_of(i));
  }

 private:
  std::uint64_t accounts_;
  core::OrderId order_ = id_of<core::OrderId>(1);
  engine::State state_;
  ledger::journal::Books books_;
  ledger::invariants::SubjectsConsecutive subjects_;
  std::vector<Minor> weights_;
};

struct Shared {
  std::uint64_t accounts = 0;
  std::uint64_t nanos = 0;      // Of the fastest fill.
  std::uint64_t raw_nanos = 0;  // Of the fastest bare loop.
  std::uint64_t records = 0;    // Of one fill.
};

core::Result<Shared> share_fills(std::uint64_t accounts) {
  OrderedGroup group(accounts);
  group.list_weights();
  Shared out{accounts};
  const Minor steps = kStepsEach * static_cast<Minor>(accounts);
  for (std::uint64_t i = 0; i < kAllocations / accounts; ++i) {
    const Stopwatch deciding;
    TRY(out.records, group.decide());
    const std::uint64_t nanos = deciding.nanos();
    if (i == 0 || nanos < out.nanos) out.nanos = nanos;
    const Stopwatch bare;
    TRY(const Minor sum, group.multiply_divide(steps + static_cast<Minor>(i)));
    const std::uint64_t raw = bare.nanos();
    // The sum is used, so that the loop is not left out.
    if (i == 0 || (raw < out.raw_nanos && sum > 0)) out.raw_nanos = raw;
  }
  return out;
}

// Whole ones in a second.
std::uint64_t rate(std::uint64_t count, std::uint64_t nanos) {
  return count * 1'000'000'000 / std::max<std::uint64_t>(nanos, 1);
}

}  // namespace

core::Result<> bench_allocate(const Options& options) {
  std::optional<Shared> smallest;
  std::uint64_t accounts = kSmallestGroup;
  for (std::uint64_t i = 0; i < kGroups; ++i, accounts *= 10) {
    TRY(const Shared shared, share_fills(accounts));
    if (!smallest) smallest = shared;
    Line line("allocate");
    line.add("accounts", accounts)
        .add("records", shared.records)
        .add("us_per_fill", shared.nanos / 1000)
        .add_beside_raw("allocations_per_second", rate(accounts, shared.nanos),
                        rate(accounts, shared.raw_nanos))
        // For each account: 1.00 is cost that is linear.
        .add("to_smallest", ratio(shared.nanos * smallest->accounts, smallest->nanos * accounts));
    options.print(line.text());
  }
  return core::ok();
}

}  // namespace gateway::bench
