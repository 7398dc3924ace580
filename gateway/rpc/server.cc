#include "gateway/rpc/server.h"

#include <arpa/inet.h>
#include <thrift/TOutput.h>
#include <thrift/server/TThreadedServer.h>

#include <cstdio>
#include <cstdlib>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "gateway/rpc/handler.h"
#include "gateway/rpc/transport.h"

namespace gateway::rpc {
namespace {

using apache::thrift::server::TThreadedServer;

constexpr int kSendMillisMax = 10'000;
constexpr int kIdleMillisMax = 5 * 60 * 1000;

// The numeric address, or nothing if it is not of the loopback interface.
std::optional<std::string> loopback_address(const std::string& host) {
  if (host == "localhost") return "127.0.0.1";
  in_addr v4{};
  if (::inet_pton(AF_INET, host.c_str(), &v4) == 1 && ntohl(v4.s_addr) >> 24 == 127) return host;
  in6_addr v6{};
  if (::inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6)) return host;
  return std::nullopt;
}

void log_line(const char* level, std::string text) {
  for (char& c : text) {
    if (c < ' ' || c > '~' || c == '"') c = '?';
  }
  std::fprintf(stderr, "level=%s event=rpc text=\"%s\"\n", level, text.c_str());
}

void log_from_thrift(const char* text) { log_line("warn", text); }

// Learns whether the server came to listen: its thread tells, start() waits.
class Listening final : public apache::thrift::server::TServerEventHandler {
 public:
  void preServe() override { tell(std::nullopt); }
  // False if it was told before: start() then no longer listens to us.
  bool tell(std::optional<std::string> failure) {
    if (std::exchange(told_, true)) return false;
    failure_.set_value(std::move(failure));
    return true;
  }
  // Why it does not listen, if it does not.
  std::optional<std::string> wait() { return failure_.get_future().get(); }

 private:
  bool told_ = false;  // The server's thread only.
  std::promise<std::optional<std::string>> failure_;
};

}  // namespace

class Server::Impl {
 public:
  Impl(const ServerOptions& options, const std::string& address, service::Book& book,
       service::Sequencer& sequencer)
      : socket_(std::make_shared<PatientServerSocket>(address, options.port)),
        listening_(std::make_shared<Listening>()),
        server_(std::make_shared<tally::rpc::TallyServiceProcessor>(
                    std::make_shared<Handler>(book, sequencer, options.caller, options.token,
                                              options.access)),
                socket_, make_transport_factory(), make_protocol_factory()) {
    static std::once_flag logging;
    std::call_once(logging,
                   [] { apache::thrift::GlobalOutput.setOutputFunction(log_from_thrift); });
    socket_->setSendTimeout(kSendMillisMax);
    socket_->setRecvTimeout(kIdleMillisMax);
    server_.setConcurrentClientLimit(static_cast<std::int64_t>(options.connections_max));
    server_.setServerEventHandler(listening_);
  }

  // Why it does not listen, if it does not. A stop before it listens would be lost, so this waits.
  std::optional<std::string> start() {
    thread_ = std::thread([this] { serve(); });
    auto failure = listening_->wait();
    if (failure) thread_.join();
    return failure;
  }

  std::uint16_t port() const { return static_cast<std::uint16_t>(socket_->getPort()); }

  void stop() {
    const std::lock_guard lock(stopping_);
    if (!thread_.joinable()) return;
    server_.stop();
    thread_.join();
  }

 private:
  void serve() {
    try {
      server_.serve();
    } catch (const std::exception& exception) {
      if (listening_->tell(exception.what())) return;
      // No memory or no thread for a client. Thrift has lost count of its clients, so this server
      // can no longer be stopped in order; what was answered is durable.
      log_line("error", exception.what());
      std::abort();
    }
  }

  std::shared_ptr<PatientServerSocket> socket_;
  std::shared_ptr<Listening> listening_;
  TThreadedServer server_;
  std::mutex stopping_;
  std::thread thread_;
};

core::Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                                    service::Book& book,
                                                    service::Sequencer& sequencer) {
  const auto address = loopback_address(options.host);
  if (!address) {
    return core::invalid("not_loopback", options.host,
                         "Thrift is served on the loopback interface only: 127.0.0.1 or ::1.");
  }
  if (options.token.empty()) {
    return core::invalid("token", "token", "Without a token nobody could call this server.");
  }
  auto impl = std::make_unique<Impl>(options, *address, book, sequencer);
  if (const auto failure = impl->start()) {
    return core::unavailable("listen", *address + ":" + std::to_string(options.port),
                             "Thrift cannot be served here: " + *failure);
  }
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return impl_->port(); }

void Server::stop() { impl_->stop(); }

}  // namespace gateway::rpc
