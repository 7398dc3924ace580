#include <filesystem>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/books.h"
#include "gateway/service/book.h"
#include "ledger/index/store.h"
#include "ledger/store/raw_store.h"

namespace gateway::bench {
namespace {

constexpr std::uint64_t kProofs = 20000;
// A proof crosses two tiles of the record's own segment: the one of its leaf and the one above.
// What is higher is in memory, and so is the segment that grows.
constexpr std::uint64_t kTilesPerProof = 2;
constexpr std::uint64_t kTilesPerSegment = 257;
constexpr std::size_t kTileBytes = (256 + 16) * 32;
constexpr std::uint64_t kTilesAtOnce = 400;

std::uint64_t random_record(std::uint64_t i, std::uint64_t size) { return scramble(i + 1) % size; }

core::Result<std::uint64_t> proof_micros(const std::string& folder, std::uint64_t& size) {
  TRY(const auto book, service::ReadOnlyBook::open({folder}));
  std::uint64_t micros = 0;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    size = view.size;
    // Once through, so that what follows is warm, as the raw reads are.
    for (int round = 0; round < 2; ++round) {
      const Stopwatch stopwatch;
      for (std::uint64_t i = 0; i < kProofs; ++i) {
        TRY(view.index.inclusion_proof(random_record(i, size), size));
      }
      micros = stopwatch.micros();
    }
    return core::ok();
  }));
  return micros;
}

// As many tiles of the same size as the book has, of bytes that no compression makes smaller.
core::Result<ledger::store::RawStore> write_tiles(const std::string& path, std::uint64_t tiles) {
  TRY(auto store, ledger::store::RawStore::create(path));
  core::Bytes tile(kTileBytes);
  std::uint64_t next = 0;
  for (std::uint64_t written = 0; written < tiles;) {
    ledger::LeafGroup group;
    for (; group.count() < kTilesAtOnce && written < tiles; ++written) {
      for (std::uint8_t& byte : tile) byte = static_cast<std::uint8_t>(scramble(++next) >> 40);
      group.add(tile);
    }
    TRY(store.write(group));
  }
  TRY(store.flush());
  return store;
}

core::Result<std::uint64_t> raw_micros(const std::string& path, std::uint64_t tiles) {
  TRY(const auto store, write_tiles(path, tiles));
  std::uint64_t micros = 0;
  for (int round = 0; round < 2; ++round) {
    const Stopwatch stopwatch;
    for (std::uint64_t i = 0; i < kProofs * kTilesPerProof; ++i) {
      TRY(store.read(random_record(i, tiles)));
    }
    micros = stopwatch.micros();
  }
  return micros;
}

}  // namespace

core::Result<> bench_proofs(const Options& options) {
  TRY(const std::string folder, closed_book(options, options.records));
  std::uint64_t size = 0;
  TRY(const std::uint64_t micros, proof_micros(folder, size));
  const std::uint64_t segments = size / ledger::index::kSegmentRecords;
  const std::string raw_folder = options.folder + "/tiles-raw";
  TRY(const std::uint64_t raw,
      raw_micros(raw_folder, std::max<std::uint64_t>(1, segments) * kTilesPerSegment));
  std::error_code ignored;
  std::filesystem::remove_all(raw_folder, ignored);
  Line line("proofs");
  line.add("cache", "warm")
      .add("records", size)
      .add("proofs", kProofs)
      .add("tiles_per_proof", kTilesPerProof)
      .add("tile_bytes", kTileBytes)
      .add_beside_raw("proofs_per_second", per_second(kProofs, micros), per_second(kProofs, raw));
  options.print(line.text());
  return core::ok();
}

}  // namespace gateway::bench
