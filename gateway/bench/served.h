#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/time.h"
#include "gateway/bench/exchange.h"
#include "gateway/bench/workload.h"
#include "gateway/service/sequencer.h"

namespace gateway::bench {

enum class Wire { Http, Thrift };
std::string_view wire_name(Wire wire);

// A new book with its accounts behind a real server on a free port of the loopback interface.
class Served {
 public:
  // In a folder that does not exist. `connections`: how many the server takes.
  static core::Result<std::unique_ptr<Served>> start(const std::string& folder, Wire wire,
                                                     std::size_t connections);
  ~Served();
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  // The `count` entries in requests of `batch` commands each, complete as they stand on the wire:
  // JSON Lines over HTTP, framed binary calls over Thrift.
  std::vector<std::string> requests(const Entries& entries, std::uint64_t count,
                                    std::uint64_t batch) const;
  // Sends them over so many connections at once. Every command must be recorded.
  core::Result<Exchanged> send(const std::vector<std::string>& requests, std::size_t connections,
                               std::uint64_t batch, std::uint64_t count) const;

  std::uint64_t groups_committed() const;

 private:
  struct Impl;
  explicit Served(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace gateway::bench
