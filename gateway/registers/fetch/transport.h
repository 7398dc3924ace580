#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"

// One GET over the network.
namespace gateway::registers::fetch {

struct HttpRequest {
  std::string url;
  // Names and values, kept no longer than the call.
  std::vector<std::pair<std::string_view, std::string_view>> headers;
};

struct HttpAnswer {
  unsigned status = 0;
  std::string date;         // The Date header.
  std::string retry_after;  // The Retry-After header.
  std::string body;
};

// Errors: InvalidInput/register_fetch for an address that is not allowed;
// Unavailable/register_fetch if no whole answer came.
using Transport = std::function<core::Result<HttpAnswer>(const HttpRequest&)>;

struct TransportOptions {
  std::chrono::milliseconds timeout{30'000};  // For all of an exchange but the look-up of the name.
  std::size_t body_bytes_max = std::size_t{16} << 20;
};

// HTTPS, with the server's certificate checked against the system's authorities and its name; plain
// HTTP to 127.0.0.1 and ::1 alone, for a stub. A redirection is an answer and is not followed.
Transport network(const TransportOptions& options = {});

}  // namespace gateway::registers::fetch
