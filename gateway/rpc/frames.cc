#include "gateway/rpc/frames.h"

#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/transport/TBufferTransports.h>

#include <memory>

#include "idl/TallyService.h"

namespace gateway::rpc {
namespace {

using apache::thrift::protocol::TBinaryProtocol;
using apache::thrift::transport::TMemoryBuffer;
using core::json::Value;

constexpr std::size_t kLengthBytes = 4;

tally::rpc::Command to_command(const Value& line) {
  tally::rpc::Command command;
  core::json::Object fields;
  for (const auto& [name, value] : *line.as_object()) {
    const std::string* text = value.as_string();
    if (name == "command") {
      command.__set_command(*text);
    } else if (name == "request_id") {
      command.__set_request_id(*text);
    } else if (name == "approver") {
      command.__set_approver(*text);
    } else {
      fields.emplace_back(name, value);
    }
  }
  command.__set_fields_json(core::json::print(fields));
  return command;
}

core::Error problem_in(const tally::rpc::Problem& problem) {
  return core::unavailable(
      "bench_refused", problem.at,
      "The server refused a command: " + problem.reason + ": " + problem.detail);
}

core::Error no_answer(std::string_view why) {
  return core::corrupt("bench_answer", "", "This is no answer to submit: " + std::string(why));
}

}  // namespace

std::string submit_frame(const std::string& token, const std::string& book,
                         std::span<const Value> commands) {
  std::vector<tally::rpc::Command> list;
  list.reserve(commands.size());
  for (const Value& command : commands) list.push_back(to_command(command));
  auto memory = std::make_shared<TMemoryBuffer>();
  tally::rpc::TallyServiceClient client(std::make_shared<TBinaryProtocol>(memory));
  client.send_submit(token, book, list);
  const std::string message = memory->getBufferAsString();
  std::string frame;
  frame.reserve(kLengthBytes + message.size());
  for (int shift = 24; shift >= 0; shift -= 8) {
    frame.push_back(static_cast<char>(message.size() >> shift));
  }
  return frame + message;
}

std::size_t frame_size(std::string_view bytes) {
  if (bytes.size() < kLengthBytes) return 0;
  std::size_t size = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    size = size << 8 | static_cast<unsigned char>(bytes[i]);
  }
  size += kLengthBytes;
  return bytes.size() < size ? 0 : size;
}

core::Result<> check_submit_answer(std::string_view frame, std::size_t commands) {
  if (frame_size(frame) != frame.size() || frame.empty()) return no_answer("not one frame");
  auto memory = std::make_shared<TMemoryBuffer>();
  const std::string_view message = frame.substr(kLengthBytes);
  memory->write(reinterpret_cast<const std::uint8_t*>(message.data()),
                static_cast<std::uint32_t>(message.size()));
  tally::rpc::TallyServiceClient client(std::make_shared<TBinaryProtocol>(memory));
  std::vector<tally::rpc::SubmitResult> results;
  try {
    client.recv_submit(results);
  } catch (const tally::rpc::Problem& problem) {
    return problem_in(problem);
  } catch (const apache::thrift::TException& exception) {
    return no_answer(exception.what());
  }
  if (results.size() != commands) return no_answer("another number of results");
  for (const tally::rpc::SubmitResult& result : results) {
    if (!result.__isset.receipt) return problem_in(result.problem);
  }
  return core::ok();
}

}  // namespace gateway::rpc
