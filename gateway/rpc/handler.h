#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/access/access_log.h"
#include "gateway/service/book.h"
#include "gateway/service/sequencer.h"
#include "idl/TallyService.h"

// This header names the generated interface; only this folder's .cc files may include it.
namespace gateway::rpc {

// Answers the calls of idl/tally.thrift with the use cases that the other interfaces have too. Any
// number of threads may call it at once. A refusal leaves as the exception that the interface
// declares: Thrift knows no other way.
class Handler final : public tally::rpc::TallyServiceIf {
 public:
  Handler(service::Book& book, service::Sequencer& sequencer, service::Caller caller,
          std::string token, access::AccessLog* access = nullptr);

  void submit(std::vector<tally::rpc::SubmitResult>& results, const std::string& token,
              const std::string& book, const std::vector<tally::rpc::Command>& commands) override;
  void get_record(tally::rpc::Record& record, const std::string& token, const std::string& book,
                  std::int64_t seq) override;
  void get_balances(tally::rpc::Balances& balances, const std::string& token,
                    const std::string& book, const std::string& account, const std::string& as_of,
                    const std::string& effective_at) override;
  void get_trial_balance(tally::rpc::TrialBalance& balance, const std::string& token,
                         const std::string& book, const std::string& as_of,
                         const std::string& effective_at) override;
  void get_history(tally::rpc::HistoryPage& page, const std::string& token, const std::string& book,
                   const tally::rpc::HistoryQuery& query) override;
  void get_checkpoint(tally::rpc::Checkpoint& checkpoint, const std::string& token,
                      const std::string& book) override;

 private:
  core::Result<> admit(const std::string& token, const std::string& book) const;
  core::Result<> submit_all(const std::vector<tally::rpc::Command>& commands,
                            std::vector<tally::rpc::SubmitResult>& results);
  core::Result<> read_balances(const std::string& account, const std::string& as_of,
                               const std::string& effective_at, tally::rpc::Balances& balances);

  core::Result<> put_down(const access::Question& question, const access::Given& given);

  service::Book& book_;
  service::Sequencer& sequencer_;
  const service::Caller caller_;
  const std::string token_;
  const std::string book_name_;
  access::AccessLog* const access_;
};

}  // namespace gateway::rpc
