#include "gateway/http/client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/url/parse.hpp>

namespace gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;

// Far above any answer we give: a page of 1000 records of 64 KiB, printed as JSON.
constexpr std::uint64_t kAnswerBytesMax = std::uint64_t{256} << 20;

core::Error broken(const std::string& detail) {
  return core::unavailable("server", "--url",
                           "The server cannot be reached or went away: " + detail +
                               ". Try again with the same request ids.");
}

}  // namespace

core::Result<ServerAddress> parse_server_url(const std::string& url) {
  const auto parsed = boost::urls::parse_uri(url);
  const bool plain = parsed && parsed->scheme() == "http" && !parsed->host().empty() &&
                     parsed->port_number() != 0 && !parsed->has_userinfo() &&
                     (parsed->encoded_path().empty() || parsed->encoded_path() == "/") &&
                     !parsed->has_query() && !parsed->has_fragment();
  if (!plain) {
    return core::invalid("url", "--url", "Write http://HOST:PORT, such as http://127.0.0.1:8080.");
  }
  return ServerAddress{parsed->host_address(), std::string(parsed->port())};
}

struct Client::Impl {
  std::string host;
  asio::io_context context;
  asio::ip::tcp::socket socket{context};
  beast::flat_buffer buffer;
};

Client::Client(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;

core::Result<Client> Client::connect(const ServerAddress& address) {
  auto impl = std::make_unique<Impl>();
  beast::error_code failure;
  asio::ip::tcp::resolver resolver(impl->context);
  const auto found = resolver.resolve(address.host, address.port, failure);
  if (!failure) asio::connect(impl->socket, found, failure);
  if (failure) return broken(failure.message());
  impl->socket.set_option(asio::ip::tcp::no_delay(true), failure);
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  impl->host = (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" + address.port;
  return Client(std::move(impl));
}

core::Result<Response> Client::ask(const Request& request) {
  bh::request<bh::string_body> message;
  message.version(11);
  message.method_string(request.method);
  message.target(request.target);
  message.set(bh::field::host, impl_->host);
  for (const auto& [name, value] : request.headers) message.set(name, value);
  message.body() = request.body;
  message.prepare_payload();
  beast::error_code failure;
  bh::write(impl_->socket, message, failure);
  if (failure) return broken(failure.message());
  bh::response_parser<bh::string_body> parser;
  parser.body_limit(kAnswerBytesMax);
  bh::read(impl_->socket, impl_->buffer, parser, failure);
  if (failure) return broken(failure.message());
  auto answer = parser.release();
  Response response;
  response.status = static_cast<int>(answer.result_int());
  response.content_type = answer[bh::field::content_type];
  response.body = std::move(answer.body());
  return response;
}

}  // namespace gateway::http
