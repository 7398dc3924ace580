#include "gateway/bench/benchmarks.h"

#include <algorithm>
#include <array>

namespace gateway::bench {
namespace {

constexpr auto kBenchmarks = std::to_array<Benchmark>({
    {"ingest", bench_ingest},
    {"verify", bench_verify},
    {"clients", bench_clients},
    {"rpc", bench_rpc},
    {"http", bench_http},
});

}  // namespace

std::span<const Benchmark> benchmarks() { return kBenchmarks; }

const Benchmark* find_benchmark(std::string_view name) {
  const auto found = std::ranges::find(kBenchmarks, name, &Benchmark::name);
  return found == kBenchmarks.end() ? nullptr : &*found;
}

}  // namespace gateway::bench
