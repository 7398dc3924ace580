#include "gateway/bench/served.h"

#include <algorithm>
#include <charconv>

#include "gateway/http/handler.h"
#include "gateway/http/server.h"
#include "gateway/rpc/frames.h"
#include "gateway/rpc/server.h"

namespace gateway::bench {
namespace {

constexpr std::string_view kToken = "tally_bench_0123456789";
constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kContentLength = "Content-Length: ";
constexpr std::string_view kReceipt = "{\"receipt\":";

service::Caller caller() {
  service::Caller out;
  out.client_id = "token";
  out.actor = core::PartyId{{1}};
  return out;
}

std::string post_lines(const std::string& book, std::span<const core::json::Value> commands) {
  std::string body;
  for (const core::json::Value& command : commands) body += core::json::print(command) + "\n";
  return "POST /v1/books/" + book +
         "/commands HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + std::string(kToken) +
         "\r\nContent-Type: application/x-ndjson\r\n" + std::string(kContentLength) +
         std::to_string(body.size()) + std::string(kHeadEnd) + body;
}

std::size_t http_size(std::string_view bytes) {
  const std::size_t head = bytes.find(kHeadEnd);
  const std::size_t field = bytes.find(kContentLength);
  if (head == std::string_view::npos || field > head) return 0;
  std::size_t length = 0;
  const char* begin = bytes.data() + field + kContentLength.size();
  std::from_chars(begin, bytes.data() + head, length);
  const std::size_t whole = head + kHeadEnd.size() + length;
  return bytes.size() < whole ? 0 : whole;
}

core::Result<> check_lines(std::string_view answer, std::size_t commands) {
  std::size_t receipts = 0;
  for (std::size_t at = answer.find(kReceipt); at != std::string_view::npos;
       at = answer.find(kReceipt, at + 1)) {
    ++receipts;
  }
  if (receipts == commands) return core::ok();
  return core::unavailable("bench_refused", "", "A command was refused: " + std::string(answer));
}

}  // namespace

std::string_view wire_name(Wire wire) { return wire == Wire::Http ? "http" : "thrift"; }

struct Served::Impl {
  core::SystemClock clock;
  Wire wire = Wire::Http;
  std::unique_ptr<service::Book> book;
  std::unique_ptr<service::Sequencer> sequencer;
  std::unique_ptr<http::Service> http_service;
  std::unique_ptr<http::Server> http_server;
  std::unique_ptr<rpc::Server> rpc_server;

  core::Result<> serve_http(std::size_t connections) {
    http_service = std::make_unique<http::Service>(
        http::Service{*book, *sequencer, std::string(kToken), caller(), book->genesis().book});
    http::ServerOptions options;
    options.connections_max = connections;
    TRY(http_server, http::Server::listen(options, [this](const http::Request& request) {
          return http::handle(request, *http_service);
        }));
    http_server->start();
    return core::ok();
  }

  core::Result<> serve_rpc(std::size_t connections) {
    rpc::ServerOptions options;
    options.token = kToken;
    options.caller = caller();
    options.connections_max = connections;
    TRY(rpc_server, rpc::Server::start(options, *book, *sequencer));
    return core::ok();
  }

  std::uint16_t port() const {
    return wire == Wire::Http ? http_server->port() : rpc_server->port();
  }
};

Served::Served(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Served::~Served() = default;

core::Result<std::unique_ptr<Served>> Served::start(const std::string& folder, Wire wire,
                                                    std::size_t connections) {
  auto impl = std::make_unique<Impl>();
  impl->wire = wire;
  TRY(impl->book, make_book(folder, impl->clock));
  impl->sequencer = std::make_unique<service::Sequencer>(*impl->book);
  if (wire == Wire::Http) {
    TRY(impl->serve_http(connections));
  } else {
    TRY(impl->serve_rpc(connections));
  }
  return std::unique_ptr<Served>(new Served(std::move(impl)));
}

std::vector<std::string> Served::requests(const Entries& entries, std::uint64_t count,
                                          std::uint64_t batch) const {
  const std::string& book = impl_->book->genesis().book;
  std::vector<std::string> out;
  for (std::uint64_t first = 0; first < count; first += batch) {
    std::vector<core::json::Value> commands;
    for (std::uint64_t i = first; i < std::min(first + batch, count); ++i) {
      commands.push_back(entries.command_json(i));
    }
    out.push_back(impl_->wire == Wire::Http
                      ? post_lines(book, commands)
                      : rpc::submit_frame(std::string(kToken), book, commands));
  }
  return out;
}

core::Result<Exchanged> Served::send(const std::vector<std::string>& requests,
                                     std::size_t connections, std::uint64_t batch,
                                     std::uint64_t count) const {
  Exchange wanted;
  wanted.port = impl_->port();
  wanted.connections = connections;
  wanted.requests = &requests;
  wanted.answer_size = impl_->wire == Wire::Http ? http_size : rpc::frame_size;
  std::uint64_t sum = 0;
  std::size_t short_ones = 0;
  // Answers come in any order; only the last request may have fewer commands.
  wanted.check = [&, wire = impl_->wire](std::string_view answer) -> core::Result<> {
    const auto check = wire == Wire::Http ? check_lines : rpc::check_submit_answer;
    const std::uint64_t last = count % batch;
    if (last != 0 && short_ones == 0 && check(answer, last)) {
      ++short_ones;
      sum += last;
      return core::ok();
    }
    sum += batch;
    return check(answer, batch);
  };
  TRY(auto result, exchange(wanted));
  if (sum != count) return core::corrupt("bench_answer", "", "Not every command was answered.");
  return result;
}

std::uint64_t Served::groups_committed() const { return impl_->sequencer->groups_committed(); }

}  // namespace gateway::bench
