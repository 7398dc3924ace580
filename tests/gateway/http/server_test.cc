#include "gateway/http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "tests/gateway/http/echo_server.h"
#include "tests/gateway/http/served_book.h"
#include "tests/support/outcome.h"

namespace gateway::http {
namespace {

using namespace std::chrono_literals;
using tests::body_of;
using tests::echo;
using tests::kGet;
using tests::kLastGet;
using tests::post;
using tests::RawClient;
using tests::serve;
using tests::status_of;

TEST(Server, ListensOnLoopbackOnly) {
  for (const std::string_view host :
       {"0.0.0.0", "::", "192.0.2.1", "example.com", "", "2001:db8::1", "127.0.0.1.example.com"}) {
    SCOPED_TRACE(host);
    EXPECT_EQ(tests::outcome(Server::listen({.host = std::string(host)}, echo)),
              "InvalidInput/not_loopback");
  }
  for (const std::string_view host : {"localhost", "127.0.0.1"}) {
    const auto server = Server::listen({.host = std::string(host)}, echo);
    ASSERT_TRUE(server);
    EXPECT_NE(server.value()->port(), 0);
  }
}

TEST(Server, AnAddressInUseIsSaidSo) {
  const auto server = serve();
  EXPECT_EQ(tests::outcome(Server::listen({.port = server->port()}, echo)), "Unavailable/listen");
}

TEST(Server, StartsAndStopsAtOnce) {
  for (int i = 0; i < 50; ++i) {
    const auto server = serve();
    server->stop();
  }
}

TEST(Server, StopMayComeFirstOrTwiceOrFromManyThreads) {
  auto server = std::move(Server::listen({}, echo).value());
  server->stop();
  server->start();
  server->stop();
  server = serve();
  RawClient client(server->port());
  std::thread other([&] { server->stop(); });
  server->stop();
  other.join();
  EXPECT_EQ(client.read_all(), "");
}

TEST(Server, APortIsFreeAgainAfterStop) {
  const auto server = serve();
  RawClient client(server->port());
  client.send(kGet);
  client.read_response();
  server->stop();
  const auto next = serve(echo, {.port = server->port()});
  RawClient again(next->port());
  again.send(kLastGet);
  EXPECT_EQ(body_of(again.read_all()), "GET /a ");
}

TEST(Server, AConnectionIsKeptAndRequestsMayQueueUp) {
  const auto server = serve();
  RawClient client(server->port());
  client.send(post("/one", "first") + post("/two", "second") + std::string(kLastGet));
  EXPECT_EQ(body_of(client.read_response()), "POST /one first");
  EXPECT_EQ(body_of(client.read_response()), "POST /two second");
  EXPECT_EQ(body_of(client.read_all()), "GET /a ");
}

TEST(Server, BeyondItsConnectionsItAnswersUnavailable) {
  const auto server = serve(echo, {.connections_max = 2});
  RawClient first(server->port());
  first.send(kGet);
  first.read_response();
  RawClient second(server->port());
  second.send(kGet);
  second.read_response();
  RawClient third(server->port());
  const std::string response = third.read_all();
  EXPECT_EQ(status_of(response), "HTTP/1.1 503");
  EXPECT_NE(response.find("Retry-After: 1\r\n"), std::string::npos);
  first.send(kGet);
  EXPECT_EQ(status_of(first.read_response()), "HTTP/1.1 200");
}

TEST(Server, AConnectionThatEndedMakesRoom) {
  const auto server = serve(echo, {.connections_max = 1});
  for (int i = 0; i < 20; ++i) {
    RawClient client(server->port());
    client.send(kLastGet);
    // The last one's thread may need a moment more.
    if (status_of(client.read_all()) != "HTTP/1.1 200") --i;
  }
}

TEST(Server, StopLetsACallInFlightAnswer) {
  std::promise<void> called, released;
  const auto server = serve([&](const Request& request) {
    if (request.method == "POST") {
      called.set_value();
      released.get_future().wait();
    }
    return echo(request);
  });
  RawClient client(server->port());
  client.send(post("/a", "slow"));
  called.get_future().wait();
  RawClient idle(server->port());
  idle.send(kGet);
  idle.read_response();
  std::thread stopping([&] { server->stop(); });
  // Connections are told to end in the order in which they came: the call was told before.
  EXPECT_EQ(idle.read_all(), "");
  released.set_value();
  const std::string response = client.read_all();
  EXPECT_EQ(body_of(response), "POST /a slow");
  EXPECT_NE(response.find("Connection: close\r\n"), std::string::npos);
  stopping.join();
}

TEST(Server, AClientThatReadsNothingDoesNotKeepItFromStopping) {
  std::promise<void> called;
  const auto server = serve(
      [&](const Request& request) {
        Response response = echo(request);
        response.body.assign(64u << 20, 'x');
        called.set_value();
        return response;
      },
      {.stop_timeout = 50ms});
  RawClient client(server->port());
  client.send(kGet);
  called.get_future().wait();
  server->stop();
}

TEST(Server, ManyClientsAreServedAtOnce) {
  constexpr int kClients = 20;
  std::atomic<int> inside = 0;
  std::promise<void> all_inside;
  const std::shared_future<void> gate = all_inside.get_future().share();
  const auto server = serve([&](const Request& request) {
    if (++inside == kClients) all_inside.set_value();
    gate.wait();
    return echo(request);
  });
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < kClients; ++i) {
    threads.emplace_back([&, i] {
      RawClient client(server->port());
      const std::string body = "client " + std::to_string(i);
      for (int round = 0; round < 3; ++round) {
        client.send(post("/a", body));
        if (body_of(client.read_response()) == "POST /a " + body) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 3 * kClients);
}

TEST(Server, OfTwoClientsWithOneRequestIdOneGetsAHit) {
  tests::ServedBook served;
  const auto server =
      serve([&](const Request& request) { return handle(request, served.service()); });
  for (int round = 0; round < 10; ++round) {
    SCOPED_TRACE(round);
    const std::string request =
        post("/v1/books/test-book/commands",
             tests::ServedBook::client("r-" + std::to_string(round), "@c" + std::to_string(round)));
    std::string answers[2];
    std::vector<std::thread> threads;
    for (std::string& answer : answers) {
      threads.emplace_back([&] {
        RawClient client(server->port());
        client.send(request);
        answer = client.read_response();
      });
    }
    for (std::thread& thread : threads) thread.join();
    std::set<std::string> statuses{status_of(answers[0]), status_of(answers[1])};
    EXPECT_EQ(statuses, (std::set<std::string>{"HTTP/1.1 200", "HTTP/1.1 201"}));
    const auto without_hit = [](const std::string& answer) {
      const std::string body = body_of(answer);
      return body.substr(0, body.find("\"hit\""));
    };
    EXPECT_EQ(without_hit(answers[0]), without_hit(answers[1]));
  }
}

}  // namespace
}  // namespace gateway::http
