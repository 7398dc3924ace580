#pragma once

#include <string>

#include "core/result.h"
#include "gateway/cli/options.h"

namespace gateway::cli {

// Figures are printed as "name key=value ...", a line a measurement; each stands beside the raw limit
// that the same bytes reach in the same run. Source: docs/performance.md.

// Records commands of four postings over 10,000 accounts through the book, in groups of up to each
// batch size, and beside it the same leaf bytes as bare synced RocksDB batches, one key each.
core::Result<> bench_ingest(const BenchArguments& arguments, const std::string& folder);

// Verifies such a book, and beside it hashes the same leaf and node bytes with bare SHA-256.
core::Result<> bench_verify(const BenchArguments& arguments, const std::string& folder);

}  // namespace gateway::cli
