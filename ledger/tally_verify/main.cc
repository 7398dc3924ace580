#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "ledger/checkpoint.h"
#include "ledger/note.h"
#include "ledger/policy.h"
#include "ledger/proof_file.h"
#include "ledger/tally_verify/history_file.h"
#include "ledger/tally_verify/leaves_file.h"
#include "ledger/tile.h"
#include "ledger/verify/verify.h"

// Checks an exported log without the service and without its store. See docs/verifying.md.
namespace {

constexpr std::string_view kUsage =
    "usage: tally-verify --key VKEY --checkpoint FILE LEAVES\n"
    "       tally-verify --key VKEY [--policy FILE] --proof FILE RECORD\n"
    "       tally-verify --key VKEY --history FILE\n"
    "\n"
    "The first checks a log that was exported with `tally export --format leaves`: each record, the\n"
    "chain, the tree, double entry and the laws, and that they are the records that the signed\n"
    "checkpoint vouches for under a key that you were given. The second checks that one record, a file\n"
    "of its stored bytes, is in the log; with a policy also that its witnesses cosigned. The third\n"
    "checks what `tally history --prove` printed: that these are all of a subject's records up to a\n"
    "size, given that whoever checked the whole log found its index roots right. Exit code 0: all\n"
    "holds; 1: it does not; 2: wrong usage.\n";

struct Arguments {
  std::string key;
  std::string checkpoint;
  std::string policy;
  std::string proof;
  std::string history;
  std::string file;  // Leaves, or a record.
};

bool read_arguments(const std::vector<std::string>& words, Arguments& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string* value = words[i] == "--key"          ? &out.key
                         : words[i] == "--checkpoint" ? &out.checkpoint
                         : words[i] == "--policy"     ? &out.policy
                         : words[i] == "--proof"      ? &out.proof
                         : words[i] == "--history"    ? &out.history
                                                      : nullptr;
    if (value != nullptr && i + 1 < words.size()) {
      *value = words[++i];
    } else if (out.file.empty() && !words[i].starts_with("--")) {
      out.file = words[i];
    } else {
      return false;
    }
  }
  const bool is_log = !out.checkpoint.empty() && out.proof.empty() && out.policy.empty();
  const bool is_record = !out.proof.empty() && out.checkpoint.empty();
  const bool is_history = out.checkpoint.empty() && out.proof.empty() && out.policy.empty();
  if (out.key.empty()) return false;
  return out.history.empty() ? !out.file.empty() && (is_log || is_record)
                             : out.file.empty() && is_history;
}

core::Result<ledger::Checkpoint> verify_record(const Arguments& arguments) {
  TRY(const auto key, ledger::parse_verifier_key(arguments.key));
  TRY(const std::string proof, core::read_file(arguments.proof, ledger::kProofFileBytesMax));
  TRY(const std::string record, core::read_file(arguments.file, ledger::kEntryBytesMax));
  TRY(auto checkpoint, ledger::verify_proof_file(proof, core::as_bytes(record), key));
  if (arguments.policy.empty()) return checkpoint;
  TRY(const std::string text, core::read_file(arguments.policy, ledger::kPolicyBytesMax));
  TRY(const auto policy, ledger::Policy::parse(text));
  return ledger::verify_proof_file(proof, core::as_bytes(record), policy, key);
}

int check_history(const Arguments& arguments) {
  const auto proven = [&]() -> core::Result<ledger::completeness::ProvenHistory> {
    TRY(const auto key, ledger::parse_verifier_key(arguments.key));
    return ledger::tally_verify::check_history_file(arguments.history, key);
  }();
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

int check_record(const Arguments& arguments) {
  const auto checkpoint = verify_record(arguments);
  if (!checkpoint) {
    std::fprintf(stderr, "tally-verify: %s\n", core::to_string(checkpoint.error()).c_str());
    return 1;
  }
  std::printf("the record is in %s, which had %llu records then, root %s\n",
              checkpoint.value().origin.c_str(),
              static_cast<unsigned long long>(checkpoint.value().size),
              core::to_base64(checkpoint.value().root.bytes).c_str());
  return 0;
}

core::Result<ledger::verify::Report> verify(const Arguments& arguments) {
  TRY(const auto key, ledger::parse_verifier_key(arguments.key));
  TRY(const std::string note, core::read_file(arguments.checkpoint, 1u << 20));
  const std::vector<ledger::VerifierKey> known{key};
  TRY(const auto checkpoint, ledger::open_checkpoint(note, known));
  TRY(const auto log, ledger::tally_verify::open_leaves_file(arguments.file));
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
  if (!arguments.proof.empty()) return check_record(arguments);
  if (!arguments.history.empty()) return check_history(arguments);
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
