#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "ledger/checkpoint.h"
#include "ledger/completeness/history_proof.h"
#include "ledger/note.h"
#include "ledger/tally_verify/leaves_file.h"
#include "ledger/verify/verify.h"

// Checks an exported log without the service and without its store. See docs/verifying.md.
namespace {

constexpr std::string_view kUsage =
    "usage: tally-verify --key VKEY --checkpoint FILE LEAVES\n"
    "       tally-verify --key VKEY --history FILE\n"
    "\n"
    "Checks a log that was exported with `tally export --format leaves`: each record, the chain, the\n"
    "tree, double entry and the laws, and that they are the records that the signed checkpoint vouches\n"
    "for under a key that you were given; and each index root in it.\n"
    "\n"
    "With --history, checks the proof of `tally history --prove`: that these are all of a subject's\n"
    "records up to a size, given that whoever checked the whole log found its index roots right.\n"
    "\n"
    "Exit code 0: all holds; 1: it does not; 2: wrong usage.\n";

struct Arguments {
  std::string key;
  std::string checkpoint;
  std::string leaves;
  std::string history;
};

bool read_arguments(const std::vector<std::string>& words, Arguments& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--key" && i + 1 < words.size()) {
      out.key = words[++i];
    } else if (words[i] == "--checkpoint" && i + 1 < words.size()) {
      out.checkpoint = words[++i];
    } else if (words[i] == "--history" && i + 1 < words.size()) {
      out.history = words[++i];
    } else if (out.leaves.empty() && !words[i].starts_with("--")) {
      out.leaves = words[i];
    } else {
      return false;
    }
  }
  const bool of_log = !out.checkpoint.empty() && !out.leaves.empty();
  const bool of_history = !out.history.empty() && out.checkpoint.empty() && out.leaves.empty();
  return !out.key.empty() && (out.history.empty() ? of_log : of_history);
}

core::Result<ledger::completeness::ProvenHistory> check_history(const Arguments& arguments) {
  TRY(const auto key, ledger::parse_verifier_key(arguments.key));
  std::ifstream file(arguments.history);
  if (!file) return core::not_found("file", arguments.history, "The file cannot be opened.");
  const std::vector<ledger::VerifierKey> known{key};
  ledger::completeness::HistoryProofCheck check(known);
  std::string line;
  // A line beyond what the format allows is not read into memory whole.
  line.resize(ledger::completeness::kHistoryProofLineMax + 2);
  while (file.getline(line.data(), static_cast<std::streamsize>(line.size()))) {
    const auto bytes = static_cast<std::size_t>(file.gcount()) - (file.eof() ? 0 : 1);
    TRY(check.take(std::string_view(line).substr(0, bytes)));
  }
  if (!file.eof()) {
    return core::invalid("history_proof", arguments.history,
                         "A line is longer than any of a history proof, or cannot be read.");
  }
  return check.finish();
}

int report_history(const Arguments& arguments) {
  const auto proven = check_history(arguments);
  if (!proven) {
    std::fprintf(stderr, "tally-verify: %s\n", core::to_string(proven.error()).c_str());
    return 1;
  }
  const auto& history = proven.value();
  std::printf("%s: all %llu records of %s below %llu, by the index root at seq %llu, under the "
              "checkpoint of size %llu\n",
              history.checkpoint.origin.c_str(), static_cast<unsigned long long>(history.records),
              core::to_hex(history.subject).c_str(), static_cast<unsigned long long>(history.size),
              static_cast<unsigned long long>(history.index_root_seq),
              static_cast<unsigned long long>(history.checkpoint.size));
  return 0;
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
  if (!arguments.history.empty()) return report_history(arguments);
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
  if (report.value().index_roots > 0) {
    std::printf("index roots: %llu, all right\n",
                static_cast<unsigned long long>(report.value().index_roots));
  }
  std::printf("verified %llu records, root %s\n",
              static_cast<unsigned long long>(report.value().records),
              core::to_base64(report.value().root.bytes).c_str());
  return 0;
}
