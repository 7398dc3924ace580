#include <fstream>
#include <thread>

#include "core/check.h"
#include "core/files.h"
#include "core/identifiers/identifiers.h"
#include "gateway/cli/output.h"
#include "gateway/cli/register_commands.h"
#include "gateway/cli/register_times.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/lists.h"
#include "gateway/registers/capture/capture.h"
#include "gateway/registers/cysec/cysec.h"
#include "gateway/registers/esma/esma.h"
#include "gateway/registers/fca/fca.h"
#include "gateway/registers/fetch/fetcher.h"
#include "gateway/registers/fetch/kept.h"
#include "gateway/registers/gleif/gleif.h"

namespace gateway::cli {
namespace {

using engine::Evidence;
using registers::Answer;

// A page of a register has some hundred kilobytes; lists are streamed and have no bound.
constexpr std::size_t kBodyBytesMax = std::size_t{16} << 20;
constexpr std::size_t kFormBytesMax = std::size_t{1} << 20;

core::Error one_file() {
  return core::invalid("missing_field", "files", "Of this source one file is read.");
}

core::Result<std::vector<Answer>> load_answers(const RegisterArguments& arguments) {
  std::vector<Answer> answers;
  TRY(const auto answered_at, answered_at_of(arguments));
  for (const std::string& path : arguments.files) {
    TRY(auto body, core::read_file(path, kBodyBytesMax));
    answers.push_back({std::move(body), arguments.status, "", answered_at});
  }
  return answers;
}

// One list as a file, or answers to a question about it.
core::Result<Evidence> read_asic(const RegisterArguments& arguments) {
  std::ifstream file(arguments.files.front(), std::ios::binary);
  if (!file) {
    return core::not_found("file", arguments.files.front(), "There is no such file to read.");
  }
  if (registers::asic::is_answer(file)) {
    TRY(const auto answers, load_answers(arguments));
    return registers::asic::read_answers(arguments.reference, answers);
  }
  if (arguments.files.size() != 1) return one_file();
  TRY(const auto list, registers::asic::which_list(file));
  return registers::asic::read_listed(list, file, arguments.reference);
}

core::Result<Evidence> read_form(const RegisterArguments& arguments) {
  if (arguments.files.size() != 1) return one_file();
  TRY(const std::string form, core::read_file(arguments.files.front(), kFormBytesMax));
  TRY(auto capture,
      arguments.source == "cysec" ? registers::cysec::read(form) : registers::capture::read(form));
  return std::move(capture.evidence);
}

core::Result<Evidence> read_answers(const RegisterArguments& arguments,
                                    std::span<const Answer> answers) {
  if (arguments.source == "fca") return registers::fca::read(arguments.reference, answers);
  if (arguments.source == "asic") {
    return registers::asic::read_answers(arguments.reference, answers,
                                         registers::asic::list_named(arguments.list));
  }
  if (arguments.source == "esma") return registers::esma::read(arguments.reference, answers);
  return registers::gleif::read(arguments.reference, answers);
}

core::Result<Evidence> read(const RegisterArguments& arguments) {
  if (is_form(arguments)) return read_form(arguments);
  if (arguments.reference.empty()) {
    return core::invalid("missing_field", "--reference",
                         "Say whom the answers are about: FRN, LEI, licence or document number.");
  }
  if (arguments.files.size() == 1 && registers::fetch::is_kept(arguments.files.front())) {
    TRY(const auto answers, registers::fetch::read_kept(arguments.files.front()));
    return read_answers(arguments, answers);
  }
  if (arguments.source == "asic") return read_asic(arguments);
  TRY(const auto answers, load_answers(arguments));
  return read_answers(arguments, answers);
}

core::Result<std::vector<Answer>> ask_asic(const RegisterArguments& arguments,
                                           registers::fetch::Fetcher& fetcher) {
  const auto list = registers::asic::list_named(arguments.list);
  if (!list) {
    return core::invalid("missing_field", "--list",
                         "Say which of ASIC's lists is asked: licensees, representatives, "
                         "banned_persons or banned_organisations.");
  }
  TRY(auto question, registers::asic::question_of(*list, arguments.reference));
  const std::string base(registers::fetch::kDataGovAuBase);
  std::string resource = arguments.resource.empty() ? question.resource : arguments.resource;
  TRY(registers::fetch::check_resource(resource, "--resource"));
  if (!arguments.package.empty()) {
    TRY(resource, fetcher.table_of_package(base, arguments.package));
  }
  return fetcher.table_rows(
      base, {std::move(resource), question.column, std::move(question.forms), question.every_form});
}

core::Result<Evidence> parse(const RegisterArguments& arguments) {
  const bool is_said = !arguments.answered_at.empty() || arguments.status;
  if (is_said && registers::fetch::is_kept(arguments.files.front())) {
    return core::invalid("register_fetch", "--answered-at",
                         "The folder says itself when and how each answer came (answers.json).");
  }
  TRY(auto evidence, read(arguments));
  TRY(say_when(arguments, evidence));
  return evidence;
}

core::Result<std::vector<Answer>> ask(const RegisterArguments& arguments) {
  core::SystemClock clock;
  registers::fetch::Fetcher fetcher(registers::fetch::network(), clock,
                                    [](auto time) { std::this_thread::sleep_for(time); });
  if (arguments.source == "asic") return ask_asic(arguments, fetcher);
  if (arguments.source != "fca") {
    TRY(core::identifiers::check_lei(arguments.reference));
    if (arguments.source == "gleif") {
      return fetcher.gleif_record(std::string(registers::fetch::kGleifBase), arguments.reference);
    }
    return fetcher.esma_entity(std::string(registers::fetch::kEsmaBase), arguments.reference);
  }
  TRY(core::identifiers::check_frn(arguments.reference));
  for (const std::string& irn : arguments.individuals) {
    TRY(registers::fetch::check_irn(irn));
  }
  TRY(const auto credentials, arguments.credentials.empty()
                                  ? registers::fetch::credentials_of_environment()
                                  : registers::fetch::read_credentials(arguments.credentials));
  return fetcher.fca_firm(std::string(registers::fetch::kFcaBase), arguments.reference, credentials,
                          arguments.individuals);
}

core::Result<Evidence> fetch(const RegisterArguments& arguments) {
  if (!arguments.live) {
    return core::invalid("register_fetch", "--live",
                         "Nothing is asked without --live; it is untested against live registers.");
  }
  TRY(const auto answers, ask(arguments));
  TRY(registers::fetch::keep_answers(arguments.out, answers));
  TRY(auto evidence, read_answers(arguments, answers));
  // A server that does not say the time was asked just now.
  if (!evidence.answered_at) evidence.answered_at = core::SystemClock().now();
  return evidence;
}

int show(const core::Result<Evidence>& evidence) {
  int code = 0;
  if (failed(evidence, code)) return code;
  print(core::json::print_pretty(core::to_json(evidence.value())));
  return 0;
}

}  // namespace

int run_register_parse(const RegisterArguments& arguments) { return show(parse(arguments)); }
int run_register_fetch(const RegisterArguments& arguments) { return show(fetch(arguments)); }

}  // namespace gateway::cli
