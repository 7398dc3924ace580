#include "ledger/verify/verify.h"

#include "core/sha256.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/leaves.h"
#include "gateway/bench/recorder.h"
#include "gateway/service/open_log.h"

namespace gateway::bench {
namespace {

struct Raw {
  std::uint64_t micros = 0;
  std::uint64_t leaf_bytes = 0;
  core::Hash last;
};

// Bare SHA-256 over every leaf and, as the tree does, over as many pairs of hashes.
void hash(core::Sha256& sha256, const ledger::LeafGroup& group, Raw& raw) {
  static constexpr std::uint8_t kLeaf = 0;
  static constexpr std::uint8_t kNode = 1;
  const Stopwatch stopwatch;
  for (std::size_t i = 0; i < group.count(); ++i) {
    const core::Hash leaf = sha256(core::ByteView(&kLeaf, 1), group.leaf(i));
    raw.last = sha256(core::ByteView(&kNode, 1), raw.last.view(), leaf.view());
  }
  raw.micros += stopwatch.micros();
  raw.leaf_bytes += group.leaf_bytes();
}

core::Result<Raw> raw_hash(ledger::Log& log, std::uint64_t size) {
  Raw raw;
  core::Sha256 sha256;
  TRY(for_each_stretch(log, 0, even_groups(0, size, ledger::kGroupRecordsMax),
                       [&](std::span<const ledger::LeafGroup> groups) {
                         for (const ledger::LeafGroup& group : groups) hash(sha256, group, raw);
                         return core::ok();
                       }));
  return raw;
}

}  // namespace

core::Result<> bench_verify(const Options& options) {
  const std::string folder = options.folder + "/verify";
  core::SystemClock clock;
  TRY(auto book, make_book(folder, clock));
  TRY(record_entries(*book, Entries(),
                     {0, options.records / kRecordsPerCommand, ledger::kGroupRecordsMax}));
  book.reset();
  TRY(const auto opened, service::open_log_read_only({folder}));
  const Stopwatch stopwatch;
  const auto report = ledger::verify::verify_log(*opened.log, opened.size, {}, {});
  const std::uint64_t micros = stopwatch.micros();
  if (!report.clean()) return report.findings.front();
  TRY(const Raw raw, raw_hash(*opened.log, opened.size));
  Line line("verify");
  line.add("records", report.records)
      .add("leaf_bytes", raw.leaf_bytes / report.records)
      .add_beside_raw("records_per_second", per_second(report.records, micros),
                      per_second(report.records, raw.micros));
  options.print(line.text());
  return core::ok();
}

}  // namespace gateway::bench
