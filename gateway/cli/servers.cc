#include "gateway/cli/servers.h"

#include <sys/resource.h>

#include <charconv>

namespace gateway::cli {

core::Result<Address> parse_address(std::string_view text, std::string_view field) {
  const std::size_t colon = text.rfind(':');
  Address address;
  if (colon != std::string_view::npos) {
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    address.host = host;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (error == std::errc() && end == port.data() + port.size() && !port.empty() &&
        !host.empty()) {
      return address;
    }
  }
  return core::invalid("address", std::string(field), "Write HOST:PORT, such as 127.0.0.1:8080.");
}

sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

// A connection over HTTP takes four descriptors. What is missing beyond the machine's hard limit
// shows when clients come: they then wait to be accepted.
void allow_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  static_cast<void>(::setrlimit(RLIMIT_NOFILE, &files));
}

}  // namespace gateway::cli
