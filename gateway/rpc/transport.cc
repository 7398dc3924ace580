#include "gateway/rpc/transport.h"

#include <chrono>
#include <thread>
#include <utility>

namespace gateway::rpc {
namespace {

using apache::thrift::TConfiguration;
using apache::thrift::transport::TTransport;
using apache::thrift::transport::TTransportException;

constexpr std::uint32_t kBufferBytes = 512;
// A connection that once had a large message does not keep its buffer.
constexpr std::uint32_t kBufferKeptBytesMax = 64 * 1024;
constexpr auto kAcceptAgainAfter = std::chrono::milliseconds(100);

[[noreturn]] void refuse_frame(const char* why) {
  throw TTransportException(TTransportException::CORRUPTED_DATA, why);
}

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

OneFrameTransportFactory::OneFrameTransportFactory(int frame_bytes_max)
    : limits_(std::make_shared<TConfiguration>(frame_bytes_max, frame_bytes_max)) {}

std::shared_ptr<TTransport> OneFrameTransportFactory::getTransport(
    std::shared_ptr<TTransport> transport) {
  return std::make_shared<OneFrameTransport>(std::move(transport), limits_);
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
