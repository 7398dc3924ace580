#pragma once

#include <string>
#include <string_view>

#include "gateway/service/book.h"
#include "idl/TallyService.h"

// What questions are answered with. This header names the generated interface; only this folder's
// .cc files may include it.
namespace gateway::rpc {

// More lines would not fit a frame.
inline constexpr std::size_t kTrialBalanceLinesMax = 20'000;

tally::rpc::AsOf to_as_of(const core::json::Value& json);

// Errors: those of the use cases (gateway/service); InvalidInput/too_large.
core::Result<> read_trial_balance(service::Book& book, const std::string& as_of,
                                  const std::string& effective_at,
                                  tally::rpc::TrialBalance& answer);
core::Result<> read_history(service::Book& book, const tally::rpc::HistoryQuery& query,
                            tally::rpc::HistoryPage& answer);

}  // namespace gateway::rpc
