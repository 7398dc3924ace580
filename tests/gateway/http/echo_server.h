#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "gateway/http/server.h"
#include "tests/gateway/http/raw_client.h"

namespace tests {

// Answers with the method, the target and the body.
inline gateway::http::Response echo(const gateway::http::Request& request) {
  gateway::http::Response response;
  response.content_type = "text/plain";
  response.body = request.method + " " + request.target + " " + request.body;
  return response;
}

inline std::unique_ptr<gateway::http::Server> serve(
    gateway::http::Handler handler = echo, const gateway::http::ServerOptions& options = {}) {
  auto server = std::move(gateway::http::Server::listen(options, std::move(handler)).value());
  server->start();
  return server;
}

inline constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";
inline constexpr std::string_view kLastGet =
    "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

inline std::string status_of(const std::string& response) {
  return response.substr(0, std::min<std::size_t>(12, response.size()));
}
inline std::string body_of(const std::string& response) {
  const std::size_t end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}

inline std::string post(std::string_view target, const std::string& body) {
  return "POST " + std::string(target) +
         " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer secret\r\n"
         "Content-Type: application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace tests
