#include "gateway/rpc/transport.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/gateway/rpc/served_book.h"

namespace {

using apache::thrift::transport::TTransportException;
using gateway::rpc::PatientServerSocket;

// The process can open nothing more while this lives.
class NoMoreFiles {
 public:
  NoMoreFiles() {
    CHECK(::getrlimit(RLIMIT_NOFILE, &before_) == 0);
    limit({3, before_.rlim_max});
  }
  ~NoMoreFiles() { limit(before_); }
  NoMoreFiles(const NoMoreFiles&) = delete;
  NoMoreFiles& operator=(const NoMoreFiles&) = delete;

 private:
  static void limit(const rlimit& value) { CHECK(::setrlimit(RLIMIT_NOFILE, &value) == 0); }
  rlimit before_{};
};

TEST(PatientServerSocket, AFailedAcceptIsATimeOutAndTheClientIsAcceptedLater) {
  PatientServerSocket socket("127.0.0.1", 0);
  socket.listen();
  tests::RawConnection connection(static_cast<std::uint16_t>(socket.getPort()));
  connection.send("x");
  {
    const NoMoreFiles limited;
    try {
      socket.accept();
      ADD_FAILURE() << "accepted without a file descriptor";
    } catch (const TTransportException& exception) {
      EXPECT_EQ(exception.getType(), TTransportException::TIMED_OUT);
    }
  }
  EXPECT_TRUE(socket.accept()->isOpen());
}

TEST(PatientServerSocket, AnInterruptedAcceptSaysSo) {
  PatientServerSocket socket("127.0.0.1", 0);
  socket.listen();
  socket.interrupt();
  try {
    socket.accept();
    ADD_FAILURE() << "accepted nobody";
  } catch (const TTransportException& exception) {
    EXPECT_EQ(exception.getType(), TTransportException::INTERRUPTED);
  }
}

}  // namespace
