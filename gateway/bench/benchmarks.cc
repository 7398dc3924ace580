#include "gateway/bench/benchmarks.h"

#include <array>

namespace gateway::bench {
namespace {

constexpr auto kBenchmarks = std::to_array<Benchmark>({
    {"ingest", bench_ingest},
    {"latency", bench_latency},
    {"verify", bench_verify},
    {"reads", bench_reads},
    {"proofs", bench_proofs},
    {"startup", bench_startup},
    {"rollover", bench_rollover, false},
    {"replay", bench_replay, false},
    {"allocate", bench_allocate, false},
    {"partners", bench_partners, false},
    {"names", bench_names, false, false},
    {"screening", bench_screening, false, false},
    {"gate", bench_gate, false, false},
    {"clients", bench_clients, false},
    {"rpc", bench_rpc, false},
    {"http", bench_http, false},
});

}  // namespace

std::span<const Benchmark> benchmarks() { return kBenchmarks; }

}  // namespace gateway::bench
