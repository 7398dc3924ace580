#include <fstream>
#include <thread>

#include "core/check.h"
#include "core/files.h"
#include "core/identifiers/identifiers.h"
#include "gateway/cli/output.h"
#include "gateway/cli/register_commands.h"
#include "gateway/cli/register_times.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/capture/capture.h"
#include "gateway/registers/cysec/cysec.h"
#include "gateway/registers/esma/esma.h"
#include "gateway/registers/fca/fca.h"
#include "gateway/registers/fetch/fetcher.h"
#include "gateway/registers/gleif/gleif.h"

namespace gateway::cli {
namespace {

using engine::Evidence;
using registers::Answer;

// A page of a register has some hundred kilobytes; lists are streamed and have no bound.
constexpr std::size_t kBodyBytesMax = std::size_t{16} << 20;
constexpr std::size_t kFormBytesMax = std::size_t{1} << 20;
constexpr std::size_t kNumberWidth = 3;

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

core::Result<Evidence> read_list_of(registers::asic::List list, std::istream& file,
                                    const std::string& reference) {
  switch (list) {
    case registers::asic::List::Licensees:
      return registers::asic::read_licensee(file, reference);
    case registers::asic::List::Representatives:
      return registers::asic::read_representative(file, reference);
    case registers::asic::List::BannedPersons:
      return registers::asic::read_banned_person(file, reference);
    case registers::asic::List::BannedOrganisations:
      return registers::asic::read_banned_organisation(file, reference);
  }
  core::check_failed("list is one of the four", __FILE__, __LINE__);
}

core::Result<Evidence> read_list(const RegisterArguments& arguments) {
  if (arguments.files.size() != 1) return one_file();
  std::ifstream file(arguments.files.front(), std::ios::binary);
  if (!file) {
    return core::not_found("file", arguments.files.front(), "There is no such file to read.");
  }
  TRY(const auto list, registers::asic::which_list(file));
  TRY(auto evidence, read_list_of(list, file, arguments.reference));
  say_which_list(list, evidence);
  return evidence;
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
  if (arguments.source == "esma") return registers::esma::read(arguments.reference, answers);
  return registers::gleif::read(arguments.reference, answers);
}

core::Result<Evidence> read(const RegisterArguments& arguments) {
  if (is_form(arguments)) return read_form(arguments);
  if (arguments.reference.empty()) {
    return core::invalid("missing_field", "--reference",
                         "Say whom the answers are about: FRN, LEI, licence or document number.");
  }
  if (arguments.source == "asic") return read_list(arguments);
  TRY(const auto answers, load_answers(arguments));
  return read_answers(arguments, answers);
}

core::Result<Evidence> parse(const RegisterArguments& arguments) {
  TRY(auto evidence, read(arguments));
  TRY(say_when(arguments, evidence));
  return evidence;
}

core::Result<std::vector<Answer>> ask(const RegisterArguments& arguments) {
  core::SystemClock clock;
  registers::fetch::Fetcher fetcher(registers::fetch::network(), clock,
                                    [](auto time) { std::this_thread::sleep_for(time); });
  if (arguments.source != "fca") {
    TRY(core::identifiers::check_lei(arguments.reference));
    if (arguments.source == "gleif") {
      return fetcher.gleif_record(std::string(registers::fetch::kGleifBase), arguments.reference);
    }
    return fetcher.esma_entity(std::string(registers::fetch::kEsmaBase), arguments.reference);
  }
  TRY(core::identifiers::check_frn(arguments.reference));
  TRY(const auto credentials, arguments.credentials.empty()
                                  ? registers::fetch::credentials_of_environment()
                                  : registers::fetch::read_credentials(arguments.credentials));
  return fetcher.fca_firm(std::string(registers::fetch::kFcaBase), arguments.reference,
                          credentials);
}

// The exact bytes, in the order in which they came: 001.json, ...
core::Result<> keep(const std::string& folder, std::span<const Answer> answers) {
  TRY(core::make_folder(folder, core::FileAccess::OwnerOnly));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string zeros(number.size() < kNumberWidth ? kNumberWidth - number.size() : 0, '0');
    TRY(core::write_file(folder + "/" + zeros + number + ".json", answers[i].body,
                         core::FileAccess::OwnerOnly));
  }
  return core::ok();
}

core::Result<Evidence> fetch(const RegisterArguments& arguments) {
  if (!arguments.live) {
    return core::invalid("register_fetch", "--live",
                         "Nothing is asked without --live; it is untested against live registers.");
  }
  TRY(const auto answers, ask(arguments));
  TRY(keep(arguments.out, answers));
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
