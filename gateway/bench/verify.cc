#include "ledger/verify/verify.h"

#include <algorithm>
#include <thread>

#include "core/check.h"
#include "core/sha256.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/books.h"
#include "gateway/bench/leaves.h"
#include "gateway/service/open_log.h"
#include "gateway/service/recompute.h"
#include "gateway/service/verify_book.h"
#include "ledger/checkpoint.h"

namespace gateway::bench {
namespace {

constexpr std::uint64_t kSignatures = 20000;

struct Raw {
  std::uint64_t micros = 0;
  std::uint64_t leaf_bytes = 0;
};

// Bare SHA-256 over every leaf and, as the tree does, over as many pairs of hashes.
core::Hash hash_groups(std::span<const ledger::LeafGroup> groups, std::size_t first,
                       std::size_t step) {
  static constexpr std::uint8_t kLeaf = 0;
  static constexpr std::uint8_t kNode = 1;
  core::Sha256 sha256;
  core::Hash last;
  for (std::size_t g = first; g < groups.size(); g += step) {
    for (std::size_t i = 0; i < groups[g].count(); ++i) {
      const core::Hash leaf = sha256(core::ByteView(&kLeaf, 1), groups[g].leaf(i));
      last = sha256(core::ByteView(&kNode, 1), last.view(), leaf.view());
    }
  }
  return last;
}

// The leaves are in memory, and every core hashes its part of them.
core::Result<Raw> raw_hash(ledger::Log& log, std::uint64_t size, unsigned threads) {
  Raw raw;
  std::vector<core::Hash> results(threads);  // Used, so that no work can be left out.
  TRY(for_each_stretch(log, 0, even_groups(0, size, ledger::kGroupRecordsMax),
                       [&](std::span<const ledger::LeafGroup> groups) {
                         std::vector<std::thread> running;
                         const Stopwatch stopwatch;
                         for (unsigned t = 0; t < threads; ++t) {
                           running.emplace_back(
                               [&, t] { results[t] = hash_groups(groups, t, threads); });
                         }
                         for (std::thread& thread : running) thread.join();
                         raw.micros += stopwatch.micros();
                         for (const ledger::LeafGroup& group : groups)
                           raw.leaf_bytes += group.leaf_bytes();
                         return core::ok();
                       }));
  CHECK(std::ranges::any_of(results, [](const core::Hash& hash) { return hash != core::Hash{}; }));
  return raw;
}

Line verify_line(std::string_view what, std::uint64_t records, const Raw& raw) {
  Line line("verify");
  line.add("what", what).add("records", records).add("leaf_bytes", raw.leaf_bytes / records);
  return line;
}

// Chain and tree from the stored bytes: what verify --quick does besides the files' checksums.
core::Result<> measure_quick(const Options& options, ledger::Log& log, std::uint64_t size,
                             const Raw& raw, unsigned threads) {
  ledger::verify::Options quick;
  quick.quick = true;
  const Stopwatch stopwatch;
  const auto report = ledger::verify::verify_log(log, size, {}, {}, std::move(quick));
  const std::uint64_t micros = stopwatch.micros();
  TRY(require_clean(report));
  Line line = verify_line("chain_and_tree", report.records, raw);
  line.add("cores", threads)
      .add_beside_raw("records_per_second", per_second(report.records, micros),
                      per_second(report.records, raw.micros));
  options.print(line.text());
  return core::ok();
}

// All that tally verify does.
core::Result<> measure_full(const Options& options, const std::string& folder, const Raw& raw,
                            unsigned threads) {
  service::VerifyOptions verification;
  verification.folder.root = folder;
  const Stopwatch stopwatch;
  TRY(const auto outcome, service::verify_book(verification));
  const std::uint64_t micros = stopwatch.micros();
  TRY(require_clean(outcome.report));
  Line line = verify_line("full", outcome.report.records, raw);
  line.add("cores", threads)
      .add_beside_raw("records_per_second", per_second(outcome.report.records, micros),
                      per_second(outcome.report.records, raw.micros));
  options.print(line.text());
  return core::ok();
}

core::Result<> measure_recompute(const Options& options, ledger::Log& log, std::uint64_t size,
                                 const Raw& raw) {
  const Stopwatch stopwatch;
  TRY(const auto again, service::recompute(log, size));
  const std::uint64_t micros = stopwatch.micros();
  if (!again.differences.empty()) return service::to_error(again.differences.front());
  Line line = verify_line("recompute", size, raw);
  line.add("commands", again.commands)
      .add_beside_raw("records_per_second", per_second(size, micros), per_second(size, raw.micros));
  options.print(line.text());
  return core::ok();
}

// Opening signed checkpoints, beside bare Ed25519 over the same text.
core::Result<> measure_signatures(const Options& options, const std::string& note,
                                  const core::SigningKey& key, const ledger::VerifierKey& known) {
  const std::vector<ledger::VerifierKey> keys{known};
  const Stopwatch stopwatch;
  for (std::uint64_t i = 0; i < kSignatures; ++i) {
    TRY(ledger::open_checkpoint(note, keys));
  }
  const std::uint64_t micros = stopwatch.micros();
  const core::ByteView text = core::as_bytes(note).first(note.find("\n\n") + 1);
  const core::Signature signature = key.sign(text);
  bool valid = true;
  const Stopwatch raw;
  for (std::uint64_t i = 0; i < kSignatures; ++i) {
    valid = valid && core::verify_signature(known.key, text, signature);
  }
  const std::uint64_t raw_micros = raw.micros();
  CHECK(valid);
  Line line("verify");
  line.add("what", "signatures")
      .add("signatures", kSignatures)
      .add_beside_raw("signatures_per_second", per_second(kSignatures, micros),
                      per_second(kSignatures, raw_micros));
  options.print(line.text());
  return core::ok();
}

core::Result<> measure_signatures(const Options& options) {
  const auto key = core::SigningKey::from_seed({1, 2, 3});
  TRY(const auto signer, ledger::NoteSigner::create("ledger.example/bench", key));
  TRY(const std::string note,
      ledger::sign_checkpoint({signer.name(), 1'000'000, core::sha256({})}, signer));
  return measure_signatures(options, note, key, signer.verifier_key());
}

}  // namespace

core::Result<> bench_verify(const Options& options) {
  TRY(const std::string folder, closed_book(options, options.records));
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  TRY(const auto opened, service::open_log_read_only({folder}));
  TRY(const Raw raw, raw_hash(*opened.log, opened.size, threads));
  TRY(measure_quick(options, *opened.log, opened.size, raw, threads));
  TRY(measure_full(options, folder, raw, threads));
  TRY(measure_recompute(options, *opened.log, opened.size, raw));
  return measure_signatures(options);
}

}  // namespace gateway::bench
