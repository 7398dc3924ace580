#pragma once

#include <thrift/protocol/TProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <thrift/transport/TServerSocket.h>

#include <memory>
#include <string>

// Thrift's transports with the limits that they lack. For this folder's .cc files only.
namespace gateway::rpc {

// A framed transport in which one message is one frame. Thrift's own reads on into the next frame,
// so that a message could grow without end, and counts the strings of all messages of a connection
// against the limit of one.
class OneFrameTransport final : public apache::thrift::transport::TFramedTransport {
 public:
  OneFrameTransport(std::shared_ptr<apache::thrift::transport::TTransport> transport,
                    std::shared_ptr<apache::thrift::TConfiguration> limits);

  // Ends a message. Throws TTransportException if the frame goes on after it.
  std::uint32_t readEnd() override;

 protected:
  // Throws TTransportException if the message began in another frame, or the frame is too large.
  bool readFrame() override;

 private:
  bool in_message_ = false;
};

// What the server speaks: one message a frame, in the strict binary protocol, within limits.h.
std::shared_ptr<apache::thrift::transport::TTransportFactory> make_transport_factory();
std::shared_ptr<apache::thrift::protocol::TProtocolFactory> make_protocol_factory();

// A listening socket that survives a failed accept: a process that is out of file descriptors for a
// moment must not stop serving for ever.
class PatientServerSocket final : public apache::thrift::transport::TServerSocket {
 public:
  using TServerSocket::TServerSocket;

 protected:
  std::shared_ptr<apache::thrift::transport::TTransport> acceptImpl() override;
};

}  // namespace gateway::rpc
