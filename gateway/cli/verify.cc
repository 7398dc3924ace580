#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

#include "core/files.h"
#include "core/json.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/queries.h"
#include "gateway/service/verify_book.h"
#include "ledger/note.h"
#include "ledger/proof_file.h"

namespace gateway::cli {
namespace {

using core::json::Array;
using core::json::Object;

std::uint64_t per_second(std::uint64_t count, std::chrono::steady_clock::duration took) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  return micros <= 0 ? count : count * 1'000'000 / static_cast<std::uint64_t>(micros);
}

core::json::Value vault_to_json(const service::VaultOutcome& vault) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  if (vault.locked) return Object{{"locked", service::problem_to_json(*vault.locked)}};
  return Object{{"locked", nullptr},
                {"names", number(vault.names)},
                {"texts", number(vault.texts)},
                {"commitments_kept", number(vault.commitments_kept)},
                {"commitments_erased", number(vault.commitments_erased)},
                {"erasures", number(vault.erasures)}};
}

void print_vault(const service::VaultOutcome& vault) {
  if (vault.locked) {
    print("vault: locked, not checked: " + core::to_string(*vault.locked) + "\n");
    return;
  }
  if (vault.commitments_kept + vault.commitments_erased + vault.erasures == 0) return;
  print("vault: " + std::to_string(vault.commitments_kept) + " commitments kept, " +
        std::to_string(vault.commitments_erased) + " erased, by " + std::to_string(vault.erasures) +
        " erasures\n");
}

void print_json(const service::VerifyOutcome& outcome, std::uint64_t rate) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  Array findings;
  for (const core::Error& finding : outcome.report.findings) {
    findings.push_back(service::problem_to_json(finding));
  }
  Array rebuildable;
  for (const core::Error& finding : outcome.report.rebuildable) {
    rebuildable.push_back(service::problem_to_json(finding));
  }
  Object out{{"verified", outcome.report.clean()},
             {"records", number(outcome.report.records)},
             {"root", core::to_base64(outcome.report.root.bytes)},
             {"records_per_second", number(rate)},
             {"files_checked", number(outcome.files_checked)},
             {"documents_checked", number(outcome.documents_checked)},
             {"torn_tail", outcome.torn_tail},
             {"signer_slot_damaged", outcome.signer_slot_damaged},
             {"restored", outcome.restored},
             {"self_consistent_only", outcome.self_consistent_only},
             {"runs_compared", number(outcome.report.runs_compared)},
             {"snapshot_compared", outcome.report.snapshot_compared},
             {"index_roots", number(outcome.report.index_roots)},
             {"findings_count", number(outcome.report.findings_count)},
             {"findings", std::move(findings)},
             {"rebuildable", std::move(rebuildable)}};
  if (outcome.access.present || outcome.access_anchors > 0) {
    out.emplace_back("access", Object{{"present", outcome.access.present},
                                      {"records", number(outcome.access.records)},
                                      {"waiting", number(outcome.access.waiting)},
                                      {"anchors", number(outcome.access_anchors)},
                                      {"former_anchors", number(outcome.access_former)}});
  }
  if (outcome.vault) out.emplace_back("vault", vault_to_json(*outcome.vault));
  if (outcome.report.open_batch) out.emplace_back("open_batch", number(*outcome.report.open_batch));
  if (outcome.since) out.emplace_back("since", number(*outcome.since));
  if (outcome.recomputed_commands) {
    out.emplace_back("recomputed_commands", number(*outcome.recomputed_commands));
    Array differences;
    for (const service::RecordDifference& difference : outcome.differences) {
      differences.push_back(service::to_json(difference));
    }
    out.emplace_back("differences_count", number(outcome.differences_count));
    out.emplace_back("differences", std::move(differences));
  }
  print(core::json::print_pretty(out));
}

void print_access(const service::VerifyOutcome& outcome) {
  const std::string anchors = std::to_string(outcome.access_anchors) + " anchors";
  if (outcome.access.present) {
    print("log of reads: " + std::to_string(outcome.access.records) + " records, " + anchors +
          ", " + std::to_string(outcome.access.waiting) + " entries wait in the spool" +
          (outcome.access.torn ? ", whose last append was broken off" : "") + "\n");
    if (outcome.access_former > 0) {
      print("log of reads: " + std::to_string(outcome.access_former) +
            " anchors are of logs before it, which are not here\n");
    }
  } else if (outcome.access_anchors > 0) {
    print("log of reads: not here; " + anchors + " in the book were not checked\n");
  }
}

// All that are kept; a finding of its own each.
void print_differences(const service::VerifyOutcome& outcome) {
  if (outcome.differences_count == 0) return;
  print("recomputed: " + std::to_string(outcome.differences_count) +
        " records do not follow, the first is seq " +
        std::to_string(outcome.differences.front().seq) + "\n");
  for (const service::RecordDifference& difference : outcome.differences) {
    print("DOES NOT FOLLOW seq " + std::to_string(difference.seq) + ": " +
          service::to_text(difference) + "\n");
  }
  const std::uint64_t more = outcome.differences_count - outcome.differences.size();
  if (more > 0) print(std::to_string(more) + " more do not follow and are not shown\n");
}

void print_text(const service::VerifyOutcome& outcome, std::uint64_t rate) {
  for (const core::Error& finding : outcome.report.findings) {
    // Told with all others below.
    if (finding.reason == "recompute" && finding.at.starts_with("seq ")) continue;
    print("DAMAGED " + core::to_string(finding) + "\n");
  }
  for (const core::Error& finding : outcome.report.rebuildable) {
    print("REBUILDABLE " + core::to_string(finding) + "\n");
  }
  if (outcome.report.open_batch) {
    print("open batch from " + std::to_string(*outcome.report.open_batch) +
          ": a crash broke it off; it has no effect and is voided when the book is next opened\n");
  }
  if (outcome.torn_tail) {
    print(
        "torn tail: an append was broken off after the last acknowledged record; it is cut when "
        "the book is next opened\n");
  }
  if (outcome.signer_slot_damaged) {
    print(
        "signer's memory: one of its two copies is not whole; a crash broke it off or it was "
        "altered. The other one counts, and the next write replaces it\n");
  }
  if (outcome.restored) {
    print(
        "restored from a backup: whether more was signed since, only the signer's memory tells\n");
  }
  if (outcome.self_consistent_only) {
    print("self-consistent only: give --key or --trusted to check against what you trust\n");
  }
  if (outcome.since) {
    print("incremental: the records before " + std::to_string(*outcome.since) +
          " were trusted; balances, subjects' numbers and request ids were not checked\n");
  }
  if (outcome.recomputed_commands) {
    print("recomputed " + std::to_string(*outcome.recomputed_commands) + " commands\n");
    print_differences(outcome);
  }
  if (outcome.report.index_roots > 0 && outcome.report.clean()) {
    print("index roots: " + std::to_string(outcome.report.index_roots) + ", all right\n");
  }
  print_access(outcome);
  if (outcome.vault) print_vault(*outcome.vault);
  const std::string records = std::to_string(outcome.report.records) + " records";
  if (!outcome.report.clean()) {
    const std::uint64_t shown = outcome.report.findings.size();
    const std::uint64_t more =
        outcome.report.findings_count - std::min(outcome.report.findings_count, shown);
    print("NOT VERIFIED: " + std::to_string(outcome.report.findings_count) + " findings in " +
          records + (more > 0 ? ", " + std::to_string(more) + " not shown" : "") +
          (outcome.report.rebuildable.empty()
               ? ""
               : "; " + std::to_string(outcome.report.rebuildable.size()) +
                     " rebuildable: tally doctor --rebuild") +
          "\n");
    return;
  }
  print("verified " + records + ", root " + core::to_base64(outcome.report.root.bytes) + ", " +
        std::to_string(rate) + " records/s\n");
}

// A line on the terminal, once a second, for who waits there.
std::function<void(std::uint64_t)> progress_on_terminal() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  const auto begin = std::chrono::steady_clock::now();
  return [begin, last = begin](std::uint64_t records) mutable {
    const auto now = std::chrono::steady_clock::now();
    if (now - last < std::chrono::seconds(1)) return;
    last = now;
    std::fprintf(stderr, "\r%llu records, %llu records/s ",
                 static_cast<unsigned long long>(records),
                 static_cast<unsigned long long>(per_second(records, now - begin)));
  };
}

}  // namespace

core::Result<std::vector<std::string>> read_notes(const std::vector<std::string>& paths) {
  std::vector<std::string> notes;
  for (const std::string& path : paths) {
    TRY(auto text, core::read_file(path, ledger::kProofFileBytesMax));
    // A receipt's proof ends with the note that covers it.
    auto proof = ledger::parse_proof_file(text);
    notes.push_back(proof ? std::move(proof.value().checkpoint) : std::move(text));
  }
  return notes;
}

core::Result<ledger::Policy> read_policy(const std::string& path) {
  TRY(const std::string text, core::read_file(path, ledger::kPolicyBytesMax));
  auto policy = ledger::Policy::parse(text);
  if (!policy) return std::move(policy.error()).within(path);
  return policy;
}

int run_verify(const VerifyArguments& arguments) {
  service::VerifyOptions options;
  options.folder.root = arguments.data;
  options.key = arguments.key;
  options.root_key = arguments.root_key;
  options.recompute = arguments.recompute;
  options.quick = arguments.quick;
  options.progress = progress_on_terminal();
  int code = 0;
  auto notes = read_notes(arguments.trusted);
  if (failed(notes, code)) return code;
  options.trusted_notes = std::move(notes.value());
  if (!arguments.policy.empty()) {
    auto policy = read_policy(arguments.policy);
    if (failed(policy, code)) return code;
    options.policy = std::move(policy.value());
  }
  if (!arguments.since.empty()) {
    auto since = read_notes({arguments.since});
    if (failed(since, code)) return code;
    options.since = std::move(since.value().front());
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto outcome = service::verify_book(options);
  if (failed(outcome, code)) return code;
  const std::uint64_t rate =
      per_second(outcome.value().report.records, std::chrono::steady_clock::now() - begin);
  if (arguments.json) {
    print_json(outcome.value(), rate);
  } else {
    print_text(outcome.value(), rate);
  }
  return outcome.value().report.clean() ? 0 : 1;
}

}  // namespace gateway::cli
