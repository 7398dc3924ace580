// What clients send, well or badly, and what comes back.

#include <gtest/gtest.h>

#include <atomic>

#include "tests/gateway/http/echo_server.h"

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

TEST(Connection, HeadersAreJoinedUnderLowerCaseNames) {
  const auto server = serve([](const Request& request) {
    Response response = echo(request);
    response.body = request.header("host");
    return response;
  });
  RawClient client(server->port());
  client.send("GET / HTTP/1.1\r\nHOST: localhost\r\nhost: evil\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.read_all()), "localhost, evil");
}

TEST(Connection, HeadIsAnsweredWithoutABody) {
  const auto server = serve();
  RawClient client(server->port());
  client.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  const std::string response = client.read_all();
  EXPECT_NE(response.find("Content-Length: 8\r\n"), std::string::npos);
  EXPECT_EQ(body_of(response), "");
}

TEST(Connection, ABodyThatWaitsForLeaveGetsIt) {
  const auto server = serve();
  RawClient client(server->port());
  client.send(
      "POST /a HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
      "Content-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_response(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ab");
  EXPECT_EQ(body_of(client.read_response()), "POST /a ab");
}

TEST(Connection, ASlowClientIsCutOff) {
  const auto server = serve(echo, {.read_timeout = 50ms});
  for (const std::string_view sent :
       {"GET /a HT", "POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nab"}) {
    RawClient client(server->port());
    client.send(sent);
    EXPECT_EQ(client.read_all(), "");
  }
}

TEST(Connection, ASilentClientIsCutOff) {
  const auto server = serve(echo, {.idle_timeout = 300ms});
  RawClient silent(server->port());
  EXPECT_EQ(silent.read_all(), "");
  RawClient served(server->port());
  served.send(kGet);
  EXPECT_EQ(body_of(served.read_response()), "GET /a ");
  EXPECT_EQ(served.read_all(), "");
}

TEST(Connection, AnOversizeBodyIsRefusedWhileItIsSent) {
  const auto server = serve();
  const std::string mebibyte(kBodyBytesMax, 'x');
  RawClient exact(server->port());
  exact.send(post("/a", mebibyte));
  EXPECT_EQ(status_of(exact.read_response()), "HTTP/1.1 200");
  RawClient announced(server->port());
  announced.send(post("/a", mebibyte + "x"));
  EXPECT_EQ(status_of(announced.read_all()), "HTTP/1.1 413");
  RawClient chunked(server->port());
  chunked.send("POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 3; ++i) chunked.send("80000\r\n" + mebibyte.substr(0, 0x80000) + "\r\n");
  chunked.send("0\r\n\r\n");
  EXPECT_EQ(status_of(chunked.read_all()), "HTTP/1.1 413");
}

TEST(Connection, OversizeHeadersAreRefused) {
  const auto server = serve();
  RawClient client(server->port());
  client.send("GET /a HTTP/1.1\r\nX: " + std::string(2 * kHeaderBytesMax, 'x') + "\r\n\r\n");
  EXPECT_EQ(status_of(client.read_all()), "HTTP/1.1 431");
}

TEST(Connection, GarbageIsRefusedAndDoesNoHarm) {
  const auto server = serve();
  for (const std::string& sent :
       {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), std::string(64, '\0'),
        std::string("\r\n\r\n\r\n"), std::string("GET\r\n\r\n"),
        std::string("GET / HTTP/9.9\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"),
        std::string("GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
        std::string(
            "POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n")}) {
    SCOPED_TRACE(sent);
    RawClient client(server->port());
    client.send(sent);
    EXPECT_EQ(status_of(client.read_all()), "HTTP/1.1 400");
  }
  RawClient client(server->port());
  client.send(kLastGet);
  EXPECT_EQ(status_of(client.read_all()), "HTTP/1.1 200");
}

TEST(Connection, ARequestBrokenOffIsForgotten) {
  std::atomic<int> calls = 0;
  const auto server = serve([&](const Request& request) {
    ++calls;
    return echo(request);
  });
  for (const std::string_view sent :
       {"", "G", "POST /a HTTP/1.1\r\n", "POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"}) {
    RawClient client(server->port());
    client.send(sent);
  }
  server->stop();
  EXPECT_EQ(calls, 0);
}

}  // namespace
}  // namespace gateway::http
