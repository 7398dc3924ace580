#include "gateway/http/connection.h"

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <optional>

#include "gateway/http/responses.h"

namespace gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bh = boost::beast::http;
using beast::error_code;
using Parser = bh::request_parser<bh::string_body>;

// A header and one reading of a body.
constexpr std::size_t kBufferBytesMax = kHeaderBytesMax + 64 * 1024;
constexpr std::size_t kReadBytes = 16 * 1024;
// What is still read, and for how long, from a client that was refused while it was sending: closed
// at once, the connection would be reset and the client might never see why.
constexpr std::size_t kDrainBytesMax = 16u << 20;
constexpr std::chrono::seconds kDrainTimeout{2};

// The end of an asynchronous call.
struct Done {
  std::optional<error_code>& result;
  void operator()(error_code ec, std::size_t) const { result = ec; }
};

Request to_request(bh::request<bh::string_body> message) {
  Request request;
  request.method = message.method_string();
  request.target = message.target();
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    std::string& value = request.headers[name];
    if (!value.empty()) value += ", ";
    value += field.value();
  }
  request.body = std::move(message.body());
  return request;
}

// What a client is told whose request cannot be read; nothing if it went away.
std::optional<Response> refusal(error_code ec) {
  if (ec == bh::error::end_of_stream || ec == bh::error::partial_message) return std::nullopt;
  if (ec == bh::error::body_limit) {
    return respond_problem(core::invalid("too_large", "", "A request has at most 1 MiB."));
  }
  if (ec == bh::error::header_limit || ec == bh::error::buffer_overflow) {
    return respond_problem(
        431, core::invalid("header_too_large", "", "The headers have at most 16 KiB."));
  }
  if (ec.category() != bh::make_error_code(bh::error::bad_method).category()) return std::nullopt;
  return respond_problem(core::invalid("http", "", "This is not HTTP/1.1: " + ec.message() + "."));
}

}  // namespace

// Each call of the network is asynchronous, so that it can time out and be ended, and waited for at
// once, so that the code reads from top to bottom.
struct Connection::Impl {
  Impl(const ServerOptions& its_options, const Handler& its_handler)
      : options(its_options), handler(its_handler) {}

  template <class Start>
  error_code wait(const Start& start) {
    std::optional<error_code> result;
    start(Done{result});
    while (!result) context.run_one();
    return *result;
  }

  // Waits for the first byte of a request, unless the last reading brought it along.
  bool await_request() {
    if (buffer.size() > 0) return true;
    stream.expires_after(options.idle_timeout);
    return read_some();
  }

  bool read_some() {
    std::size_t size = 0;
    const error_code ec = wait([&](Done done) {
      stream.async_read_some(buffer.prepare(kReadBytes),
                             [&size, done](error_code e, std::size_t n) {
                               size = n;
                               done(e, n);
                             });
    });
    buffer.commit(size);
    return !ec;
  }

  error_code read(Parser& parser) {
    parser.header_limit(kHeaderBytesMax);
    parser.body_limit(kBodyBytesMax);
    stream.expires_after(options.read_timeout);
    error_code ec = wait([&](Done done) { bh::async_read_header(stream, buffer, parser, done); });
    if (ec || parser.is_done()) return ec;
    if (beast::iequals(parser.get()[bh::field::expect], "100-continue")) {
      static constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";
      ec = wait([&](Done done) {
        asio::async_write(stream, asio::buffer(kGoOn.data(), kGoOn.size()), done);
      });
      if (ec) return ec;
    }
    return wait([&](Done done) { bh::async_read(stream, buffer, parser, done); });
  }

  error_code write(Response response, unsigned version, bool keep_alive, bool head) {
    bh::response<bh::string_body> message;
    message.version(version);
    message.result(static_cast<unsigned>(response.status));
    message.set(bh::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(keep_alive);
    message.content_length(response.body.size());
    // To HEAD the headers alone are sent.
    if (!head) message.body() = std::move(response.body);
    stream.expires_after(options.read_timeout);
    return wait([&](Done done) { bh::async_write(stream, message, done); });
  }

  // One request and its response; false if the connection is to be closed.
  bool serve_one() {
    Parser parser;
    if (const error_code ec = read(parser)) {
      if (auto refused = refusal(ec)) write(std::move(*refused), 11, false, false);
      return false;
    }
    const bool wanted = parser.keep_alive();
    const unsigned version = parser.get().version();
    const bool head = parser.get().method() == bh::verb::head;
    Response response = handler(to_request(parser.release()));
    const bool keep_alive = wanted && !ending;
    return !write(std::move(response), version, keep_alive, head) && keep_alive;
  }

  void close() {
    error_code ignored;
    stream.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream.expires_after(kDrainTimeout);
    std::size_t drained = 0;
    buffer.clear();
    while (drained < kDrainBytesMax && read_some()) {
      drained += buffer.size();
      buffer.clear();
    }
    stream.close();
  }

  const ServerOptions& options;
  const Handler& handler;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  beast::tcp_stream stream{context};
  asio::steady_timer last_call{context};
  beast::flat_buffer buffer{kBufferBytesMax};
  std::atomic<bool> ending = false;
};

Connection::Connection(const ServerOptions& options, const Handler& handler)
    : impl_(std::make_unique<Impl>(options, handler)) {}

Connection::~Connection() = default;

asio::ip::tcp::socket& Connection::socket() { return impl_->stream.socket(); }

void Connection::run() {
  while (!impl_->ending && impl_->await_request() && impl_->serve_one()) {
  }
  impl_->close();
}

void Connection::end() {
  impl_->ending = true;
  asio::post(impl_->context, [impl = impl_.get()] {
    error_code ignored;
    impl->stream.socket().shutdown(asio::ip::tcp::socket::shutdown_receive, ignored);
    // A client that does not read its last response must not keep us.
    impl->last_call.expires_after(impl->options.stop_timeout);
    impl->last_call.async_wait([impl](error_code ec) {
      if (!ec) impl->stream.close();
    });
  });
}

}  // namespace gateway::http
