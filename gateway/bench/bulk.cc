#include <algorithm>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/recorder.h"
#include "gateway/bench/served.h"

namespace gateway::bench {
namespace {

constexpr std::uint64_t kCommandsPerRequest = 1000;
// A bridge sends its next request before the last one is answered.
constexpr std::size_t kConnections = 8;

core::Result<std::uint64_t> in_process(const Options& options, const Entries& entries,
                                       const std::string& name, std::uint64_t commands) {
  core::SystemClock clock;
  TRY(auto book, make_book(options.folder + "/" + name + "-in-process", clock));
  TRY(const Recorded recorded,
      record_entries(*book, entries, {0, commands, ledger::kGroupRecordsMax}));
  return per_second(commands, recorded.micros);
}

core::Result<> bulk(const Options& options, Wire wire) {
  const std::string name(wire_name(wire));
  const std::uint64_t commands = options.records / kRecordsPerCommand;
  const Entries entries;
  TRY(const std::uint64_t raw, in_process(options, entries, name, commands));
  TRY(const auto served, Served::start(options.folder + "/" + name, wire, kConnections));
  const auto requests = served->requests(entries, commands, kCommandsPerRequest);
  TRY(const Exchanged result, served->send(requests, kConnections, kCommandsPerRequest, commands));
  Line line(wire == Wire::Http ? "http" : "rpc");
  line.add("batch", kCommandsPerRequest)
      .add("connections", kConnections)
      .add("commands", commands)
      .add_beside_raw("commands_per_second", per_second(commands, result.micros), raw)
      .add("answer_p50_us", result.answer_micros.percentile(50))
      .add("answer_p99_us", result.answer_micros.percentile(99));
  options.print(line.text());
  return core::ok();
}

}  // namespace

core::Result<> bench_rpc(const Options& options) { return bulk(options, Wire::Thrift); }
core::Result<> bench_http(const Options& options) { return bulk(options, Wire::Http); }

}  // namespace gateway::bench
