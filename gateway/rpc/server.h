#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gateway/access/access_log.h"
#include "gateway/rpc/limits.h"
#include "gateway/service/book.h"
#include "gateway/service/sequencer.h"

// The Thrift server of idl/tally.thrift.
namespace gateway::rpc {

inline constexpr std::size_t kConnectionsMax = 32;  // Unless more are asked for.

struct ServerOptions {
  std::string host = "127.0.0.1";  // An address of the loopback interface, or "localhost".
  std::uint16_t port = 0;          // 0: any free port; see Server::port().
  std::string token;               // What every call must carry.
  service::Caller caller;          // Whom the token stands for.
  // One thread each; more clients wait to be accepted.
  std::size_t connections_max = kConnectionsMax;
  access::AccessLog* access = nullptr;  // Where readings are put down; null: nowhere.
};

// Serves one book from its own threads. Start it when the process's signals are blocked; stop it
// before the sequencer and the book end.
class Server {
 public:
  // A server that accepts connections.
  //
  // Errors: InvalidInput/not_loopback at the host; InvalidInput/token if it is empty;
  //         Unavailable/listen if the address cannot be had.
  static core::Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                                     service::Book& book,
                                                     service::Sequencer& sequencer);
  // Stops.
  ~Server();
  Server(const Server&) = delete;  // Its threads refer to it.
  Server& operator=(const Server&) = delete;

  // The port it listens on.
  std::uint16_t port() const;

  // Accepts nothing more, answers the calls that have arrived and closes the connections. A client
  // that does not take its answer is left after ten seconds. Calling it again does nothing.
  void stop();

 private:
  class Impl;  // Keeps Thrift's headers out of this one.
  explicit Server(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace gateway::rpc
