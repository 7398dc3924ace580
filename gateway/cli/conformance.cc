#include "gateway/conformance/conformance.h"

#include <cstdio>
#include <iostream>

#include "core/check.h"
#include "gateway/cli/lines.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"

namespace gateway::cli {

int run_conformance(const ConformanceArguments& arguments) {
  const auto* const operation = conformance::find_operation(arguments.operation);
  CHECK(operation != nullptr);  // The command line takes no other.
  std::string line;
  while (read_line(std::cin, conformance::kLineBytesMax, line)) {
    print(conformance::answer_line(*operation, line) + "\n");
    // Who asks through a pipe, one line after the other, waits for each answer.
    if (std::fflush(stdout) != 0) break;
  }
  return 0;
}

}  // namespace gateway::cli
