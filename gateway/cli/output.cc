#include "gateway/cli/output.h"

#include <cstdio>

namespace gateway::cli {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int fail(const core::Error& error) {
  std::fprintf(stderr, "tally: %s\n", core::to_string(error).c_str());
  return 1;
}

}  // namespace gateway::cli
