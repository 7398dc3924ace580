#include <signal.h>
#include <sys/resource.h>

#include <charconv>
#include <cstdio>

#include "core/files.h"
#include "gateway/cli/output.h"
#include "gateway/cli/run.h"
#include "gateway/http/handler.h"
#include "gateway/http/server.h"
#include "gateway/rpc/server.h"
#include "gateway/service/sequencer.h"
#include "gateway/service/ticker.h"

namespace gateway::cli {
namespace {

constexpr std::string_view kTokenActor = "@operator";
constexpr std::string_view kServiceActor = "@service";

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

core::Result<Address> parse_address(std::string_view text, std::string_view field) {
  const std::size_t colon = text.rfind(':');
  Address address;
  if (colon != std::string_view::npos) {
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error == std::errc() && end == port.data() + port.size() && !port.empty() &&
        !host.empty()) {
      return address;
    }
  }
  return core::invalid("address", std::string(field), "Write HOST:PORT, such as 127.0.0.1:8080.");
}

core::Result<core::PartyId> party(service::Book& book, std::string_view name) {
  core::PartyId out;
  TRY(book.with_references([&](refs::ReferenceStore& references) -> core::Result<> {
    TRY(out.bytes, references.resolve(name));
    return references.save();
  }));
  return out;
}

core::Result<std::string> read_token(const service::Folder& folder) {
  TRY(std::string token, core::read_file(folder.token(), 4096));
  while (token.ends_with('\n')) token.pop_back();
  return token;
}

// Signals are taken by one thread alone: threads started later inherit the block.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

// A connection over HTTP takes four descriptors. What is missing beyond the machine's hard limit
// shows when clients come: they then wait to be accepted.
void allow_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));
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
  TRY(const std::string token, read_token(folder));
  // Whom the token in DIR/private/token stands for, and who lets time pass.
  TRY(const auto operator_id, party(*book, kTokenActor));
  TRY(const auto service_id, party(*book, kServiceActor));
  const service::Caller caller{"token", operator_id};
  service::Sequencer sequencer(*book);
  const service::Ticker ticker(*book, sequencer, clock, service_id);

  http::Service service{*book, sequencer, token, caller, book->genesis().book, arguments.backups};
  http::ServerOptions http_options;
  http_options.host = http_address.host;
  http_options.port = http_address.port;
  http_options.connections_max = arguments.http_connections;
  TRY(const auto http_server,
      http::Server::listen(http_options, [&service](const http::Request& request) {
        return http::handle(request, service);
      }));
  rpc::ServerOptions rpc_options;
  rpc_options.host = rpc_address.host;
  rpc_options.port = rpc_address.port;
  rpc_options.token = token;
  rpc_options.caller = caller;
  rpc_options.connections_max = arguments.rpc_connections;
  TRY(const auto rpc_server, rpc::Server::start(rpc_options, *book, sequencer));
  http_server->start();

  print("serving book " + book->genesis().book + ": HTTP on " + http_address.host + ":" +
        std::to_string(http_server->port()) + ", Thrift on " + rpc_address.host + ":" +
        std::to_string(rpc_server->port()) + "\n");
  std::fflush(stdout);
  int received = 0;
  sigwait(&signals, &received);
  std::fprintf(stderr, "stopping\n");
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
