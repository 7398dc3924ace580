#include "gateway/bench/exchange.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace gateway::bench {
namespace {

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr int kEventsMax = 256;
constexpr int kPatienceMillis = 60'000;  // Reached only if something hangs.

core::Error failed(std::string_view what) {
  return core::unavailable("io", "the benchmark's connection",
                           std::string(what) + ": " + std::strerror(errno));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

core::Result<Descriptor> connect_to(std::uint16_t port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM, 0));
  if (socket.number() < 0) return failed("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) < 0) {
    return failed("connect");
  }
  const int on = 1;
  ::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

struct Client {
  Descriptor socket;
  std::string_view unsent;
  std::string received;
  Stopwatch since_request;
};

class Clients {
 public:
  Clients(const Exchange& wanted, Exchanged& result)
      : wanted_(wanted), result_(result), poll_(::epoll_create1(0)) {}

  core::Result<> connect() {
    const std::size_t count = std::min(wanted_.connections, wanted_.requests->size());
    for (std::size_t i = 0; i < count; ++i) {
      TRY(auto socket, connect_to(wanted_.port));
      clients_.push_back({std::move(socket), {}, {}, {}});
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      if (::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, clients_[i].socket.number(), &event) < 0) {
        return failed("epoll_ctl");
      }
    }
    return core::ok();
  }

  core::Result<> run() {
    answers_.reserve(wanted_.requests->size());
    const Stopwatch stopwatch;
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      TRY(send_next(i));
    }
    while (answers_.size() < wanted_.requests->size()) {
      TRY(wait_once());
    }
    result_.micros = stopwatch.micros();
    for (const std::string& answer : answers_) {
      TRY(wanted_.check(answer));
    }
    return core::ok();
  }

 private:
  core::Result<> send_next(std::size_t index) {
    if (next_ == wanted_.requests->size()) return core::ok();
    Client& client = clients_[index];
    client.unsent = (*wanted_.requests)[next_++];
    client.since_request = Stopwatch();
    return send_some(index);
  }

  // What does not fit into the connection now is sent when it has room.
  core::Result<> send_some(std::size_t index) {
    Client& client = clients_[index];
    const ssize_t sent = ::send(client.socket.number(), client.unsent.data(), client.unsent.size(),
                                MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return failed("send");
    if (sent > 0) client.unsent.remove_prefix(static_cast<std::size_t>(sent));
    epoll_event event{};
    event.events = client.unsent.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT;
    event.data.u64 = index;
    if (::epoll_ctl(poll_.number(), EPOLL_CTL_MOD, client.socket.number(), &event) < 0) {
      return failed("epoll_ctl");
    }
    return core::ok();
  }

  core::Result<> wait_once() {
    std::array<epoll_event, kEventsMax> events;
    const int count = ::epoll_wait(poll_.number(), events.data(), kEventsMax, kPatienceMillis);
    if (count == 0) return core::unavailable("io", "the benchmark's connection", "No answer came.");
    if (count < 0 && errno != EINTR) return failed("epoll_wait");
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if ((event.events & EPOLLOUT) != 0) {
        TRY(send_some(event.data.u64));
      }
      if ((event.events & ~EPOLLOUT) != 0) {
        TRY(receive(event.data.u64));
      }
    }
    return core::ok();
  }

  core::Result<> receive(std::size_t index) {
    Client& client = clients_[index];
    const ssize_t size = ::recv(client.socket.number(), buffer_.data(), buffer_.size(), 0);
    if (size < 0) return failed("recv");
    if (size == 0) return core::unavailable("io", "the benchmark's connection", "It was closed.");
    client.received.append(buffer_.data(), static_cast<std::size_t>(size));
    const std::size_t whole = wanted_.answer_size(client.received);
    if (whole == 0) return core::ok();
    result_.answer_micros.add(client.since_request.micros());
    answers_.push_back(client.received.substr(0, whole));
    client.received.erase(0, whole);
    return send_next(index);
  }

  const Exchange& wanted_;
  Exchanged& result_;
  Descriptor poll_;
  std::vector<Client> clients_;
  std::size_t next_ = 0;
  std::vector<std::string> answers_;
  std::vector<char> buffer_ = std::vector<char>(kReadBytes);
};

}  // namespace

core::Result<Exchanged> exchange(const Exchange& wanted) {
  Exchanged result;
  Clients clients(wanted, result);
  TRY(clients.connect());
  TRY(clients.run());
  return result;
}

}  // namespace gateway::bench
