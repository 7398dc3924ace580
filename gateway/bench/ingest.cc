#include <algorithm>
#include <filesystem>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/books.h"
#include "gateway/bench/leaves.h"
#include "gateway/bench/machine.h"
#include "gateway/bench/recorder.h"
#include "gateway/service/open_log.h"
#include "ledger/store/raw_store.h"

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

core::Result<Raw> raw_ingest(const std::string& path, ledger::Log& log, const Recorded& recorded) {
  TRY(auto writer, ledger::store::RawStore::create(path));
  Raw raw;
  TRY(for_each_stretch(log, recorded.first_seq, recorded.group_ends,
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
                       }));
  return raw;
}

struct Measured {
  Recorded recorded;
  std::optional<std::uint64_t> bytes_written;  // Until the book was closed.
  std::uint64_t peak_memory_bytes = 0;
};

core::Result<Measured> measure_book(const std::string& folder, std::uint64_t records,
                                    std::uint64_t batch) {
  core::SystemClock clock;
  const Entries entries;
  TRY(auto book, make_book(folder, clock));
  Measured out;
  reset_peak_memory();
  const auto written_before = bytes_written();
  TRY(out.recorded, record_entries(*book, entries, {0, records / kRecordsPerCommand, batch}));
  book.reset();
  out.peak_memory_bytes = peak_memory_bytes();
  if (written_before) out.bytes_written = *bytes_written() - *written_before;
  return out;
}

void print(const Options& options, std::uint64_t batch, const Measured& measured, const Raw& raw) {
  const Recorded& recorded = measured.recorded;
  Line line("ingest");
  line.add("batch", batch)
      .add("records", recorded.records)
      .add("mean_group", recorded.records / std::max<std::size_t>(1, recorded.group_ends.size()))
      .add("leaf_bytes", raw.leaf_bytes / std::max<std::uint64_t>(1, raw.records))
      .add_beside_raw("records_per_second", per_second(recorded.records, recorded.micros),
                      per_second(raw.records, raw.micros))
      .add("group_p50_us", recorded.group_micros.percentile(50))
      .add("group_p99_us", recorded.group_micros.percentile(99))
      .add("written_per_leaf_byte",
           measured.bytes_written ? ratio(*measured.bytes_written, raw.leaf_bytes) : "unknown")
      .add("peak_mib", measured.peak_memory_bytes >> 20);
  options.print(line.text());
}

core::Result<> measure(const Options& options, std::uint64_t batch) {
  const std::uint64_t records =
      batch >= kSmallBatch ? options.records : std::min(options.records, kSmallBatchRecordsMax);
  const std::string folder = options.folder + "/ingest-" + std::to_string(batch);
  // The benchmarks that read need a book written in the largest groups: they take this one.
  const std::string book =
      batch == ledger::kGroupRecordsMax ? book_folder(options, records) : folder + "-book";
  TRY(const Measured measured, measure_book(book, records, batch));
  TRY(const auto opened, service::open_log_read_only({book}));
  TRY(const Raw raw, raw_ingest(folder + "-raw", *opened.log, measured.recorded));
  print(options, batch, measured, raw);
  std::error_code ignored;
  std::filesystem::remove_all(folder + "-raw", ignored);
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
