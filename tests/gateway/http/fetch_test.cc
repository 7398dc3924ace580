#include "gateway/http/fetch.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/gateway/http/echo_server.h"
#include "tests/support/outcome.h"

namespace gateway::http {
namespace {

using namespace std::chrono_literals;
using tests::outcome;

std::string url_of(std::uint16_t port, const std::string& path = "/a/b?c") {
  return "http://127.0.0.1:" + std::to_string(port) + path;
}

// Accepts connections, says so many bytes, and then nothing more.
class MuteServer {
 public:
  explicit MuteServer(std::string says = "") : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    CHECK(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    CHECK(::listen(socket_, 5) == 0);
    CHECK(::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port = ntohs(address.sin_port);
    thread_ = std::thread([this, says = std::move(says)] {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      static_cast<void>(::send(client, says.data(), says.size(), MSG_NOSIGNAL));
      char byte = 0;
      while (::recv(client, &byte, 1, 0) > 0) {
      }
      ::close(client);
    });
  }
  ~MuteServer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }

  std::uint16_t port = 0;

 private:
  int socket_;
  std::thread thread_;
};

TEST(Fetch, SendsMethodTargetHeadersAndBody) {
  const auto server = tests::serve([](const Request& request) {
    Response response = tests::echo(request);
    response.status = 409;
    response.content_type =
        std::string(request.header("content-type")) + " " + std::string(request.header("host"));
    return response;
  });
  const auto answer =
      fetch(url_of(server->port()), {"POST", "", {{"content-type", "x/y"}}, "body"});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer.value().status, 409);
  EXPECT_EQ(answer.value().content_type, "x/y 127.0.0.1:" + std::to_string(server->port()));
  EXPECT_EQ(answer.value().body, "POST /a/b?c body");
  EXPECT_EQ(fetch(url_of(server->port(), ""), {"GET", "", {}, ""}).value().body, "GET / ");
}

TEST(Fetch, AServerThatStallsTakesNoLongerThanItMay) {
  for (const std::string says :
       {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"}) {
    const MuteServer server(says);
    FetchOptions options;
    options.timeout = 150ms;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(outcome(fetch(url_of(server.port), {"GET", "", {}, ""}, options)),
              "Unavailable/fetch_timeout");
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  }
}

TEST(Fetch, CanBeCancelled) {
  const MuteServer server;
  std::atomic<bool> cancelled = true;
  FetchOptions options;
  options.timeout = 60s;
  options.cancelled = &cancelled;
  EXPECT_EQ(outcome(fetch(url_of(server.port), {"GET", "", {}, ""}, options)),
            "Unavailable/fetch_timeout");
}

TEST(Fetch, WhatIsNoAnswerIsSaidSo) {
  const MuteServer nonsense("SSH-2.0-OpenSSH\r\n\r\n");
  EXPECT_EQ(outcome(fetch(url_of(nonsense.port), {"GET", "", {}, ""})), "Unavailable/fetch");
  const auto server = tests::serve([](const Request&) {
    Response response;
    response.body = std::string(1000, 'x');
    return response;
  });
  FetchOptions options;
  options.answer_bytes_max = 999;
  EXPECT_EQ(outcome(fetch(url_of(server->port()), {"GET", "", {}, ""}, options)),
            "Unavailable/fetch");
  const std::uint16_t port = server->port();
  server->stop();
  EXPECT_EQ(outcome(fetch(url_of(port), {"GET", "", {}, ""})), "Unavailable/fetch");
}

TEST(Fetch, OtherUrlsAreRefused) {
  for (const std::string url :
       {"", "127.0.0.1:80", "https://127.0.0.1/", "http://", "http:///a", "http://user@127.0.0.1/",
        "http://127.0.0.1/#a", "file:///etc/passwd"}) {
    EXPECT_EQ(outcome(fetch(url, {"GET", "", {}, ""})), "InvalidInput/fetch_url") << url;
  }
}

}  // namespace
}  // namespace gateway::http
