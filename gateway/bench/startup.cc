#include "gateway/bench/benchmarks.h"
#include "gateway/bench/books.h"
#include "gateway/bench/machine.h"
#include "gateway/service/verify_book.h"

namespace gateway::bench {

core::Result<> bench_startup(const Options& options) {
  TRY(const std::string folder, closed_book(options, options.records));
  core::SystemClock clock;
  drop_cached(folder);
  const Stopwatch opening;
  TRY(auto book, service::Book::open({folder}, clock));
  const std::uint64_t open_micros = opening.micros();
  TRY(const std::uint64_t size, size_of(*book));
  book.reset();
  drop_cached(folder);
  service::VerifyOptions verification;
  verification.folder.root = folder;
  const Stopwatch verifying;
  TRY(const auto outcome, service::verify_book(verification));
  const std::uint64_t verify_micros = verifying.micros();
  TRY(require_clean(outcome.report));
  Line line("startup");
  line.add("cache", "cold")
      .add("records", size)
      .add("open_ms", open_micros / 1000)
      .add("verify_ms", verify_micros / 1000)
      .add("percent", ratio(100 * open_micros, verify_micros));
  options.print(line.text());
  return core::ok();
}

}  // namespace gateway::bench
