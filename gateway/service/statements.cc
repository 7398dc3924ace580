#include "gateway/service/statements.h"

#include <algorithm>

#include "engine/dispatch/command_bytes.h"
#include "engine/report_commands.h"
#include "engine/report_records.h"
#include "jurisdictions/profiles.h"
#include "reports/statement.h"

namespace gateway::service {
namespace {

// Where the records end that say something besides which reports were issued: the end of the last
// batch that is no report's own.
core::Result<std::uint64_t> facts_end(const BookView& view) {
  TRY(auto batch, view.index.batch_before(view.size));
  ledger::RecordView record;
  while (batch) {
    bool only_report = false;
    TRY(view.log.read(batch->end_seq() - 1, batch->end_seq(),
                      [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
                        TRY(ledger::decode_record(leaf, record));
                        only_report = record.kind == engine::ReportIssued::kKind;
                        return core::ok();
                      }));
    if (!only_report) return batch->end_seq();
    TRY(batch, view.index.batch_before(batch->first_seq));
  }
  return std::uint64_t{0};
}

core::ReportId report_id(const engine::IssueReport& report) {
  const core::Hash hash = core::sha256(core::to_cbor(report));
  core::ReportId id;
  std::copy_n(hash.bytes.begin(), id.bytes.size(), id.bytes.begin());
  return id;
}

core::Result<reports::StatementFiles> render(const BookView& view,
                                             const engine::IssueReport& report) {
  TRY(const auto profile, jurisdictions::find_profile(report.profile));
  reports::StatementRequest request;
  request.structure = *report.structure;
  request.client = *report.client;
  request.from = report.from;
  request.to = report.to;
  request.size = report.size;
  request.language = report.language;
  request.profile = profile;
  const auto is_voided = [&](std::uint64_t seq) { return view.index.is_voided(seq); };
  TRY(const auto statement,
      reports::build_statement(reports::records_of(view.log, is_voided), request));
  return reports::render_statement(statement);
}

struct Draft {
  engine::IssueReport report;
  reports::StatementFiles files;
};

core::Result<Draft> draft_statement(const BookView& view, const StatementParameters& parameters) {
  Draft draft;
  engine::IssueReport& report = draft.report;
  report.name = reports::kStatementName;
  report.version = reports::kStatementVersion;
  report.profile =
      parameters.profile.empty() ? view.genesis.profile : parameters.profile;
  TRY(const auto profile, jurisdictions::find_profile(report.profile));
  report.language =
      parameters.language.empty() ? std::string(profile.language) : parameters.language;
  report.structure = parameters.structure;
  report.client = parameters.client;
  report.from = parameters.from;
  report.to = parameters.to;
  TRY(report.size, facts_end(view));
  report.report = report_id(report);
  TRY(draft.files, render(view, report));
  report.json_digest = draft.files.json_digest;
  report.html_digest = draft.files.html_digest;
  return draft;
}

Submission issue_command(const engine::IssueReport& report, const Caller& caller,
                         const core::PartyId& actor, std::optional<core::Instant> at) {
  Submission submission;
  submission.type = engine::IssueReport::kType;
  submission.client_id = caller.client_id;
  submission.request_id = "report-" + report.report.hex();
  submission.actor = actor;
  submission.actor_authentication = caller.client_id == "local"
                                        ? ledger::Authentication::AssertedLocal
                                        : ledger::Authentication::Token;
  submission.at = at;
  submission.command =
      core::to_cbor(engine::dispatch::CommandBytes{std::nullopt, core::to_cbor(report)});
  return submission;
}

}  // namespace

core::Result<IssuedStatement> issue_statement(ReadableBook& book, const Submit& submit,
                                              const Caller& caller,
                                              const StatementParameters& parameters) {
  if (!caller.actor) return core::invalid("missing_field", "actor", "Name who issues the report.");
  Draft draft;
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    TRY(draft, draft_statement(view, parameters));
    return core::ok();
  }));
  std::vector<Submission> commands{
      issue_command(draft.report, caller, *caller.actor, std::nullopt)};
  const auto answers = submit(std::move(commands));
  if (!answers.front()) return answers.front().error();
  return IssuedStatement{draft.report.report, std::move(draft.files.json),
                         std::move(draft.files.html)};
}

core::Result<IssuedStatement> reproduce_report(ReadableBook& book, const core::ReportId& report) {
  engine::IssueReport issued;
  TRY(book.read_state([&](const engine::State& state) -> core::Result<> {
    const auto found = state.reports.find(report);
    if (found == state.reports.end()) {
      return core::not_found("unknown_report", "report", "No report was issued under this id.");
    }
    issued = found->second;
    return core::ok();
  }));
  if (issued.version != reports::kStatementVersion || !issued.structure || !issued.client) {
    return core::unavailable("report_version", "report",
                             "This program does not make version " +
                                 std::to_string(issued.version) + " of the report.");
  }
  reports::StatementFiles files;
  TRY(book.read([&](const BookView& view) -> core::Result<> {
    TRY(files, render(view, issued));
    return core::ok();
  }));
  if (files.json_digest != issued.json_digest || files.html_digest != issued.html_digest) {
    return core::corrupt("not_reproducible", "report",
                         "The rebuilt report is not the one that was issued: its digest differs "
                         "from the recorded one.");
  }
  return IssuedStatement{report, std::move(files.json), std::move(files.html)};
}

}  // namespace gateway::service
