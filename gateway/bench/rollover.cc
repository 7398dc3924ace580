#include <algorithm>
#include <filesystem>
#include <optional>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/leaves.h"
#include "gateway/bench/machine.h"
#include "gateway/bench/pool.h"
#include "gateway/bench/recorder.h"
#include "ledger/store/raw_store.h"

namespace gateway::bench {
namespace {

// The smallest pool; the others are ten times as large each.
constexpr std::uint64_t kSmallestPool = 10000;

struct Rolled {
  std::uint64_t investors = 0;
  std::uint64_t records = 0;
  std::uint64_t micros = 0;      // From the command to the durable receipt.
  std::uint64_t raw_micros = 0;  // The same leaves as bare synced batches.
};

core::Result<std::uint64_t> write_raw(service::Book& book, std::uint64_t first,
                                      const std::string& path) {
  TRY(auto store, ledger::store::RawStore::create(path));
  std::uint64_t micros = 0;
  TRY(book.read([&](const service::BookView& view) {
    return for_each_stretch(view.log, first,
                            even_groups(first, view.size, ledger::kGroupRecordsMax),
                            [&](std::span<const ledger::LeafGroup> groups) -> core::Result<> {
                              const Stopwatch stopwatch;
                              for (const ledger::LeafGroup& group : groups) {
                                TRY(store.write(group));
                              }
                              micros += stopwatch.micros();
                              return core::ok();
                            });
  }));
  return micros;
}

core::Result<Rolled> roll(const Options& options, std::uint64_t investors) {
  const std::string folder = options.folder + "/rollover-of-" + std::to_string(investors);
  core::SystemClock clock;
  Rolled out{investors};
  {
    TRY(auto book, make_book(folder, clock));
    TRY(make_pool(*book, investors));
    TRY(value_pool(*book, investors));
    TRY(const std::uint64_t first, size_of(*book));
    const std::vector<service::Submission> commands{closing_rollover()};
    const Stopwatch stopwatch;
    TRY(all_accepted(book->execute(commands)));
    out.micros = stopwatch.micros();
    TRY(const std::uint64_t size, size_of(*book));
    out.records = size - first;
    TRY(out.raw_micros, write_raw(*book, first, folder + "-raw"));
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder + "-raw", ignored);
  std::filesystem::remove_all(folder, ignored);
  return out;
}

}  // namespace

core::Result<> bench_rollover(const Options& options) {
  std::optional<Rolled> smallest;
  const std::uint64_t first = std::min(kSmallestPool, options.investors);
  for (std::uint64_t investors = first; investors <= options.investors; investors *= 10) {
    TRY(const Rolled rolled, roll(options, investors));
    if (!smallest) smallest = rolled;
    Line line("rollover");
    line.add("investors", investors)
        .add("records", rolled.records)
        .add("ms", rolled.micros / 1000)
        .add("us_per_investor", ratio(rolled.micros, investors))
        .add_beside_raw("records_per_second", per_second(rolled.records, rolled.micros),
                        per_second(rolled.records, rolled.raw_micros))
        .add("times_raw", ratio(rolled.micros, rolled.raw_micros))
        .add("to_smallest",
             ratio(rolled.micros * smallest->investors, smallest->micros * investors));
    options.print(line.text());
  }
  return core::ok();
}

}  // namespace gateway::bench
