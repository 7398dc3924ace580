#include <algorithm>
#include <cstdio>
#include <optional>

#include "gateway/bench/benchmarks.h"
#include "gateway/bench/folder.h"
#include "gateway/bench/machine.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"

namespace gateway::cli {
namespace {

bool is_wanted(const std::string& name, const bench::Benchmark& benchmark) {
  return name == bench::kAll ? benchmark.in_all : name == benchmark.name;
}

core::Result<> run_named(const std::string& name, const bench::Options& options) {
  for (const bench::Benchmark& benchmark : bench::benchmarks()) {
    if (!is_wanted(name, benchmark)) continue;
    TRY(benchmark.run(options));
  }
  return core::ok();
}

core::Result<std::optional<bench::Folder>> folder_for(const BenchArguments& arguments) {
  const bool on_disk = std::ranges::any_of(bench::benchmarks(), [&](const auto& benchmark) {
    return benchmark.on_disk && is_wanted(arguments.name, benchmark);
  });
  if (!on_disk) return std::optional<bench::Folder>();
  TRY(auto folder, bench::Folder::open(arguments.data));
  return std::optional<bench::Folder>(std::move(folder));
}

}  // namespace

int run_bench(const BenchArguments& arguments) {
  int code = 0;
  const auto folder = folder_for(arguments);
  if (failed(folder, code)) return code;
  bench::Options options;
  options.records = arguments.records;
  options.batches = arguments.batches;
  options.investors = arguments.investors;
  options.listed = arguments.listed;
  options.file = arguments.file;
  options.print = [](std::string_view line) {
    print(std::string(line) + "\n");
    std::fflush(stdout);
  };
  if (folder.value()) options.folder = folder.value()->path();
  if (folder.value() && bench::lies_in_memory(options.folder)) {
    std::fprintf(stderr,
                 "tally: warning: %s lies in memory, where a sync costs nothing; these figures say "
                 "nothing about a disk\n",
                 options.folder.c_str());
  }
  failed(run_named(arguments.name, options), code);
  return code;
}

}  // namespace gateway::cli
