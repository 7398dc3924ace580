#include <optional>
#include <span>
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
// Allocations that are measured of each, in fills of the whole group.
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
  Minor multiply_divide(Minor steps) const {
    Minor total = 0;
    for (std::uint64_t i = 0; i < accounts_; ++i) total += weights_[i];
    Minor sum = 0;
    for (std::uint64_t i = 0; i < accounts_; ++i) {
      const Minor product = steps * weights_[i];
      sum += product / total + product % total;
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
  std::uint64_t micros = 0;      // Of all repetitions.
  std::uint64_t raw_micros = 0;  // The bare loop, as often.
  std::uint64_t records = 0;     // Of one fill.
};

core::Result<Shared> share_fills(std::uint64_t accounts) {
  OrderedGroup group(accounts);
  group.list_weights();
  Shared out{accounts};
  const std::uint64_t fills = kAllocations / accounts;
  TRY(out.records, group.decide());  // Once before, so that nothing is cold.
  const Stopwatch stopwatch;
  for (std::uint64_t i = 0; i < fills; ++i) {
    TRY(group.decide());
  }
  out.micros = stopwatch.micros();
  // The sum is used, so that the loop is not left out.
  Minor sum = 0;
  const Stopwatch raw;
  for (std::uint64_t i = 0; i < fills; ++i) {
    sum += group.multiply_divide(kStepsEach * static_cast<Minor>(accounts) + static_cast<Minor>(i));
  }
  out.raw_micros = raw.micros() + (sum == 0 ? 1 : 0);
  return out;
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
        .add("us_per_fill", shared.micros * accounts / kAllocations)
        .add_beside_raw("allocations_per_second", per_second(kAllocations, shared.micros),
                        per_second(kAllocations, shared.raw_micros))
        // Both measure as many allocations, so equal times are linear cost.
        .add("to_smallest", ratio(shared.micros, smallest->micros));
    options.print(line.text());
  }
  return core::ok();
}

}  // namespace gateway::bench
