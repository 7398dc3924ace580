#include "gateway/http/server.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>

#include "gateway/http/connection.h"
#include "gateway/http/responses.h"

namespace gateway::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// After an accept that failed, for example for want of file descriptors.
constexpr std::chrono::milliseconds kAcceptRetry{100};

core::Result<asio::ip::address> loopback_address(const std::string& host) {
  error_code ec;
  const auto address = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, ec);
  if (!ec && address.is_loopback()) return address;
  return core::invalid("not_loopback", host,
                       "Until there are roles and TLS the server listens on 127.0.0.1, ::1 or "
                       "localhost only.");
}

core::Result<> bind(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  error_code ec;
  acceptor.open(endpoint.protocol(), ec);
  if (!ec) acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec && endpoint.address().is_v6()) acceptor.set_option(asio::ip::v6_only(true), ec);
  if (!ec) acceptor.bind(endpoint, ec);
  if (!ec) acceptor.listen(tcp::acceptor::max_listen_connections, ec);
  if (!ec) return core::ok();
  return core::unavailable("listen",
                           endpoint.address().to_string() + ":" + std::to_string(endpoint.port()),
                           "Cannot listen here: " + ec.message() + ".");
}

// Says so to a client beyond the limit as far as that needs no waiting, and lets it go.
void turn_away(tcp::socket& socket) {
  const Response response = respond_problem(core::unavailable(
      "connections_full", "", "The server has all the connections it takes; try again soon."));
  std::string text = "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Type: " +
                     response.content_type + "\r\n";
  for (const auto& [name, value] : response.headers) text += name + ": " + value + "\r\n";
  text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n" + response.body;
  error_code ignored;
  socket.non_blocking(true, ignored);
  socket.write_some(asio::buffer(text), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
  socket.close(ignored);
}

// A connection and its thread.
struct Client {
  Client(const ServerOptions& options, const Handler& handler) : connection(options, handler) {}

  void start() {
    thread = std::thread([this] {
      connection.run();
      done = true;
    });
  }

  Connection connection;
  std::thread thread;
  std::atomic<bool> done = false;
};

}  // namespace

struct Server::Impl {
  Impl(const ServerOptions& its_options, Handler its_handler)
      : options(its_options), handler(std::move(its_handler)) {}

  void accept() {
    try {
      next = std::make_unique<Client>(options, handler);
    } catch (const std::system_error&) {
      return accept_later();  // Out of file descriptors.
    }
    acceptor.async_accept(next->connection.socket(), [this](error_code ec) {
      if (!acceptor.is_open()) return;
      if (ec) return accept_later();
      admit();
      accept();
    });
  }

  void accept_later() {
    retry.expires_after(kAcceptRetry);
    retry.async_wait([this](error_code) {
      if (acceptor.is_open()) accept();
    });
  }

  void admit() {
    clients.remove_if([](const std::unique_ptr<Client>& client) {
      if (!client->done) return false;
      client->thread.join();
      return true;
    });
    if (clients.size() >= options.connections_max) return turn_away(next->connection.socket());
    try {
      next->start();
    } catch (const std::system_error&) {
      return turn_away(next->connection.socket());  // Out of threads.
    }
    clients.push_back(std::move(next));
  }

  void close() {
    error_code ignored;
    acceptor.close(ignored);
    retry.cancel();
  }

  const ServerOptions options;
  const Handler handler;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::steady_timer retry{context};
  std::uint16_t port = 0;

  std::mutex mutex;  // Guards the two below; held by stop() until it is done.
  std::thread thread;
  bool stopped = false;

  // Of the accepting thread, and of stop() once that is joined.
  std::unique_ptr<Client> next;
  std::list<std::unique_ptr<Client>> clients;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { stop(); }

core::Result<std::unique_ptr<Server>> Server::listen(const ServerOptions& options,
                                                     Handler handler) {
  TRY(const auto address, loopback_address(options.host));
  auto impl = std::make_unique<Impl>(options, std::move(handler));
  TRY(bind(impl->acceptor, {address, options.port}));
  error_code ec;
  impl->port = impl->acceptor.local_endpoint(ec).port();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::start() {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->stopped || impl_->thread.joinable()) return;
  impl_->accept();
  impl_->thread = std::thread([impl = impl_.get()] { impl->context.run(); });
}

void Server::stop() {
  const std::lock_guard lock(impl_->mutex);
  if (impl_->stopped) return;
  impl_->stopped = true;
  if (impl_->thread.joinable()) {
    asio::post(impl_->context, [impl = impl_.get()] { impl->close(); });
    impl_->thread.join();
  } else {
    impl_->close();
  }
  for (const auto& client : impl_->clients) client->connection.end();
  for (const auto& client : impl_->clients) client->thread.join();
  impl_->clients.clear();
  impl_->next.reset();
}

}  // namespace gateway::http
