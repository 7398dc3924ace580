#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "gateway/http/server.h"

namespace gateway::http {

// One client's connection: reads requests and writes responses, one after the other, in one thread.
class Connection {
 public:
  // `options` and `handler` must outlive it.
  Connection(const ServerOptions& options, const Handler& handler);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Where to accept the client, before run().
  boost::asio::ip::tcp::socket& socket();
  // Serves until either side ends the connection, and closes it.
  void run();
  // From any thread: no further request is read, the call in flight answers, and run() returns.
  void end();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace gateway::http
