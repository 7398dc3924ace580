// access: who looked at whose records, and the care of the log of reads.

#include "core/files.h"
#include "gateway/access/anchors.h"
#include "gateway/access/drainer.h"
#include "gateway/access/query.h"
#include "gateway/cli/audit.h"
#include "gateway/cli/output.h"
#include "gateway/cli/remote.h"
#include "gateway/cli/run.h"
#include "gateway/service/actors.h"
#include "gateway/service/init.h"
#include "gateway/service/queries.h"

namespace gateway::cli {
namespace {

core::Result<std::unique_ptr<access::AccessLog>> open_log(const std::string& data,
                                                          core::Clock& clock) {
  TRY(auto log, access::AccessLog::open(service::Folder{data}, clock));
  if (log) return log;
  return core::not_found("no_access_log", data,
                         "This book has no log of reads; tally access init makes one.");
}

core::Result<> show(const AccessArguments& arguments) {
  core::SystemClock clock;
  TRY(const auto log, open_log(arguments.data, clock));
  const auto find = find_in(arguments.data);
  TRY(const auto query, access::read_access_query(arguments.request, find));
  TRY(const auto book, service::ReadOnlyBook::open({service::Folder{arguments.data}.access()}));
  core::json::Value shown;
  TRY(book->read([&](const service::BookView& view) -> core::Result<> {
    TRY(shown, access::query_access(view, log->spool().path(), query));
    return core::ok();
  }));
  const std::string text = core::json::print_pretty(shown);
  const access::AccessRequest& asked = arguments.request;
  access::Question question{"access", query_text({{"actor", asked.actor},
                                                  {"before", asked.before},
                                                  {"from", asked.from},
                                                  {"limit", asked.limit},
                                                  {"subject", asked.subject},
                                                  {"to", asked.to}})};
  // Ids are looked for in the main book, which knows the subjects; where it cannot be opened, who
  // looked at whom can still be asked.
  const auto main = service::ReadOnlyBook::open({arguments.data});
  question.bulk = !main;
  TRY(put_down(arguments.data, main ? main.value().get() : nullptr, question,
               {text, access::entries_in(shown)}));
  print(text);
  return core::ok();
}

core::Result<> make_log(const service::Folder& folder, core::Clock& clock) {
  std::optional<access::RecordedAnchor> last;
  ledger::Genesis genesis;
  {
    TRY(const auto book, service::ReadOnlyBook::open(folder));
    TRY(last, access::last_anchor(*book));
    genesis = book->genesis();
  }
  if (!last || core::file_exists(service::Folder{folder.access()}.store())) {
    return service::make_access_log(folder, genesis, clock);
  }
  TRY(const auto book, service::Book::open(folder, clock));
  return access::begin_after_loss(*book, *last, clock);
}

core::Result<> make(const AccessArguments& arguments) {
  const service::Folder folder{arguments.data};
  core::SystemClock clock;
  TRY(make_log(folder, clock));
  TRY(const std::string key, core::read_file(service::Folder{folder.access()}.verifier_key()));
  print(key);
  return core::ok();
}

core::Result<> drain(const AccessArguments& arguments) {
  core::SystemClock clock;
  TRY(const auto log, open_log(arguments.data, clock));
  access::AccessBook book({arguments.data}, *log, clock);
  return book.drain();
}

core::Result<> anchor(const AccessArguments& arguments) {
  if (!arguments.url.empty()) {
    TRY(Remote remote, Remote::open(arguments.url, arguments.data));
    TRY(const std::string answer, remote.post("access/anchors", "", ""));
    print(answer + "\n");
    return core::ok();
  }
  core::SystemClock clock;
  TRY(const auto log, open_log(arguments.data, clock));
  TRY(const auto main, service::Book::open({arguments.data}, clock));
  access::AccessBook book({arguments.data}, *log, clock);
  TRY(book.drain());
  TRY(const auto actor, service::party_of(*main, service::kServiceActor));
  TRY(auto command, access::anchor_command(*main, book, actor, std::nullopt));
  if (!command) {
    print(core::json::print_pretty(core::json::Object{{"anchored", false}}));
    return core::ok();
  }
  TRY(const auto receipt, main->execute(std::span(&*command, 1)).front());
  print(core::json::print_pretty(service::receipt_to_json(receipt)));
  return core::ok();
}

core::Result<> run_action(const AccessArguments& arguments) {
  if (arguments.action == "init") return make(arguments);
  if (arguments.action == "drain") return drain(arguments);
  if (arguments.action == "anchor") return anchor(arguments);
  return show(arguments);
}

}  // namespace

int run_access(const AccessArguments& arguments) {
  int code = 0;
  failed(run_action(arguments), code);
  return code;
}

}  // namespace gateway::cli
