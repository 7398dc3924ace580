#include "gateway/rpc/transport.h"

#include <thrift/protocol/TBinaryProtocol.h>

#include <chrono>
#include <thread>
#include <utility>

#include "gateway/rpc/limits.h"

namespace gateway::rpc {
namespace {

using apache::thrift::TConfiguration;
using apache::thrift::protocol::TBinaryProtocolFactory;
using apache::thrift::protocol::TProtocolFactory;
using apache::thrift::transport::TTransport;
using apache::thrift::transport::TTransportException;
using apache::thrift::transport::TTransportFactory;

constexpr std::uint32_t kBufferBytes = 512;
// A connection that once had a large message does not keep its buffer.
constexpr std::uint32_t kBufferKeptBytesMax = 64 * 1024;
constexpr auto kAcceptAgainAfter = std::chrono::milliseconds(100);

[[noreturn]] void refuse_frame(const char* why) {
  throw TTransportException(TTransportException::CORRUPTED_DATA, why);
}

class OneFrameTransportFactory final : public TTransportFactory {
 public:
  std::shared_ptr<TTransport> getTransport(std::shared_ptr<TTransport> transport) override {
    return std::make_shared<OneFrameTransport>(std::move(transport), limits_);
  }

 private:
  std::shared_ptr<TConfiguration> limits_ =
      std::make_shared<TConfiguration>(kFrameBytesMax, kFrameBytesMax);
};

}  // namespace

OneFrameTransport::OneFrameTransport(std::shared_ptr<TTransport> transport,
                                     std::shared_ptr<TConfiguration> limits)
    : TFramedTransport(std::move(transport), kBufferBytes, kBufferKeptBytesMax, std::move(limits)) {
}

bool OneFrameTransport::readFrame() {
  if (in_message_) refuse_frame("A message does not end in its frame");
  in_message_ = TFramedTransport::readFrame();
  return in_message_;
}

std::uint32_t OneFrameTransport::readEnd() {
  if (rBase_ != rBound_) refuse_frame("A frame does not end with its message");
  in_message_ = false;
  resetConsumedMessageSize();
  return TFramedTransport::readEnd();
}

std::shared_ptr<TTransportFactory> make_transport_factory() {
  return std::make_shared<OneFrameTransportFactory>();
}

std::shared_ptr<TProtocolFactory> make_protocol_factory() {
  return std::make_shared<TBinaryProtocolFactory>(kFrameBytesMax, kContainerMax,
                                                  /*strict_read=*/true, /*strict_write=*/true);
}

std::shared_ptr<TTransport> PatientServerSocket::acceptImpl() {
  try {
    return TServerSocket::acceptImpl();
  } catch (const TTransportException& exception) {
    if (exception.getType() == TTransportException::INTERRUPTED) throw;
  }
  // Thrift has logged it. To its server, a time-out is the only failure that is not the end.
  std::this_thread::sleep_for(kAcceptAgainAfter);
  throw TTransportException(TTransportException::TIMED_OUT);
}

}  // namespace gateway::rpc
