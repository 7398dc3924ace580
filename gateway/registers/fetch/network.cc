#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/url/parse.hpp>
#include <optional>

#include "gateway/registers/fetch/transport.h"

namespace gateway::registers::fetch {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;
using asio::ip::tcp;
using beast::error_code;
using PlainStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;

struct Address {
  bool is_secure = false;
  std::string host;
  std::string port;
  std::string authority;
  std::string target;
};

bool is_loopback(const std::string& host) {
  error_code failure;
  const auto address = asio::ip::make_address(host, failure);
  return !failure && address.is_loopback();
}

core::Result<Address> parse_address(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  Address address;
  if (parsed) {
    address.is_secure = parsed->scheme() == "https";
    address.host = parsed->host_address();
    address.port = parsed->has_port() ? std::string(parsed->port()) : "443";
    address.authority = std::string(parsed->encoded_host_and_port());
    address.target = std::string(parsed->encoded_target());
  }
  const bool is_plain = parsed && parsed->scheme() == "http" && is_loopback(address.host);
  if (!parsed || parsed->has_userinfo() || (!address.is_secure && !is_plain)) {
    return core::invalid("register_fetch", url,
                         "Registers are asked over https, and over http on this machine alone.");
  }
  if (address.target.empty()) address.target = "/";
  return address;
}

// Each step is waited for at once; all of them share one deadline.
class Exchange {
 public:
  Exchange(const std::string& url, const TransportOptions& options)
      : url_(url),
        options_(options),
        deadline_(std::chrono::steady_clock::now() + options.timeout) {}

  core::Result<HttpAnswer> run(const Address& address, const HttpRequest& request) {
    if (!address.is_secure) {
      PlainStream stream(context_);
      TRY(connect(stream, address));
      return ask(stream, address, request);
    }
    asio::ssl::context tls(asio::ssl::context::tls_client);
    error_code failure;
    tls.set_default_verify_paths(failure);
    if (!failure) tls.set_verify_mode(asio::ssl::verify_peer, failure);
    if (failure) return broken(failure);
    TlsStream stream(context_, tls);
    if (SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str()) != 1) {
      return broken(asio::error::invalid_argument);
    }
    stream.set_verify_callback(asio::ssl::host_name_verification(address.host), failure);
    if (failure) return broken(failure);
    TRY(connect(stream.next_layer(), address));
    TRY(wait(stream.next_layer(), [&](auto done) {
      stream.async_handshake(asio::ssl::stream_base::client,
                             [done](error_code ec) { done(ec, 0); });
    }));
    return ask(stream, address, request);
  }

 private:
  core::Result<> connect(PlainStream& stream, const Address& address) {
    error_code failure;
    tcp::resolver resolver(context_);
    const auto found = resolver.resolve(address.host, address.port, failure);
    if (failure) return broken(failure);
    return wait(stream, [&](auto done) {
      stream.async_connect(found, [done](error_code ec, const tcp::endpoint&) { done(ec, 0); });
    });
  }

  template <class Stream>
  core::Result<HttpAnswer> ask(Stream& stream, const Address& address, const HttpRequest& request) {
    bh::request<bh::empty_body> message(bh::verb::get, address.target, 11);
    message.set(bh::field::host, address.authority);
    message.set(bh::field::connection, "close");
    message.set(bh::field::accept, "application/json");
    for (const auto& [name, value] : request.headers) {
      message.set(beast::string_view(name.data(), name.size()),
                  beast::string_view(value.data(), value.size()));
    }
    PlainStream& lowest = beast::get_lowest_layer(stream);
    TRY(wait(lowest, [&](auto done) { bh::async_write(stream, message, done); }));
    beast::flat_buffer buffer;
    bh::response_parser<bh::string_body> parser;
    parser.body_limit(options_.body_bytes_max);
    TRY(wait(lowest, [&](auto done) { bh::async_read(stream, buffer, parser, done); }));
    auto answer = parser.release();
    return HttpAnswer{answer.result_int(), std::string(answer[bh::field::date]),
                      std::string(answer[bh::field::retry_after]), std::move(answer.body())};
  }

  template <class Start>
  core::Result<> wait(PlainStream& stream, const Start& start) {
    stream.expires_at(deadline_);
    std::optional<error_code> result;
    start([&result](error_code ec, std::size_t) { result = ec; });
    while (!result) {
      if (context_.stopped()) context_.restart();
      context_.run_one();
    }
    if (*result) return broken(*result);
    return core::ok();
  }

  // Says nothing of the request's headers.
  core::Error broken(error_code why) const {
    return core::unavailable("register_fetch", url_,
                             "No whole answer came: " + why.message() + ".");
  }

  const std::string& url_;
  const TransportOptions& options_;
  std::chrono::steady_clock::time_point deadline_;
  asio::io_context context_{1};
};

}  // namespace

Transport network(const TransportOptions& options) {
  return [options](const HttpRequest& request) -> core::Result<HttpAnswer> {
    TRY(const Address address, parse_address(request.url));
    return Exchange(request.url, options).run(address, request);
  };
}

}  // namespace gateway::registers::fetch
