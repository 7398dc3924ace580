#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gateway/bench/figures.h"

namespace gateway::bench {

// Requests that clients send over real connections, each its next one when it has the answer to the
// last: the client and the server share the machine.
struct Exchange {
  std::uint16_t port = 0;  // Of 127.0.0.1.
  std::size_t connections = 1;
  const std::vector<std::string>* requests =
      nullptr;  // Complete, so that making them is not timed.
  // The size of the complete answer that the bytes begin with; 0 as long as more is to come.
  std::function<std::size_t(std::string_view bytes)> answer_size;
  // Called for each answer once the time is taken. An error ends the benchmark.
  std::function<core::Result<>(std::string_view answer)> check;
};

struct Exchanged {
  std::uint64_t micros = 0;  // From the first request to the last answer; connecting is not timed.
  Latencies answer_micros;
};

// Sends the requests in their order from one thread, over whichever connection is free.
// Errors: Unavailable/io if a connection fails or ends; those of `check`.
core::Result<Exchanged> exchange(const Exchange& wanted);

}  // namespace gateway::bench
