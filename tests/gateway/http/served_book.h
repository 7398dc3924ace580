#pragma once

#include <memory>
#include <string>

#include "core/check.h"
#include "core/json.h"
#include "gateway/http/handler.h"
#include "gateway/service/init.h"
#include "tests/support/temp_dir.h"

namespace tests {

// A new simulated book in a folder of its own, and what serves it. Its token stands for @ops.
class ServedBook {
 public:
  ServedBook() {
    gateway::service::InitOptions options;
    options.folder = folder();
    options.origin = "ledger.example/test-book";
    options.simulated_seed = "http";
    CHECK(gateway::service::init_book(options, clock_));
    book_ = std::move(gateway::service::Book::open(folder(), clock_).value());
    sequencer_ = std::make_unique<gateway::service::Sequencer>(*book_);
    service_ = std::make_unique<gateway::http::Service>(
        gateway::http::Service{*book_, *sequencer_, "secret", caller(), "test-book"});
  }

  gateway::service::Folder folder() const { return {dir_.path().string()}; }
  gateway::http::Service& service() { return *service_; }
  gateway::service::Book& book() { return *book_; }

  // A request as a well-behaved client sends it.
  static gateway::http::Request request(std::string method, std::string target,
                                        std::string body = "", std::string type = "") {
    gateway::http::Request request;
    request.method = std::move(method);
    request.target = std::move(target);
    request.headers = {{"host", "127.0.0.1:8080"}, {"authorization", "Bearer secret"}};
    if (!type.empty()) request.headers["content-type"] = std::move(type);
    request.body = std::move(body);
    return request;
  }

  gateway::http::Response ask(const gateway::http::Request& request) {
    return handle(request, *service_);
  }
  gateway::http::Response get(const std::string& path, const std::string& accept = "") {
    auto it = request("GET", "/v1/books/test-book/" + path);
    if (!accept.empty()) it.headers["accept"] = accept;
    return ask(it);
  }
  gateway::http::Response post(const std::string& path, const std::string& body,
                               const std::string& type = "application/json") {
    return ask(request("POST", "/v1/books/test-book/" + path, body, type));
  }

  // A command that a new book takes: another client, and how it is called.
  static std::string client(const std::string& request_id, const std::string& name) {
    return R"({"command":"register_client","request_id":")" + request_id +
           R"(","at":"2026-01-02T08:00:00Z","client":")" + name +
           R"(","category":"retail","residence":"CY"})";
  }

 private:
  gateway::service::Caller caller() {
    gateway::service::Caller caller{"token", core::PartyId{}};
    CHECK(book_->with_references([&](gateway::refs::ReferenceStore& store) -> core::Result<> {
      TRY(caller.actor->bytes, store.resolve("@ops"));
      return store.save();
    }));
    return caller;
  }

  TempDir dir_;
  core::SystemClock clock_;  // Never read: a simulated book goes by its lines' `at`.
  std::unique_ptr<gateway::service::Book> book_;
  std::unique_ptr<gateway::service::Sequencer> sequencer_;
  std::unique_ptr<gateway::http::Service> service_;
};

inline core::json::Value json_of(const gateway::http::Response& response) {
  auto value = core::json::parse(response.body);
  CHECK(value);
  return value.value();
}

// "404 unknown_path": what a test of a refusal compares.
inline std::string problem(const gateway::http::Response& response) {
  if (response.content_type != "application/problem+json") return "no problem";
  const auto value = json_of(response);
  CHECK(value.find("status") != nullptr && *value.find("status") == response.status);
  return std::to_string(response.status) + " " + std::string(value.text("reason"));
}

inline std::string header(const gateway::http::Response& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

}  // namespace tests
