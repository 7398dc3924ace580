#include <cstdlib>

#include "core/files.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/service/statements.h"

namespace gateway::cli {
namespace {

core::Result<> write_report(const std::string& path, const service::IssuedStatement& report) {
  if (path.ends_with(".json")) return core::write_file(path, report.json);
  if (path.ends_with(".html")) return core::write_file(path, report.html);
  return core::invalid("out", path, "Name a file that ends in .html or .json.");
}

struct Asked {
  service::StatementParameters parameters;
  service::Caller caller;
};

core::Result<Asked> read_parameters(const ReportArguments& arguments,
                                    core::References& references) {
  Asked asked;
  const auto id = [&]<class Id>(const std::string& text, Id& out,
                                std::string_view field) -> core::Result<> {
    auto read = core::Codec<Id>::from_json(text, &references);
    if (!read) return std::move(read.error()).within(field);
    out = read.value();
    return core::ok();
  };
  TRY(id(arguments.structure, asked.parameters.structure, "--structure"));
  TRY(id(arguments.client, asked.parameters.client, "--client"));
  core::PartyId actor;
  TRY(id(arguments.actor, actor, "--actor"));
  asked.caller.actor = actor;
  TRY(asked.parameters.from, core::parse_instant(arguments.from));
  TRY(asked.parameters.to, core::parse_instant(arguments.to));
  asked.parameters.profile = arguments.profile;
  asked.parameters.language = arguments.language;
  return asked;
}

core::Result<core::ReportId> issue(const ReportArguments& arguments) {
  core::SystemClock clock;
  TRY(const auto book, service::Book::open({arguments.data}, clock));
  Asked asked;
  TRY(book->with_references([&](refs::ReferenceStore& references) -> core::Result<> {
    TRY(asked, read_parameters(arguments, references));
    return references.save();
  }));
  const auto submit = [&](std::vector<service::Submission> submissions) {
    return book->execute(submissions);
  };
  TRY(const auto issued, service::issue_statement(*book, submit, asked.caller, asked.parameters));
  ::setenv(kActorVariable, arguments.actor.c_str(), 0);  // Who issues it reads it.
  access::Question question{"report", query_text({{"report", issued.report.hex()}})};
  question.report = issued.report;
  TRY(put_down(arguments.data, book.get(), question, {issued.json}));
  TRY(write_report(arguments.out, issued));
  return issued.report;
}

core::Result<> rebuild(const ReproduceArguments& arguments) {
  TRY(const auto report, core::parse_id<core::ReportId>(arguments.report));
  TRY(const auto book, service::ReadOnlyBook::open({arguments.data}));
  TRY(const auto again, service::reproduce_report(*book, report));
  access::Question question{"reproduce", query_text({{"report", report.hex()}})};
  question.report = report;
  TRY(put_down(arguments.data, book.get(), question, {again.json}));
  if (!arguments.out.empty()) {
    TRY(write_report(arguments.out, again));
  }
  print("reproduced " + report.hex() + ": both files are byte for byte as issued\n");
  return core::ok();
}

}  // namespace

int run_report(const ReportArguments& arguments) {
  const auto report = issue(arguments);
  int code = 0;
  if (failed(report, code)) return code;
  print("issued report " + report.value().hex() + ": " + arguments.out + "\n");
  return 0;
}

int run_reproduce(const ReproduceArguments& arguments) {
  int code = 0;
  failed(rebuild(arguments), code);
  return code;
}

}  // namespace gateway::cli
