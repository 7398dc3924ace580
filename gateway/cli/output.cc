#include "gateway/cli/output.h"

#include <cstdio>

namespace gateway::cli {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int finish_output(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  return fail(core::unavailable("output", "standard output",
                                "Not everything could be written; what was written is not whole."));
}

int fail(const core::Error& error) {
  std::fprintf(stderr, "tally: %s\n", core::to_string(error).c_str());
  return 1;
}

int finish(const core::Result<>& done) { return done ? 0 : fail(done.error()); }

}  // namespace gateway::cli
