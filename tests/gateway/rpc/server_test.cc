#include "gateway/rpc/server.h"

#include <gtest/gtest.h>

#include <latch>
#include <list>
#include <set>
#include <thread>

#include "tests/gateway/rpc/served_book.h"
#include "tests/support/held_writer.h"
#include "tests/support/outcome.h"

namespace {

using gateway::rpc::kConnectionsMax;
using gateway::rpc::kFrameBytesMax;
using gateway::rpc::Server;
using tests::kBook;
using tests::kToken;
using tests::RawConnection;

std::string big_endian(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
  return out;
}
std::string frame(const std::string& body) {
  return big_endian(static_cast<std::uint32_t>(body.size())) + body;
}
// The beginning of a strict binary call of this method.
std::string call_of(const std::string& method) {
  return big_endian(0x80010001) + big_endian(static_cast<std::uint32_t>(method.size())) + method +
         big_endian(0);
}
constexpr char kString = 11;
constexpr char kList = 15;
constexpr char kStruct = 12;
std::string field(char type, char id) { return {type, 0, id}; }
std::string string_field(char id, const std::string& text) {
  return field(kString, id) + big_endian(static_cast<std::uint32_t>(text.size())) + text;
}
const std::string kStop(1, 0);

// --- What a stranger may send. ---

class Wire : public tests::ServedBook {
 protected:
  // What the server says to these bytes before it closes the connection.
  std::string answer_to(const std::string& bytes) const {
    RawConnection connection(server_->port());
    connection.send(bytes);
    return connection.last_words();
  }
  // The server must still be there for the others.
  ~Wire() override { EXPECT_TRUE(client().submit(std::vector<tally::rpc::Command>{}).empty()); }
};

TEST_F(Wire, AWholeCallInBytesIsAnswered) {
  RawConnection connection(server_->port());
  connection.send(
      frame(call_of("get_checkpoint") + string_field(1, kToken) + string_field(2, kBook) + kStop));
  connection.send("garbage");
  EXPECT_NE(connection.last_words().find("ledger.example/broker-1"), std::string::npos);
}

TEST_F(Wire, AnOversizeFrameIsNotRead) {
  EXPECT_EQ(answer_to(big_endian(kFrameBytesMax + 1) + "x"), "closed");
  EXPECT_EQ(answer_to(big_endian(0x7fffffff) + "x"), "closed");
  EXPECT_EQ(answer_to(big_endian(0x80000000) + "x"), "closed");
}

TEST_F(Wire, GarbageClosesTheConnection) {
  EXPECT_EQ(answer_to("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"), "closed");
  EXPECT_EQ(answer_to(frame("garbage that is no call")), "closed");
  EXPECT_EQ(answer_to(frame("")), "closed");
  EXPECT_EQ(answer_to(frame(std::string(1000, '\xff'))), "closed");
}

TEST_F(Wire, ACallOfTheOldBinaryProtocolIsNotRead) {
  EXPECT_EQ(answer_to(frame(big_endian(14) + "get_checkpoint" + '\1' + big_endian(0) + kStop)),
            "closed");
}

TEST_F(Wire, ADeclaredHugeListIsNotBelieved) {
  const std::string start = call_of("submit") + field(kList, 3) + kStruct;
  EXPECT_EQ(answer_to(frame(start + big_endian(0x7fffffff))), "closed");
  EXPECT_EQ(answer_to(frame(start + big_endian(0xffffffff))), "closed");
  EXPECT_EQ(answer_to(frame(start + big_endian(20'001) + std::string(20'001, '\0') + kStop)),
            "closed");
}

TEST_F(Wire, ADeclaredHugeStringIsNotBelieved) {
  const std::string start = call_of("get_checkpoint") + field(kString, 1);
  EXPECT_EQ(answer_to(frame(start + big_endian(0x7fffffff) + "x")), "closed");
  EXPECT_EQ(answer_to(frame(start + big_endian(kFrameBytesMax) + "x")), "closed");
}

TEST_F(Wire, AMessageCannotGoOnInTheNextFrame) {
  const std::string body =
      call_of("get_checkpoint") + string_field(1, kToken) + string_field(2, kBook) + kStop;
  EXPECT_EQ(answer_to(frame(body.substr(0, 40)) + frame(body.substr(40))), "closed");
}

TEST_F(Wire, NothingMayFollowAMessageInItsFrame) {
  EXPECT_EQ(answer_to(frame(call_of("get_checkpoint") + string_field(1, kToken) +
                            string_field(2, kBook) + kStop + "x")),
            "closed");
}

TEST_F(Wire, DeepNestingIsNotFollowed) {
  std::string body = call_of("get_checkpoint");
  for (int i = 0; i < 100'000; ++i) body += field(kStruct, 9);
  EXPECT_EQ(answer_to(frame(body)), "closed");
}

TEST_F(Wire, AnUnknownMethodIsSaidToBeUnknown) {
  RawConnection connection(server_->port());
  connection.send(frame(call_of("drop_everything") + kStop));
  connection.send(frame("garbage that is no call"));
  EXPECT_NE(connection.last_words().find("Invalid method name"), std::string::npos);
}

TEST_F(Wire, AConnectionCarriesMoreThanOneFramesWorthOfText) {
  tests::RpcClient client = this->client();
  tally::rpc::Balances balances;
  const std::string account(1'000'000, 'a');
  for (int i = 0; i < 6; ++i) {
    EXPECT_NE(
        tests::refusal([&] { client->get_balances(balances, kToken, kBook, account, "", ""); }),
        "an answer");
  }
}

// --- Starting and stopping. ---

class Life : public tests::ServedBook {
 protected:
  auto start(const gateway::rpc::ServerOptions& options) {
    return Server::start(options, *book_, *sequencer_);
  }
};

TEST_F(Life, StartingAndStoppingAtOnceEnds) {
  for (int i = 0; i < 20; ++i) {
    const auto server = start(server_options()).value();
    EXPECT_NE(server->port(), 0);
    server->stop();
  }
}

TEST_F(Life, StoppingTwiceIsStoppingOnce) {
  server_->stop();
  server_->stop();
  EXPECT_THROW(client(), apache::thrift::transport::TTransportException);
}

TEST_F(Life, OtherAddressesThanLoopbackAreRefused) {
  for (const char* host : {"0.0.0.0", "192.168.0.1", "::", "128.0.0.1", "ledger.example", ""}) {
    auto options = server_options();
    options.host = host;
    EXPECT_EQ(tests::outcome(start(options)), "InvalidInput/not_loopback") << host;
  }
}

TEST_F(Life, LoopbackAddressesAreServed) {
  for (const char* host : {"127.0.0.1", "127.0.0.2", "localhost"}) {
    auto options = server_options();
    options.host = host;
    EXPECT_EQ(tests::outcome(start(options)), "a value") << host;
  }
}

TEST_F(Life, AServerWithoutATokenDoesNotStart) {
  auto options = server_options();
  options.token.clear();
  EXPECT_EQ(tests::outcome(start(options)), "InvalidInput/token");
}

TEST_F(Life, AnAddressInUseIsRefused) {
  auto options = server_options();
  options.port = server_->port();
  EXPECT_EQ(tests::outcome(start(options)), "Unavailable/listen");
}

TEST_F(Life, IdleConnectionsDoNotKeepItFromStopping) {
  std::list<RawConnection> idle;
  // More than are accepted; a byte each, because silent ones are not.
  for (std::size_t i = 0; i < kConnectionsMax + 8; ++i)
    idle.emplace_back(server_->port()).send(kStop);
  server_->stop();
  for (RawConnection& connection : idle) EXPECT_EQ(connection.last_words(), "closed");
}

TEST_F(Life, AClientMoreThanTheLimitIsServedWhenAnotherLeaves) {
  std::list<RawConnection> idle;
  for (std::size_t i = 0; i < kConnectionsMax; ++i) idle.emplace_back(server_->port()).send(kStop);
  std::thread leaving([&] { idle.pop_front(); });
  EXPECT_TRUE(client().submit(std::vector<tally::rpc::Command>{}).empty());
  leaving.join();
}

TEST_F(Life, WhatIsRecordedWhenItStopsWasAlsoAnswered) {
  prepare();
  constexpr int kClients = 3;
  constexpr int kBusy = 5;
  std::latch busy(kClients);
  std::array<std::set<std::string>, kClients> sent;
  std::array<std::set<std::string>, kClients> answered;
  const auto run = [&](std::size_t number) {
    try {
      tests::RpcClient self = client();
      for (int i = 0;; ++i) {
        const std::string id = std::to_string(number) + "-" + std::to_string(i);
        sent.at(number).insert(id);
        if (tests::text(self.submit(deposit(id, "1.00"))) == "a receipt") {
          answered.at(number).insert(id);
        }
        if (i == kBusy) busy.count_down();
      }
    } catch (const apache::thrift::transport::TTransportException&) {
      // The server has stopped.
    }
  };
  std::list<std::thread> threads;
  for (std::size_t i = 0; i < kClients; ++i) threads.emplace_back(run, i);
  busy.wait();
  server_->stop();
  for (std::thread& thread : threads) thread.join();
  core::Sha256 sha256;
  const auto read = book_->read([&](const gateway::service::BookView& view) -> core::Result<> {
    for (std::size_t i = 0; i < kClients; ++i) {
      for (const std::string& id : sent.at(i)) {
        const auto key = ledger::index::request_key(sha256, "bridge", id);
        TRY(const auto recorded_at, view.index.find_request(key));
        const bool recorded = recorded_at.has_value();
        EXPECT_EQ(recorded, answered.at(i).contains(id)) << id;
      }
    }
    return core::ok();
  });
  EXPECT_TRUE(read.has_value());
}

TEST_F(Life, WhileTheQueueIsFullEachCommandIsToBeSentAgain) {
  prepare();
  tests::HeldWriter held(*book_);
  std::vector<gateway::service::Submission> most(gateway::service::kClientQueueMax);
  for (auto& one : most) one.client_id = "bridge";
  const auto queued = sequencer_->queue(std::move(most));
  const auto refused = client().submit({deposit("r-1", "1.00"), deposit("r-2", "1.00")});
  ASSERT_EQ(refused.size(), 2u);
  for (const auto& result : refused) {
    EXPECT_EQ(tests::text(result), "Unavailable/queue_full (503)");
  }
  held.release();
  static_cast<void>(sequencer_->answers(queued));
  EXPECT_EQ(tests::text(client().submit(deposit("r-1", "1.00"))), "a receipt");
}

}  // namespace
