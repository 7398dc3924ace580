#include "gateway/http/handler.h"

#include <gtest/gtest.h>

#include "tests/gateway/http/served_book.h"

namespace gateway::http {
namespace {

using tests::header;
using tests::problem;
using tests::ServedBook;

class Handler : public ::testing::Test {
 protected:
  Response ask(const std::string& method, const std::string& target) {
    return served_.ask(ServedBook::request(method, target));
  }
  Response ask_with(const std::string& name, const std::string& value) {
    auto request = ServedBook::request("GET", "/v1/books");
    request.headers[name] = value;
    return served_.ask(request);
  }

  ServedBook served_;
};

TEST_F(Handler, HealthNeedsNoToken) {
  auto request = ServedBook::request("GET", "/health");
  request.headers.erase("authorization");
  const Response response = served_.ask(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(tests::json_of(response).text("status"), "ok");
  EXPECT_EQ(tests::json_of(response).text("book"), "test-book");
  EXPECT_GT(*tests::json_of(response).find("size")->as_integer(), 0);
}

TEST_F(Handler, EverythingElseNeedsTheToken) {
  for (const std::string_view path : {"/v1/books", "/v1/nothing", "/", "/health/", "/health/x",
                                      "/v1/books/test-book/checkpoint", "*", ""}) {
    SCOPED_TRACE(path);
    auto request = ServedBook::request("GET", std::string(path));
    request.headers.erase("authorization");
    const Response response = served_.ask(request);
    EXPECT_EQ(problem(response), "401 unauthorized");
    EXPECT_EQ(header(response, "WWW-Authenticate"), "Bearer realm=\"tallystick\"");
  }
}

TEST_F(Handler, AWrongTokenIsNoToken) {
  for (const std::string_view value :
       {"", "Bearer", "Bearer ", "Bearer secre", "Bearer secret2", "Bearer Secret", "Basic secret",
        "secret", "Bearer secret, Bearer secret"}) {
    SCOPED_TRACE(value);
    EXPECT_EQ(ask_with("authorization", std::string(value)).status, 401);
  }
  EXPECT_EQ(ask_with("authorization", "bearer secret").status, 200);
}

TEST_F(Handler, AServiceWithoutATokenLetsNobodyIn) {
  served_.service().token.clear();
  EXPECT_EQ(ask_with("authorization", "Bearer ").status, 401);
  EXPECT_EQ(ask_with("authorization", "").status, 401);
}

TEST_F(Handler, OnlyLoopbackHostsAreAnswered) {
  for (const std::string_view host :
       {"127.0.0.1", "127.0.0.1:1", "localhost:65535", "LocalHost", "[::1]", "[::1]:8080"}) {
    SCOPED_TRACE(host);
    EXPECT_EQ(ask_with("host", std::string(host)).status, 200);
  }
  for (const std::string_view host :
       {"", "evil.example", "127.0.0.1.evil.example", "localhost:", "localhost:80x", "localhost@x",
        "localhost:123456", "::1", "127.0.0.2", "localhost, localhost", "localhost:80:80"}) {
    SCOPED_TRACE(host);
    EXPECT_EQ(problem(ask_with("host", std::string(host))), "421 host");
  }
}

TEST_F(Handler, TheHostIsCheckedEvenForHealth) {
  auto request = ServedBook::request("GET", "/health");
  request.headers["host"] = "rebound.example";
  EXPECT_EQ(problem(served_.ask(request)), "421 host");
  request.headers.erase("host");
  EXPECT_EQ(problem(served_.ask(request)), "421 host");
}

TEST_F(Handler, PagesOfOtherSitesAreRefused) {
  for (const std::string_view origin :
       {"http://localhost:3000", "https://127.0.0.1", "http://[::1]:8080"}) {
    SCOPED_TRACE(origin);
    EXPECT_EQ(ask_with("origin", std::string(origin)).status, 200);
  }
  for (const std::string_view origin : {"", "null", "http://evil.example", "localhost", "file://",
                                        "http://localhost.evil.example", "http://localhost/"}) {
    SCOPED_TRACE(origin);
    EXPECT_EQ(problem(ask_with("origin", std::string(origin))), "403 foreign_origin");
  }
}

TEST_F(Handler, UnknownPathsAreNotFound) {
  for (const std::string_view path :
       {"/", "/v1", "/v1/", "/v1/books/", "/v2/books", "//v1/books", "/v1/books/test-book",
        "/v1/books/test-book/records/", "/v1/books/test-book/records/0/x", "/v1%2Fbooks"}) {
    SCOPED_TRACE(path);
    EXPECT_EQ(problem(ask("GET", std::string(path))), "404 unknown_path");
  }
  EXPECT_EQ(problem(ask("GET", "/v1/books/other/checkpoint")), "404 unknown_book");
  EXPECT_EQ(ask("GET", "/v1/%62ooks").status, 200);
}

TEST_F(Handler, MalformedTargetsAreRefused) {
  for (const std::string_view target :
       {"", "*", "v1/books", "http://127.0.0.1/v1/books", "/v1/%", "/v1/%4", "/v1/%zz", "/v1/%ff",
        "/v1/%00", "/v1/books?a=%0a", "/v1/ books", "/v1/books#part"}) {
    SCOPED_TRACE(target);
    EXPECT_EQ(problem(ask("GET", std::string(target))), "400 target");
  }
}

TEST_F(Handler, UnknownAndRepeatedParametersAreRefused) {
  EXPECT_EQ(problem(ask("GET", "/v1/books?from=1")), "400 unknown_parameter");
  EXPECT_EQ(problem(ask("GET", "/v1/books/test-book/records?from=1&from=2")),
            "400 duplicate_parameter");
}

TEST_F(Handler, OtherMethodsAreRefusedWithThoseThatWork) {
  for (const std::string_view method : {"HEAD", "PUT", "DELETE", "OPTIONS", "get", "POST"}) {
    SCOPED_TRACE(method);
    const Response response = ask(std::string(method), "/v1/books");
    EXPECT_EQ(problem(response), "405 method_not_allowed");
    EXPECT_EQ(header(response, "Allow"), "GET");
  }
  EXPECT_EQ(header(ask("GET", "/v1/books/test-book/commands"), "Allow"), "POST");
}

TEST_F(Handler, OnlyKnownContentTypesAreRead) {
  EXPECT_EQ(problem(served_.post("commands", "{}", "")), "415 content_type");
  EXPECT_EQ(problem(served_.post("commands", "{}", "text/plain")), "415 content_type");
  EXPECT_EQ(problem(served_.post("commands", "{}", "application/jsonx")), "415 content_type");
  EXPECT_EQ(problem(served_.post("statements", "{}", "application/x-ndjson")), "415 content_type");
  EXPECT_EQ(problem(served_.post("commands", "{}", "Application/JSON; charset=utf-8")),
            "400 missing_field");
}

TEST_F(Handler, ABodyHasALimit) {
  EXPECT_EQ(problem(served_.post("commands", std::string(kBodyBytesMax + 1, ' '))),
            "413 too_large");
  EXPECT_EQ(problem(served_.post("commands", std::string(kBodyBytesMax, ' '))), "400 json");
}

TEST_F(Handler, EveryResponseIsSafeForABrowser) {
  for (const std::string_view path : {"/health", "/v1/books", "/nothing"}) {
    SCOPED_TRACE(path);
    const Response response = ask("GET", std::string(path));
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(header(response, "Content-Security-Policy"), "default-src 'none'");
  }
}

}  // namespace
}  // namespace gateway::http
