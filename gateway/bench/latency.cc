#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/leaves.h"
#include "gateway/bench/pool.h"
#include "gateway/bench/recorder.h"
#include "gateway/service/sequencer.h"
#include "ledger/store/raw_store.h"

namespace gateway::bench {
namespace {

using service::Sequencer;

constexpr std::uint64_t kQuietCommands = 2000;
// During a rollover a command is sent so often, whether those before are answered or not: a client
// that waited for each answer would see one slow command and count it once.
constexpr std::chrono::milliseconds kPause(2);
// The entries that are sent meanwhile have numbers from here on.
constexpr std::uint64_t kMeanwhileFirst = 1'000'000'000;

struct Seen {
  Latencies micros;
  std::uint64_t refused = 0;
};

core::Result<Seen> send_one_by_one(Sequencer& sequencer, const Entries& entries,
                                   std::uint64_t count) {
  Seen seen;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto command = entries.commands(i, 1);
    const Stopwatch stopwatch;
    TRY(all_accepted(sequencer.submit(std::move(command))));
    seen.micros.add(stopwatch.micros());
  }
  return seen;
}

// Sends a command every few milliseconds until it is told to stop, on one thread, and takes the
// answers on another; they come in the order of the commands.
class SteadyClient {
 public:
  SteadyClient(Sequencer& sequencer, const Entries& entries)
      : sequencer_(sequencer),
        entries_(entries),
        sending_([this] { send(); }),
        answering_([this] { take_answers(); }) {}

  Seen stop() {
    stopping_ = true;
    sending_.join();
    {
      const std::lock_guard lock(mutex_);
      sent_all_ = true;
    }
    changed_.notify_all();
    answering_.join();
    return std::move(seen_);
  }

 private:
  struct Sent {
    Stopwatch since_sent;
    std::shared_ptr<Sequencer::Ticket> ticket;
  };

  void send() {
    for (std::uint64_t i = 0; !stopping_; ++i) {
      auto command = entries_.commands(kMeanwhileFirst + i, 1);
      const Stopwatch since_sent;
      auto ticket = sequencer_.queue(std::move(command));
      {
        const std::lock_guard lock(mutex_);
        sent_.push_back({since_sent, std::move(ticket)});
      }
      changed_.notify_all();
      std::this_thread::sleep_for(kPause);
    }
  }

  void take_answers() {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return sent_all_ || !sent_.empty(); });
      if (sent_.empty()) return;
      const Sent next = std::move(sent_.front());
      sent_.pop_front();
      lock.unlock();
      const bool accepted = all_accepted(sequencer_.answers(next.ticket)).has_value();
      if (!accepted) ++seen_.refused;
      seen_.micros.add(next.since_sent.micros());
    }
  }

  Sequencer& sequencer_;
  const Entries& entries_;
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Sent> sent_;
  bool sent_all_ = false;
  Seen seen_;
  std::thread sending_;
  std::thread answering_;
};

// The same leaves, a bare synced batch for each command.
core::Result<Latencies> raw_commands(service::Book& book, std::uint64_t first,
                                     const std::string& path) {
  TRY(auto store, ledger::store::RawStore::create(path));
  Latencies micros;
  TRY(book.read([&](const service::BookView& view) {
    return for_each_stretch(view.log, first, even_groups(first, view.size, kRecordsPerCommand),
                            [&](std::span<const ledger::LeafGroup> groups) -> core::Result<> {
                              for (const ledger::LeafGroup& group : groups) {
                                const Stopwatch stopwatch;
                                TRY(store.write(group));
                                micros.add(stopwatch.micros());
                              }
                              return core::ok();
                            });
  }));
  return micros;
}

Line& add_latencies(Line& line, const Latencies& micros) {
  return line.add("commands", micros.count())
      .add("p50_us", micros.percentile(50))
      .add("p99_us", micros.percentile(99))
      .add("max_us", micros.max());
}

core::Result<> measure_quiet(const Options& options, const Entries& entries) {
  core::SystemClock clock;
  TRY(auto book, make_book(options.folder + "/latency", clock));
  TRY(const std::uint64_t first, size_of(*book));
  Seen seen;
  {
    Sequencer sequencer(*book);
    TRY(seen, send_one_by_one(sequencer, entries,
                              std::min(kQuietCommands, options.records / kRecordsPerCommand)));
  }
  const std::string raw_folder = options.folder + "/latency-raw";
  TRY(const Latencies raw, raw_commands(*book, first, raw_folder));
  std::error_code ignored;
  std::filesystem::remove_all(raw_folder, ignored);
  Line line("latency");
  line.add("during", "nothing");
  add_latencies(line, seen.micros)
      .add("raw_p50_us", raw.percentile(50))
      .add("raw_p99_us", raw.percentile(99))
      .add("ratio", ratio(raw.percentile(50), seen.micros.percentile(50)));
  options.print(line.text());
  return core::ok();
}

core::Result<> measure_rollover(const Options& options, const Entries& entries) {
  core::SystemClock clock;
  TRY(auto book, make_book(options.folder + "/rollover", clock));
  TRY(make_pool(*book, options.investors));
  TRY(value_pool(*book, options.investors));
  TRY(const std::uint64_t first, size_of(*book));
  std::uint64_t rollover_micros = 0;
  std::uint64_t rollover_records = 0;
  Seen seen;
  {
    Sequencer sequencer(*book);
    SteadyClient client(sequencer, entries);
    const Stopwatch stopwatch;
    const auto answers = sequencer.submit({closing_rollover()});
    rollover_micros = stopwatch.micros();
    seen = client.stop();
    TRY(all_accepted(answers));
    rollover_records = answers.front().value().count;
  }
  TRY(const std::uint64_t size, size_of(*book));
  Line line("latency");
  line.add("during", "rollover");
  add_latencies(line, seen.micros)
      .add("refused", seen.refused)
      .add("investors", options.investors)
      .add("rollover_records", rollover_records)
      .add("rollover_ms", rollover_micros / 1000)
      .add("rollover_records_per_second", per_second(rollover_records, rollover_micros))
      .add("records", size - first);
  options.print(line.text());
  return core::ok();
}

}  // namespace

core::Result<> bench_latency(const Options& options) {
  const Entries entries;
  TRY(measure_quiet(options, entries));
  return measure_rollover(options, entries);
}

}  // namespace gateway::bench
