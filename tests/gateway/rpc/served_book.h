#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <thrift/transport/TSocket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/check.h"
#include "gateway/rpc/server.h"
#include "gateway/service/init.h"
#include "idl/TallyService.h"
#include "tests/support/temp_dir.h"

// A simulated book behind a Thrift server, and those who call it.
namespace tests {

inline constexpr char kToken[] = "tally_0123456789abcdef";
inline constexpr char kBook[] = "broker-1";
// Long enough for a busy machine: reached only if something hangs.
inline constexpr int kPatienceMillis = 30'000;

// A client as another program would be one.
class RpcClient {
 public:
  explicit RpcClient(std::uint16_t port)
      : socket_(std::make_shared<apache::thrift::transport::TSocket>("127.0.0.1", port)),
        transport_(std::make_shared<apache::thrift::transport::TFramedTransport>(socket_)),
        client_(std::make_shared<apache::thrift::protocol::TBinaryProtocol>(transport_)) {
    socket_->setRecvTimeout(kPatienceMillis);
    transport_->open();
  }

  tally::rpc::TallyServiceClient* operator->() { return &client_; }

  std::vector<tally::rpc::SubmitResult> submit(const std::vector<tally::rpc::Command>& commands) {
    std::vector<tally::rpc::SubmitResult> results;
    client_.submit(results, kToken, kBook, commands);
    return results;
  }
  tally::rpc::SubmitResult submit(const tally::rpc::Command& command) {
    return submit(std::vector{command}).at(0);
  }

 private:
  std::shared_ptr<apache::thrift::transport::TSocket> socket_;
  std::shared_ptr<apache::thrift::transport::TFramedTransport> transport_;
  tally::rpc::TallyServiceClient client_;
};

// A connection that sends whatever it likes.
class RawConnection {
 public:
  explicit RawConnection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    CHECK(socket_ >= 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    const timeval patience{kPatienceMillis / 1000, 0};
    CHECK(::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
  }
  ~RawConnection() { ::close(socket_); }
  RawConnection(const RawConnection&) = delete;
  RawConnection& operator=(const RawConnection&) = delete;

  void send(const std::string& bytes) {
    // The other side may close before it has read everything.
    static_cast<void>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }
  // What the server says before it closes: "closed" if nothing.
  std::string last_words() {
    std::string words;
    char buffer[512];
    while (true) {
      const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
      if (got > 0) {
        words.append(buffer, static_cast<std::size_t>(got));
        continue;
      }
      if (got < 0 && errno == EAGAIN) return "still open";
      return words.empty() ? "closed" : words;
    }
  }

 private:
  int socket_;
};

class ServedBook : public testing::Test {
 protected:
  ServedBook() {
    gateway::service::InitOptions options;
    options.folder.root = folder_ / "book";
    options.origin = std::string("ledger.example/") + kBook;
    options.simulated_seed = "rpc";
    verifier_key_ = gateway::service::init_book(options, clock_).value().verifier_key;
    book_ = gateway::service::Book::open(options.folder, clock_).value();
    sequencer_ = std::make_unique<gateway::service::Sequencer>(*book_);
    server_ = gateway::rpc::Server::start(server_options(), *book_, *sequencer_).value();
  }
  ~ServedBook() override { server_->stop(); }

  static gateway::rpc::ServerOptions server_options() {
    gateway::rpc::ServerOptions options;
    options.token = kToken;
    options.caller.client_id = "bridge";
    return options;
  }
  RpcClient client() const { return RpcClient(server_->port()); }

  static tally::rpc::Command command(const std::string& type, const std::string& request_id,
                                     const std::string& fields_json) {
    tally::rpc::Command out;
    out.command = type;
    out.request_id = request_id;
    out.__set_actor("@ops");
    out.__set_at("2026-01-02T09:00:00Z");
    out.fields_json = fields_json;
    return out;
  }
  static tally::rpc::Command deposit(const std::string& request_id, const std::string& amount) {
    return command("deposit", request_id,
                   R"({"client": "@anna", "bank": "@trust", "amount": ")" + amount +
                       R"(", "currency": "EUR"})");
  }
  // A bank and a client, so that there can be deposits.
  void prepare() {
    const auto results = client().submit({
        command("register_bank", "bank", R"({"bank": "@trust", "ring": "client_money"})"),
        command("register_client", "anna",
                R"({"client": "@anna", "category": "retail", "residence": "CY"})"),
    });
    for (const auto& result : results) {
      ASSERT_TRUE(result.__isset.receipt) << result.problem.detail;
    }
  }

  TempDir folder_;
  core::SystemClock clock_;
  std::string verifier_key_;
  std::unique_ptr<gateway::service::Book> book_;
  std::unique_ptr<gateway::service::Sequencer> sequencer_;
  std::unique_ptr<gateway::rpc::Server> server_;
};

// "InvalidInput/decimal at amount (400)"
inline std::string text(const tally::rpc::Problem& problem) {
  return problem.code + "/" + problem.reason + (problem.at.empty() ? "" : " at " + problem.at) +
         " (" + std::to_string(problem.status) + ")";
}
// "a receipt", or the problem.
inline std::string text(const tally::rpc::SubmitResult& result) {
  return result.__isset.receipt ? "a receipt" : text(result.problem);
}
// The problem that a call is refused with.
template <class Call>
std::string refusal(const Call& call) {
  try {
    call();
  } catch (const tally::rpc::Problem& problem) {
    return text(problem);
  }
  return "an answer";
}

}  // namespace tests
