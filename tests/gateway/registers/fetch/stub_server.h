#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/check.h"

// A server on this machine that gives one answer a connection and keeps what it was sent.
namespace tests {

class StubServer {
 public:
  // From the request's head, as sent, to the whole answer, as sent.
  using Handler = std::function<std::string(const std::string& head)>;

  explicit StubServer(Handler handler)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)), handler_(std::move(handler)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    CHECK(::listen(socket_, 16) == 0);
    CHECK(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~StubServer() {
    stop();
    ::close(socket_);
  }
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  // The heads of all requests; the server answers no more.
  const std::vector<std::string>& stop() {
    ::shutdown(socket_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    return heads_;
  }

 private:
  void serve() {
    while (true) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      std::string head;
      char byte = 0;
      while (!head.ends_with("\r\n\r\n") && ::recv(client, &byte, 1, 0) == 1) head += byte;
      heads_.push_back(head);
      const std::string answer = handler_(head);
      static_cast<void>(::send(client, answer.data(), answer.size(), MSG_NOSIGNAL));
      ::close(client);
    }
  }

  int socket_;
  Handler handler_;
  std::uint16_t port_ = 0;
  std::vector<std::string> heads_;
  std::thread thread_;
};

inline std::string http_answer(int status, const std::string& body,
                               const std::string& header = "") {
  return "HTTP/1.1 " + std::to_string(status) + " X\r\nDate: Sun, 22 Nov 2026 10:00:00 GMT\r\n" +
         header + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace tests
