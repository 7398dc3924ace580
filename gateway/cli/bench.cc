#include <cstdio>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/folder.h"
#include "gateway/bench/machine.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"

namespace gateway::cli {
namespace {

core::Result<> run_named(const std::string& name, const bench::Options& options) {
  for (const bench::Benchmark& benchmark : bench::benchmarks()) {
    const bool wanted = name == bench::kAll ? benchmark.in_all : name == benchmark.name;
    if (!wanted) continue;
    TRY(benchmark.run(options));
  }
  return core::ok();
}

}  // namespace

int run_bench(const BenchArguments& arguments) {
  int code = 0;
  const auto folder = bench::Folder::open(arguments.data);
  if (failed(folder, code)) return code;
  bench::Options options;
  options.folder = folder.value().path();
  options.records = arguments.records;
  options.batches = arguments.batches;
  options.investors = arguments.investors;
  options.print = [](std::string_view line) {
    print(std::string(line) + "\n");
    std::fflush(stdout);
  };
  if (bench::lies_in_memory(options.folder)) {
    std::fprintf(stderr,
                 "tally: warning: %s lies in memory, where a sync costs nothing; these figures say "
                 "nothing about a disk\n",
                 options.folder.c_str());
  }
  failed(run_named(arguments.name, options), code);
  return code;
}

}  // namespace gateway::cli
