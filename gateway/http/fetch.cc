#include "gateway/http/fetch.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/url/parse.hpp>
#include <optional>

namespace gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;
using asio::ip::tcp;
using beast::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kLookForCancel{100};

struct Address {
  std::string host;
  std::string port;
  std::string authority;
  std::string target;
};

core::Result<Address> parse_url(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  if (!parsed || parsed->scheme() != "http" || parsed->host().empty() || parsed->has_userinfo() ||
      parsed->has_fragment()) {
    return core::invalid("fetch_url", url, "Write http://HOST:PORT/PATH.");
  }
  Address address;
  address.host = parsed->host_address();
  address.port = parsed->has_port() ? std::string(parsed->port()) : "80";
  address.authority = std::string(parsed->encoded_host_and_port());
  address.target = std::string(parsed->encoded_target());
  if (address.target.empty()) address.target = "/";
  return address;
}

// Each step is asynchronous and waited for at once, so that all share one deadline.
class Exchange {
 public:
  Exchange(std::string url, const FetchOptions& options)
      : url_(std::move(url)), options_(options), deadline_(Clock::now() + options.timeout) {}

  core::Result<Response> run(const Address& address, const Request& request) {
    TRY(connect(address));
    bh::request<bh::string_body> message = to_message(address, request);
    TRY(wait([&](auto done) { bh::async_write(stream_, message, done); }));
    bh::response_parser<bh::string_body> parser;
    parser.body_limit(options_.answer_bytes_max);
    TRY(wait([&](auto done) { bh::async_read(stream_, buffer_, parser, done); }));
    auto answer = parser.release();
    Response response;
    response.status = static_cast<int>(answer.result_int());
    response.content_type = answer[bh::field::content_type];
    response.body = std::move(answer.body());
    return response;
  }

 private:
  core::Result<> connect(const Address& address) {
    // Names are looked up in the files of this machine first; a lookup has time limits of its own.
    error_code failure;
    tcp::resolver resolver(context_);
    const auto found = resolver.resolve(address.host, address.port, failure);
    if (failure) return broken(failure);
    return wait([&](auto done) {
      stream_.async_connect(found, [done](error_code ec, const tcp::endpoint&) { done(ec, 0); });
    });
  }

  static bh::request<bh::string_body> to_message(const Address& address, const Request& request) {
    bh::request<bh::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(address.target);
    message.set(bh::field::host, address.authority);
    message.set(bh::field::connection, "close");
    for (const auto& [name, value] : request.headers) message.set(name, value);
    message.body() = request.body;
    message.prepare_payload();
    return message;
  }

  template <class Start>
  core::Result<> wait(const Start& start) {
    std::optional<error_code> result;
    start([&result](error_code ec, std::size_t) { result = ec; });
    bool ended = false;
    while (!result) {
      if (!ended && (Clock::now() >= deadline_ || is_cancelled())) {
        ended = true;
        stream_.close();  // What is under way then ends with an error.
      }
      if (context_.stopped()) context_.restart();
      context_.run_one_for(ended ? kLookForCancel : std::min(kLookForCancel, left()));
    }
    if (ended) {
      return core::unavailable(
          "fetch_timeout", url_,
          "There was no whole answer within " + std::to_string(options_.timeout.count()) + " ms.");
    }
    if (*result) return broken(*result);
    return core::ok();
  }

  std::chrono::milliseconds left() const {
    const auto rest =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    return std::max(rest, std::chrono::milliseconds(1));
  }

  bool is_cancelled() const { return options_.cancelled != nullptr && *options_.cancelled; }

  core::Error broken(error_code why) const {
    return core::unavailable("fetch", url_,
                             "It did not answer as HTTP asks: " + why.message() + ".");
  }

  std::string url_;
  const FetchOptions& options_;
  Clock::time_point deadline_;
  asio::io_context context_{1};
  beast::tcp_stream stream_{context_};
  beast::flat_buffer buffer_;
};

}  // namespace

core::Result<Response> fetch(const std::string& url, const Request& request,
                             const FetchOptions& options) {
  TRY(const Address address, parse_url(url));
  return Exchange(url, options).run(address, request);
}

}  // namespace gateway::http
