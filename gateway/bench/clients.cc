#include <algorithm>
#include <deque>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/served.h"

namespace gateway::bench {
namespace {

constexpr std::size_t kClients = 1000;
// Of each group: the store's and the signer's memory's.
constexpr std::uint64_t kSyncsPerGroup = 2;

struct SharedByClients {
  std::uint64_t commands = 0;
  std::uint64_t micros = 0;
  std::uint64_t groups = 0;
  Latencies answer_micros;
};

void print(const Options& options, std::string_view via, std::size_t clients,
           const SharedByClients& result) {
  const std::uint64_t groups = std::max<std::uint64_t>(1, result.groups);
  Line line("clients");
  line.add("via", via)
      .add("clients", clients)
      .add("commands", result.commands)
      .add("groups", result.groups)
      .add("commands_per_group", result.commands / groups)
      .add("commands_per_fsync", result.commands / (groups * kSyncsPerGroup))
      .add("commands_per_second", per_second(result.commands, result.micros))
      .add("p50_us", result.answer_micros.percentile(50))
      .add("p99_us", result.answer_micros.percentile(99));
  options.print(line.text());
}

struct Waiting {
  Stopwatch since_queued;
  std::string client;
  std::shared_ptr<service::Sequencer::Ticket> ticket;
};

// One thread stands for all clients: it holds their tickets, and as soon as one is answered its
// client queues the next command. Answers come group by group, so the oldest ticket is always among
// the first to be answered.
core::Result<SharedByClients> run_in_process(service::Sequencer& sequencer,
                                             std::vector<service::Submission> commands,
                                             std::size_t clients) {
  SharedByClients result;
  result.commands = commands.size();
  std::deque<Waiting> waiting;
  std::size_t next = 0;
  const auto queue_next = [&](std::string client) {
    if (next == commands.size()) return;
    commands[next].client_id = client;
    std::vector<service::Submission> one;
    one.push_back(std::move(commands[next++]));
    waiting.push_back({Stopwatch(), std::move(client), sequencer.queue(std::move(one))});
  };
  const Stopwatch stopwatch;
  for (std::size_t i = 0; i < clients; ++i) queue_next("client-" + std::to_string(i));
  while (!waiting.empty()) {
    Waiting oldest = std::move(waiting.front());
    waiting.pop_front();
    TRY(all_accepted(sequencer.answers(oldest.ticket)));
    result.answer_micros.add(oldest.since_queued.micros());
    queue_next(std::move(oldest.client));
  }
  result.micros = stopwatch.micros();
  result.groups = sequencer.groups_committed();
  return result;
}

core::Result<> in_process(const Options& options, const Entries& entries, std::uint64_t commands,
                          std::size_t clients) {
  core::SystemClock clock;
  TRY(const auto book, make_book(options.folder + "/clients-in-process", clock));
  service::Sequencer sequencer(*book);
  TRY(const SharedByClients result,
      run_in_process(sequencer, entries.commands(0, commands), clients));
  print(options, "in-process", clients, result);
  return core::ok();
}

core::Result<> over(const Options& options, Wire wire, const Entries& entries,
                    std::uint64_t commands, std::size_t clients) {
  const std::string name(wire_name(wire));
  TRY(const auto served, Served::start(options.folder + "/clients-" + name, wire, clients));
  const auto requests = served->requests(entries, commands, 1);
  TRY(const Exchanged exchanged, served->send(requests, clients, 1, commands));
  print(options, name, clients,
        {commands, exchanged.micros, served->groups_committed(), exchanged.answer_micros});
  return core::ok();
}

}  // namespace

core::Result<> bench_clients(const Options& options) {
  const Entries entries;
  const std::uint64_t commands = options.records / kRecordsPerCommand;
  const std::size_t clients = std::min<std::size_t>(kClients, commands);
  TRY(in_process(options, entries, commands, clients));
  TRY(over(options, Wire::Thrift, entries, commands, clients));
  return over(options, Wire::Http, entries, commands, clients);
}

}  // namespace gateway::bench
