#include <filesystem>

#include "engine/dispatch/records.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/leaves.h"
#include "gateway/bench/pool.h"
#include "gateway/bench/recorder.h"
#include "ledger/journal/books.h"

namespace gateway::bench {
namespace {

// What the same records take, the leaves in memory.
struct Folded {
  std::uint64_t records = 0;
  std::uint64_t decode_micros = 0;  // The records alone.
  std::uint64_t state_micros = 0;   // Decoded and applied to the engine's state.
  std::uint64_t both_micros = 0;    // To the books as well.
};

template <class Take>
core::Result<std::uint64_t> time_of(std::span<const ledger::LeafGroup> groups, const Take& take) {
  ledger::RecordView record;
  const Stopwatch stopwatch;
  for (const ledger::LeafGroup& group : groups) {
    for (std::size_t i = 0; i < group.count(); ++i) {
      TRY(ledger::decode_record(group.leaf(i), record));
      TRY(take(record));
    }
  }
  return stopwatch.micros();
}

core::Result<Folded> fold(ledger::Log& log, std::uint64_t size) {
  engine::State alone;
  engine::State beside;
  ledger::journal::Books books(ledger::journal::History::Forget);
  Folded out;
  out.records = size;
  TRY(for_each_stretch(
      log, 0, even_groups(0, size, ledger::kGroupRecordsMax),
      [&](std::span<const ledger::LeafGroup> groups) -> core::Result<> {
        TRY(const auto decoding,
            time_of(groups, [](const ledger::RecordView&) { return core::ok(); }));
        TRY(const auto applying, time_of(groups, [&](const ledger::RecordView& record) {
              return engine::dispatch::apply(alone, record);
            }));
        TRY(const auto both,
            time_of(groups, [&](const ledger::RecordView& record) -> core::Result<> {
              if (record.batch.index == 0) books.begin_batch();
              TRY(books.apply(record));
              return engine::dispatch::apply(beside, record);
            }));
        out.decode_micros += decoding;
        out.state_micros += applying;
        out.both_micros += both;
        return core::ok();
      }));
  return out;
}

void print(const Options& options, std::string_view what, const Folded& folded,
           std::uint64_t micros) {
  Line line("replay");
  line.add("into", what)
      .add("records", folded.records)
      .add("investors", options.investors)
      .add_beside_raw("records_per_second", per_second(folded.records, micros),
                      per_second(folded.records, folded.decode_micros));
  options.print(line.text());
}

}  // namespace

core::Result<> bench_replay(const Options& options) {
  const std::string folder = options.folder + "/replay";
  core::SystemClock clock;
  {
    TRY(auto book, make_book(folder, clock));
    TRY(make_pool(*book, options.investors));
    TRY(value_pool(*book, options.investors));
    const std::vector<service::Submission> commands{closing_rollover()};
    TRY(all_accepted(book->execute(commands)));
    Folded folded;
    TRY(book->read([&](const service::BookView& view) -> core::Result<> {
      TRY(folded, fold(view.log, view.size));
      return core::ok();
    }));
    print(options, "state", folded, folded.state_micros);
    print(options, "books_and_state", folded, folded.both_micros);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return core::ok();
}

}  // namespace gateway::bench
