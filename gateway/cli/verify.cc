#include <chrono>

#include "core/files.h"
#include "core/json.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/queries.h"
#include "gateway/service/verify_book.h"

namespace gateway::cli {
namespace {

using core::json::Array;
using core::json::Object;

std::uint64_t per_second(std::uint64_t count, std::chrono::steady_clock::duration took) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  return micros <= 0 ? count : count * 1'000'000 / static_cast<std::uint64_t>(micros);
}

void print_json(const service::VerifyOutcome& outcome, std::uint64_t rate) {
  const auto number = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
  Array findings;
  for (const core::Error& finding : outcome.report.findings) {
    findings.push_back(service::problem_to_json(finding));
  }
  Object out{{"verified", outcome.report.clean()},
             {"records", number(outcome.report.records)},
             {"root", core::to_base64(outcome.report.root.bytes)},
             {"records_per_second", number(rate)},
             {"files_checked", number(outcome.files_checked)},
             {"torn_tail", outcome.torn_tail},
             {"self_consistent_only", outcome.self_consistent_only},
             {"findings", std::move(findings)}};
  if (outcome.recomputed_commands) {
    out.emplace_back("recomputed_commands", number(*outcome.recomputed_commands));
  }
  print(core::json::print_pretty(out));
}

void print_text(const service::VerifyOutcome& outcome, std::uint64_t rate) {
  for (const core::Error& finding : outcome.report.findings) {
    print("DAMAGED " + core::to_string(finding) + "\n");
  }
  if (outcome.torn_tail) {
    print("torn tail: an append was broken off after the last acknowledged record; it is cut when "
          "the book is next opened\n");
  }
  if (outcome.self_consistent_only) {
    print("self-consistent only: give --key or --trusted to check against what you trust\n");
  }
  if (outcome.recomputed_commands) {
    print("recomputed " + std::to_string(*outcome.recomputed_commands) + " commands\n");
  }
  const std::string records = std::to_string(outcome.report.records) + " records";
  if (!outcome.report.clean()) {
    print("NOT VERIFIED: " + std::to_string(outcome.report.findings.size()) + " findings in " +
          records + "\n");
    return;
  }
  print("verified " + records + ", root " + core::to_base64(outcome.report.root.bytes) + ", " +
        std::to_string(rate) + " records/s\n");
}

}  // namespace

int run_verify(const VerifyArguments& arguments) {
  service::VerifyOptions options;
  options.folder.root = arguments.data;
  options.key = arguments.key;
  options.recompute = arguments.recompute;
  int code = 0;
  for (const std::string& path : arguments.trusted) {
    auto note = core::read_file(path, 1u << 20);
    if (failed(note, code)) return code;
    options.trusted_notes.push_back(std::move(note.value()));
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
