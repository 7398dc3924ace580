#include "core/check.h"
#include "gateway/bench/benchmarks.h"
#include "gateway/bench/folder.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"

namespace gateway::cli {

int run_bench(const BenchArguments& arguments) {
  int code = 0;
  const auto folder = bench::Folder::open(arguments.data);
  if (failed(folder, code)) return code;
  bench::Options options;
  options.folder = folder.value().path();
  options.records = arguments.records;
  options.batches = arguments.batches;
  options.print = [](std::string_view line) { print(std::string(line) + "\n"); };
  const bench::Benchmark* benchmark = bench::find_benchmark(arguments.name);
  CHECK(benchmark != nullptr);
  failed(benchmark->run(options), code);
  return code;
}

}  // namespace gateway::cli
