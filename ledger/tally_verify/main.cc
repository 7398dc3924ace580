#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"
#include "ledger/tally_verify/leaves_file.h"
#include "ledger/verify/verify.h"

// Checks an exported log without the service and without its store. See docs/verifying.md.
namespace {

constexpr std::string_view kUsage =
    "usage: tally-verify --key VKEY --checkpoint FILE LEAVES\n"
    "\n"
    "Checks a log that was exported with `tally export --format leaves`: each record, the chain, the\n"
    "tree, double entry and the laws, and that they are the records that the signed checkpoint vouches\n"
    "for under a key that you were given. Exit code 0: all holds; 1: it does not; 2: wrong usage.\n";

struct Arguments {
  std::string key;
  std::string checkpoint;
  std::string leaves;
};

bool read_arguments(const std::vector<std::string>& words, Arguments& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--key" && i + 1 < words.size()) {
      out.key = words[++i];
    } else if (words[i] == "--checkpoint" && i + 1 < words.size()) {
      out.checkpoint = words[++i];
    } else if (out.leaves.empty() && !words[i].starts_with("--")) {
      out.leaves = words[i];
    } else {
      return false;
    }
  }
  return !out.key.empty() && !out.checkpoint.empty() && !out.leaves.empty();
}

core::Result<ledger::verify::Report> verify(const Arguments& arguments) {
  TRY(const auto key, ledger::parse_verifier_key(arguments.key));
  TRY(const std::string note, core::read_file(arguments.checkpoint, 1u << 20));
  const std::vector<ledger::VerifierKey> known{key};
  TRY(const auto checkpoint, ledger::open_checkpoint(note, known));
  TRY(const auto log, ledger::tally_verify::open_leaves_file(arguments.leaves));
  TRY(const ledger::LogState state, log->state());
  return ledger::verify::verify_log(*log, state.size,
                                    {{checkpoint.size, checkpoint.root, "checkpoint"}}, {});
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!read_arguments({argv + 1, argv + argc}, arguments)) {
    std::fputs(kUsage.data(), stderr);
    return 2;
  }
  const auto report = verify(arguments);
  if (!report) {
    std::fprintf(stderr, "tally-verify: %s\n", core::to_string(report.error()).c_str());
    return 1;
  }
  for (const core::Error& finding : report.value().findings) {
    std::printf("DAMAGED %s\n", core::to_string(finding).c_str());
  }
  if (!report.value().clean()) {
    std::printf("NOT VERIFIED: %llu findings in %llu records\n",
                static_cast<unsigned long long>(report.value().findings_count),
                static_cast<unsigned long long>(report.value().records));
    return 1;
  }
  std::printf("verified %llu records, root %s\n",
              static_cast<unsigned long long>(report.value().records),
              core::to_base64(report.value().root.bytes).c_str());
  return 0;
}
