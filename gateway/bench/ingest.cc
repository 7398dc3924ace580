#include <algorithm>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/leaves.h"
#include "gateway/bench/recorder.h"
#include "ledger/store/raw_write.h"

namespace gateway::bench {
namespace {

// Few syncs a second make small groups slow; they are measured on fewer records.
constexpr std::uint64_t kSmallBatch = 100;
constexpr std::uint64_t kSmallBatchRecordsMax = 10000;

struct Raw {
  std::uint64_t micros = 0;
  std::uint64_t records = 0;
  std::uint64_t leaf_bytes = 0;
};

core::Result<Raw> raw_ingest(const std::string& path, service::Book& book,
                             const Recorded& recorded) {
  TRY(auto writer, ledger::store::RawWriter::create(path));
  Raw raw;
  TRY(book.read([&](const service::BookView& view) {
    return for_each_stretch(view.log, recorded.first_seq, recorded.group_ends,
                            [&](std::span<const ledger::LeafGroup> groups) -> core::Result<> {
                              const Stopwatch stopwatch;
                              for (const ledger::LeafGroup& group : groups) {
                                TRY(writer.write(group));
                              }
                              raw.micros += stopwatch.micros();
                              for (const ledger::LeafGroup& group : groups) {
                                raw.records += group.count();
                                raw.leaf_bytes += group.leaf_bytes();
                              }
                              return core::ok();
                            });
  }));
  return raw;
}

core::Result<> measure(const Options& options, std::uint64_t batch) {
  const std::string folder = options.folder + "/ingest-" + std::to_string(batch);
  const std::uint64_t records =
      batch >= kSmallBatch ? options.records : std::min(options.records, kSmallBatchRecordsMax);
  core::SystemClock clock;
  const Entries entries;
  TRY(auto book, make_book(folder + "/book", clock));
  TRY(const Recorded recorded,
      record_entries(*book, entries, {0, records / kRecordsPerCommand, batch}));
  TRY(const Raw raw, raw_ingest(folder + "/raw", *book, recorded));
  Line line("ingest");
  line.add("batch", batch)
      .add("records", recorded.records)
      .add("mean_group", recorded.records / std::max<std::size_t>(1, recorded.group_ends.size()))
      .add("leaf_bytes", raw.leaf_bytes / std::max<std::uint64_t>(1, raw.records))
      .add_beside_raw("records_per_second", per_second(recorded.records, recorded.micros),
                      per_second(raw.records, raw.micros))
      .add("group_p50_us", recorded.group_micros.percentile(50))
      .add("group_p99_us", recorded.group_micros.percentile(99));
  options.print(line.text());
  return core::ok();
}

}  // namespace

core::Result<> bench_ingest(const Options& options) {
  for (const std::uint64_t batch : options.batches) {
    TRY(measure(options, batch));
  }
  return core::ok();
}

}  // namespace gateway::bench
