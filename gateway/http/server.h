#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/result.h"
#include "gateway/http/message.h"

namespace gateway::http {

// Answers one request; called by many threads at once.
using Handler = std::function<Response(const Request& request)>;

struct ServerOptions {
  std::string host = "127.0.0.1";  // 127.0.0.1, ::1 or localhost.
  std::uint16_t port = 0;          // 0 = one that is free.
  std::size_t connections_max = 64;
  std::chrono::milliseconds read_timeout{30'000};  // For a request, once it began; for a response.
  std::chrono::milliseconds idle_timeout{60'000};  // Between requests.
  std::chrono::milliseconds stop_timeout{5'000};   // For the last response when it stops.
};

// HTTP/1.1 on a loopback address: a thread a connection, so that a handler may block while many
// commands wait for one fsync. Beyond connections_max it answers 503.
class Server {
 public:
  // Binds the address, so that port() is known; start() begins to serve.
  // Errors: InvalidInput/not_loopback: without roles and TLS nobody else may connect;
  //         Unavailable/listen if the address cannot be had.
  static core::Result<std::unique_ptr<Server>> listen(const ServerOptions& options,
                                                      Handler handler);
  // Stops.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  // Once; does nothing after stop().
  void start();
  // Accepts no more, lets calls in flight answer, closes every connection and joins every thread.
  // May be called at any time, again, and by any thread but a handler's.
  void stop();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace gateway::http
