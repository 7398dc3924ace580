#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "core/result.h"
#include "gateway/http/message.h"

namespace gateway::http {

struct FetchOptions {
  std::chrono::milliseconds timeout{
      5'000};  // For all of it: connecting, sending, the whole answer.
  std::size_t answer_bytes_max = 64 * 1024;
  const std::atomic<bool>* cancelled = nullptr;  // Ends it early, within a tenth of a second.
};

// One request to somebody else's server, over a connection of its own: http://HOST[:PORT]/PATH. The
// request's target is taken from the URL.
// Errors: InvalidInput/fetch_url; Unavailable/fetch_timeout; Unavailable/fetch if it cannot be
// reached,
//         or what it answers is not HTTP, or too long.
core::Result<Response> fetch(const std::string& url, const Request& request,
                             const FetchOptions& options = {});

}  // namespace gateway::http
