#include <thrift/Thrift.h>
#include <thrift/protocol/TProtocol.h>
#include <thrift/transport/TBufferTransports.h>

#include <memory>
#include <string>

#include "core/check.h"
#include "core/utf8.h"
#include "gateway/rpc/commands.h"
#include "gateway/rpc/limits.h"
#include "gateway/rpc/transport.h"
#include "idl/TallyService.h"
#include "tests/fuzz/support/limits.h"
#include "tests/fuzz/support/submissions.h"

// What a client sends on one connection, through the transport, protocol and processor that the
// server has. The handler reads the commands as the server's does, and has no book. Its answers
// are read back, as the client would.
namespace {

using apache::thrift::TException;
using apache::thrift::protocol::TMessageType;
using apache::thrift::transport::TMemoryBuffer;
using gateway::service::Submission;

// A command takes 300 bytes and one of input, and a list of them doubles as it grows; a list's size
// is believed up to kContainerMax.
constexpr fuzz::Allowance kAllowance{
    .per_byte = 512, .beside = 2 * gateway::rpc::kContainerMax * sizeof(tally::rpc::Command)};

void refuse(const core::Error& error) {
  tally::rpc::Problem problem;
  problem.__set_reason(error.reason);
  throw problem;
}

class Handler final : public tally::rpc::TallyServiceIf {
 public:
  void submit(std::vector<tally::rpc::SubmitResult>& results, const std::string&,
              const std::string&, const std::vector<tally::rpc::Command>& commands) override {
    CHECK(commands.size() <= gateway::rpc::kContainerMax);
    for (const tally::rpc::Command& command : commands) results.push_back(read(command));
  }
  void get_record(tally::rpc::Record& record, const std::string&, const std::string&,
                  std::int64_t seq) override {
    record.__set_seq(seq);
  }
  void get_balances(tally::rpc::Balances&, const std::string&, const std::string&,
                    const std::string& account, const std::string&, const std::string&) override {
    const auto checked = gateway::rpc::check_text(account, "account");
    if (!checked) refuse(checked.error());
  }
  void get_trial_balance(tally::rpc::TrialBalance& balance, const std::string&, const std::string&,
                         const std::string& as_of, const std::string&) override {
    balance.as_of.__set_recorded_at(as_of);
  }
  void get_history(tally::rpc::HistoryPage& page, const std::string&, const std::string&,
                   const tally::rpc::HistoryQuery& query) override {
    page.__set_cursor(query.cursor);
  }
  void get_checkpoint(tally::rpc::Checkpoint& checkpoint, const std::string&,
                      const std::string& book) override {
    checkpoint.__set_note(book);
  }

 private:
  tally::rpc::SubmitResult read(const tally::rpc::Command& command) {
    tally::rpc::SubmitResult result;
    const auto submission = submission_of(command);
    if (submission) {
      check_submission(submission.value(), command);
      result.__isset.receipt = true;
    } else {
      result.problem.__set_reason(submission.error().reason);
      result.__isset.problem = true;
    }
    return result;
  }

  static core::Result<Submission> submission_of(const tally::rpc::Command& command) {
    fuzz::NamedIds ids;
    TRY(auto line, gateway::rpc::to_json(command));
    return gateway::service::read_submission(std::move(line), {}, ids, "");
  }

  // It says what stands in the command, and nothing else.
  static void check_submission(const Submission& submission, const tally::rpc::Command& command) {
    CHECK(core::is_utf8(command.fields_json));
    CHECK(submission.type == command.command);
    CHECK(submission.request_id == command.request_id);
    CHECK(submission.dry_run == command.dry_run);
    CHECK(submission.approver.has_value() == !command.approver.empty());
    CHECK(submission.at.has_value() == !command.at.empty());
    fuzz::check_bytes(submission);
  }
};

// Aborts unless `sent` is whole frames, each with one answer that a client can read.
void check_answers(std::string sent) {
  auto memory = std::make_shared<TMemoryBuffer>(reinterpret_cast<std::uint8_t*>(sent.data()),
                                                static_cast<std::uint32_t>(sent.size()));
  const auto transport = gateway::rpc::make_transport_factory()->getTransport(memory);
  const auto protocol = gateway::rpc::make_protocol_factory()->getProtocol(transport);
  while (memory->available_read() > 0) {
    std::string name;
    TMessageType type{};
    std::int32_t sequence = 0;
    protocol->readMessageBegin(name, type, sequence);
    CHECK(type == apache::thrift::protocol::T_REPLY ||
          type == apache::thrift::protocol::T_EXCEPTION);
    protocol->skip(apache::thrift::protocol::T_STRUCT);
    protocol->readMessageEnd();
    transport->readEnd();
  }
}

void answer(const core::ByteView input) {
  auto in = std::make_shared<TMemoryBuffer>(const_cast<std::uint8_t*>(input.data()),
                                            static_cast<std::uint32_t>(input.size()));
  auto out = std::make_shared<TMemoryBuffer>();
  const auto transports = gateway::rpc::make_transport_factory();
  const auto protocols = gateway::rpc::make_protocol_factory();
  auto from = protocols->getProtocol(transports->getTransport(in));
  auto to = protocols->getProtocol(transports->getTransport(out));
  tally::rpc::TallyServiceProcessor processor(std::make_shared<Handler>());
  try {
    // As the server does, until the client is at an end or has broken a rule.
    while (processor.process(from, to, nullptr)) {
    }
  } catch (const TException&) {
  }
  check_answers(out->getBufferAsString());
}

bool hush() {
  apache::thrift::GlobalOutput.setOutputFunction([](const char*) {});
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool hushed = hush();
  CHECK(hushed);
  const fuzz::MemoryLimit limit(size, kAllowance);
  answer({data, size});
  return 0;
}
