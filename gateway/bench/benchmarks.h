#pragma once

#include <span>
#include <string_view>

#include "core/result.h"
#include "gateway/bench/options.h"

// Figures are printed as "name key=value ...", a line a measurement; each stands beside the raw
// limit that the same bytes reach in the same run. Source: docs/performance.md.
namespace gateway::bench {

// Records commands of four postings over 10,000 accounts through the book, in groups of up to each
// batch size, and beside it the same leaf bytes as bare synced RocksDB batches, one key each.
core::Result<> bench_ingest(const Options& options);

// Single commands, each waited for, and beside them the same leaves as bare synced batches; then
// what a client sees while a pool of many investors rolls over.
core::Result<> bench_latency(const Options& options);

// Verifies a book: chain and tree, everything, and every decision again, each beside bare SHA-256
// over the same leaf and node bytes on all cores; then signatures, beside bare Ed25519.
core::Result<> bench_verify(const Options& options);

// 1,000 clients that send one command each and wait for its receipt before the next: in this
// process, over as many Thrift connections, over as many HTTP connections. How many share an fsync.
core::Result<> bench_clients(const Options& options);

// The same commands in requests of 1,000 over four real connections, beside their ingest in this
// process: what the way in costs.
core::Result<> bench_rpc(const Options& options);
core::Result<> bench_http(const Options& options);

// Balances as of any record and pages of history, cold and warm, in books of ten thousand records
// and ten, a hundred, ... times as many.
core::Result<> bench_reads(const Options& options);

// Inclusion proofs of any record, beside point reads of as many tiles in a bare RocksDB.
core::Result<> bench_proofs(const Options& options);

// Opening a closed book, beside the full verification of it.
core::Result<> bench_startup(const Options& options);

// The rollover that ends a period, with fees and marks, durable, of pools of ten thousand investors
// and ten, a hundred, ... times as many, beside the same leaves as bare synced RocksDB batches.
core::Result<> bench_rollover(const Options& options);

// Such a pool's records folded into the engine's state, and into books and state, beside decoding
// the same records alone.
core::Result<> bench_replay(const Options& options);

// A fill shared over 1,000 and 10,000 accounts of a group: the decision alone, without storage,
// beside a bare loop of exact 128-bit multiply-divides over the same weights.
core::Result<> bench_allocate(const Options& options);

// Deals through a tree of three partners: what the engine decides, without journal and disk, beside
// the same deals' bare exact arithmetic and the encoding of their records.
core::Result<> bench_partners(const Options& options);

// A file of labelled pairs of names: precision, recall and F1 at the fixed threshold, by category.
core::Result<> bench_names(const Options& options);

// Made-up subjects screened against half as many made-up listed names: by the index, and on a
// sample against every name; what the index is faster by, and what it loses.
core::Result<> bench_screening(const Options& options);

// A rule pack's file: decisions on 1,000 and 10,000 managers by it, beside the bytes and digests of
// their records; what each order asks, what ticks cost, and the queue of cases.
core::Result<> bench_gate(const Options& options);

struct Benchmark {
  std::string_view name;
  core::Result<> (*run)(const Options& options);
  bool in_all = true;   // Those that make books of their own are run by name alone.
  bool on_disk = true;  // Others need no folder.
};

// In the order in which they are listed and run.
std::span<const Benchmark> benchmarks();
// The name that stands for all that are in it.
inline constexpr std::string_view kAll = "all";

}  // namespace gateway::bench
