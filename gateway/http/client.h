#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "gateway/http/message.h"

namespace gateway::http {

// Where a server listens: http://127.0.0.1:8080
struct ServerAddress {
  std::string host;
  std::string port;
};

// Errors: InvalidInput/url. Only plain HTTP to a host and port, as the servers are on loopback.
core::Result<ServerAddress> parse_server_url(const std::string& url);

// One connection to a server, for the command line: blocks until the answer is there.
class Client {
 public:
  // Errors: Unavailable/server if nobody listens there.
  static core::Result<Client> connect(const ServerAddress& address);
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) = delete;

  // Errors: Unavailable/server if the connection breaks: the request may have been carried out.
  core::Result<Response> ask(const Request& request);

 private:
  struct Impl;
  explicit Client(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace gateway::http
