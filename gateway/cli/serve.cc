#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/files.h"
#include "gateway/access/anchors.h"
#include "gateway/access/drainer.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/cli/servers.h"
#include "gateway/http/fetch.h"
#include "gateway/http/handler.h"
#include "gateway/http/server.h"
#include "gateway/rpc/server.h"
#include "gateway/service/actors.h"
#include "gateway/service/book_key.h"
#include "gateway/service/init.h"
#include "gateway/service/publisher.h"
#include "gateway/service/sequencer.h"
#include "gateway/service/ticker.h"
#include "gateway/witness/cosigners.h"

namespace gateway::cli {
namespace {

core::Result<std::string> read_token(const std::string& path) {
  TRY(std::string token, core::read_file(path, 4096));
  while (token.ends_with('\n')) token.pop_back();
  return token;
}

// Without the file nobody audits.
core::Result<std::string> read_auditor_token(const service::Folder& folder) {
  if (!core::file_exists(folder.auditor_token())) return std::string();
  return read_token(folder.auditor_token());
}

// A policy that speaks of other logs is a mistake: nobody who goes by it would accept this book.
core::Result<ledger::Policy> read_own_policy(const std::string& path,
                                             const ledger::VerifierKey& own) {
  TRY(auto policy, read_policy(path));
  const auto& logs = policy.logs();
  const auto is_own = [&](const ledger::PolicyLog& log) { return log.key == own; };
  if (logs.empty() || std::ranges::any_of(logs, is_own)) return policy;
  return core::invalid("policy", path, "The policy names logs, and this book's key is not one.");
}

// What asks the policy's witnesses.
std::unique_ptr<witness::Cosigners> make_cosigners(service::Book& book,
                                                   const ledger::Policy& policy,
                                                   std::chrono::milliseconds timeout) {
  witness::Cosigners::Options options;
  options.round = timeout + std::chrono::seconds(1);
  options.told = [](const std::string& name, const std::optional<core::Error>& error) {
    std::fprintf(stderr, "level=%s event=%s witness=%s%s\n", error ? "error" : "info",
                 error ? "witness_failed" : "witness_recovered", name.c_str(),
                 error ? (" detail=\"" + core::to_string(*error) + "\"").c_str() : "");
  };
  const auto ask = [timeout](const std::string& url, const std::string& body,
                             const std::atomic<bool>& cancelled) {
    http::FetchOptions fetching;
    fetching.timeout = timeout;
    fetching.cancelled = &cancelled;
    return http::fetch(url, {"POST", "", {{"content-type", "text/plain; charset=utf-8"}}, body},
                       fetching);
  };
  const auto prove = [&book](std::uint64_t old_size, std::uint64_t new_size) {
    std::vector<core::Hash> proof;
    const auto read = book.read([&](const service::BookView& view) -> core::Result<> {
      TRY(proof, view.index.consistency_proof(old_size, new_size));
      return core::ok();
    });
    return read ? core::Result<std::vector<core::Hash>>(std::move(proof)) : read.error();
  };
  return std::make_unique<witness::Cosigners>(policy, ask, prove, std::move(options));
}

// The key that signs now, which may have changed since the book was opened.
core::Result<ledger::VerifierKey> own_key(service::Book& book) {
  std::optional<ledger::VerifierKey> own;
  TRY(book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(own, service::signing_key_of(view));
    return core::ok();
  }));
  return *own;
}

service::Publisher::Options publisher_options(service::Book& book, witness::Cosigners* cosigners,
                                              std::optional<ledger::Policy> policy) {
  service::Publisher::Options options;
  options.failed = [](const core::Error& error) {
    std::fprintf(stderr, "level=error event=publish_failed detail=\"%s\"\n",
                 core::to_string(error).c_str());
  };
  options.recovered = [](std::uint64_t size) {
    std::fprintf(stderr, "level=info event=publish_recovered size=%llu\n",
                 static_cast<unsigned long long>(size));
  };
  if (cosigners == nullptr) return options;
  options.prepare = [cosigners](const ledger::PublishedNote& note) {
    return cosigners->cosign(note);
  };
  // A note that was published before there was this policy is published again, cosigned.
  options.suffices = [&book, policy = std::move(*policy)](const std::string& note) {
    const auto own = own_key(book);
    return own && ledger::verify_by_policy(note, policy, own.value()).has_value();
  };
  return options;
}

// Where readings go, and who takes them there; all null in a book without a log of reads.
struct Readings {
  std::unique_ptr<access::AccessLog> log;
  std::unique_ptr<access::AccessBook> book;
  std::unique_ptr<access::Drainer> drainer;
};

// A book that never had a log of reads gets one; one that lost it is not served as if nothing was.
core::Result<> ensure_access_log(service::Book& book, core::Clock& clock) {
  const service::Folder& folder = book.folder();
  if (core::file_exists(folder.access())) return core::ok();
  TRY(const auto last, access::last_anchor(book));
  if (last) {
    return core::conflict("access_log_missing", folder.access(),
                          "The book has anchors of a log of reads that is not here: put it back, "
                          "or begin another with tally access init. See "
                          "docs/runbooks/access-log.md.");
  }
  if (book.genesis().simulated_seed) return core::ok();
  return service::make_access_log(folder, book.genesis(), clock);
}

core::Result<Readings> open_readings(service::Book& book, core::Clock& clock) {
  Readings out;
  const service::Folder& folder = book.folder();
  TRY(ensure_access_log(book, clock));
  TRY(out.log, access::AccessLog::open(folder, clock));
  if (!out.log) return out;
  out.book = std::make_unique<access::AccessBook>(folder, *out.log, clock);
  out.drainer = std::make_unique<access::Drainer>(
      *out.book, *out.log, [](const std::optional<core::Error>& error) {
        std::fprintf(stderr, "level=%s event=%s%s\n", error ? "error" : "info",
                     error ? "access_drain_failed" : "access_drain_recovered",
                     error ? (" detail=\"" + core::to_string(*error) + "\"").c_str() : "");
      });
  return out;
}

// Once a day; the same failure is told once.
std::function<void()> anchoring(service::Book& book, service::Sequencer& sequencer,
                                core::Clock& clock, access::AccessBook& log,
                                const core::PartyId& actor) {
  return [&book, &sequencer, &clock, &log, actor, last = std::string()]() mutable {
    const auto anchor = [&]() -> core::Result<> {
      TRY(auto command, access::anchor_command(book, log, actor, clock.now()));
      if (!command) return core::ok();
      TRY(sequencer.submit({std::move(*command)}).front());
      return core::ok();
    };
    const auto done = anchor();
    const std::string failure = done ? "" : done.error().reason;
    if (!done && failure != last) {
      std::fprintf(stderr, "level=error event=access_anchor_failed detail=\"%s\"\n",
                   core::to_string(done.error()).c_str());
    }
    last = failure;
  };
}

http::ServerOptions http_options(const Address& address, const ServeArguments& arguments) {
  http::ServerOptions options;
  options.host = address.host;
  options.port = address.port;
  options.connections_max = arguments.http_connections;
  return options;
}

rpc::ServerOptions rpc_options(const Address& address, const ServeArguments& arguments) {
  rpc::ServerOptions options;
  options.host = address.host;
  options.port = address.port;
  options.connections_max = arguments.rpc_connections;
  return options;
}

void tell_index_root_failed(const core::Error& error) {
  std::fprintf(stderr, "level=error event=index_root_failed detail=\"%s\"\n",
               core::to_string(error).c_str());
}

core::Result<> serve(const ServeArguments& arguments) {
  const sigset_t signals = block_stop_signals();
  allow_open_files();
  TRY(const Address http_address, parse_address(arguments.http, "--http"));
  TRY(const Address rpc_address, parse_address(arguments.rpc, "--rpc"));
  const service::Folder folder{arguments.data};
  core::SystemClock clock;
  TRY(const auto book, service::Book::open(folder, clock));
  book->stop_asking();
  TRY(const std::string token, read_token(folder.token()));
  TRY(const std::string auditor_token, read_auditor_token(folder));
  // Whom the token in DIR/private/token stands for, and who lets time pass.
  TRY(const auto operator_id, service::party_of(*book, service::kTokenActor));
  TRY(const auto service_id, service::party_of(*book, service::kServiceActor));
  const service::Caller caller{"token", operator_id};
  TRY(const Readings readings, open_readings(*book, clock));
  core::PartyId auditor_id;
  if (readings.log) {
    TRY(auditor_id, service::party_of(*book, service::kAuditorActor));
  }
  service::Sequencer sequencer(*book);
  const service::Ticker ticker(*book, sequencer, clock, service_id, tell_index_root_failed,
                               readings.log
                                   ? anchoring(*book, sequencer, clock, *readings.book, service_id)
                                   : std::function<void()>());

  TRY(const auto own, own_key(*book));
  std::optional<ledger::Policy> policy;
  std::unique_ptr<witness::Cosigners> cosigners;
  if (!arguments.policy.empty()) {
    TRY(policy, read_own_policy(arguments.policy, own));
    cosigners =
        make_cosigners(*book, *policy, std::chrono::milliseconds(arguments.witness_timeout_ms));
  }
  service::Publisher publisher(*book, publisher_options(*book, cosigners.get(), policy));
  publisher.start();

  http::Service service{*book, sequencer, token, caller, book->genesis().book, arguments.backups};
  service.auditor_token = auditor_token;
  service.public_tiles = arguments.public_tiles;
  service.access = readings.log.get();
  service.access_book = readings.book.get();
  service.auditor = auditor_id;
  TRY(const auto http_server, http::Server::listen(http_options(http_address, arguments),
                                                   [&service](const http::Request& request) {
                                                     return http::handle(request, service);
                                                   }));
  rpc::ServerOptions thrift_options = rpc_options(rpc_address, arguments);
  thrift_options.token = token;
  thrift_options.caller = caller;
  thrift_options.access = readings.log.get();
  TRY(const auto rpc_server, rpc::Server::start(thrift_options, *book, sequencer));
  http_server->start();

  print("serving book " + book->genesis().book + ": HTTP on " + http_address.host + ":" +
        std::to_string(http_server->port()) + ", Thrift on " + rpc_address.host + ":" +
        std::to_string(rpc_server->port()) + "\n");
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  std::fprintf(stderr, "stopping\n");
  if (cosigners) cosigners->stop();
  http_server->stop();
  rpc_server->stop();
  return core::ok();
}

}  // namespace

int run_serve(const ServeArguments& arguments) {
  int code = 0;
  failed(serve(arguments), code);
  return code;
}

}  // namespace gateway::cli
