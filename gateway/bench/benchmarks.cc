#include "gateway/bench/benchmarks.h"

#include <array>

namespace gateway::bench {
namespace {

constexpr auto kBenchmarks = std::to_array<Benchmark>({
    {"ingest", bench_ingest},
    {"latency", bench_latency},
    {"verify", bench_verify},
    {"clients", bench_clients},
    {"rpc", bench_rpc},
    {"http", bench_http},
    {"reads", bench_reads},
    {"proofs", bench_proofs},
    {"startup", bench_startup},
});

}  // namespace

std::span<const Benchmark> benchmarks() { return kBenchmarks; }

}  // namespace gateway::bench
