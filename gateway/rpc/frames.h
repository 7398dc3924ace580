#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/json.h"

// Calls of idl/tally.thrift as the bytes that stand on the wire, for a client that sends many.
namespace gateway::rpc {

// The frame of a call of submit. `commands` are written as the JSON interface has them.
std::string submit_frame(const std::string& token, const std::string& book,
                         std::span<const core::json::Value> commands);

// The size of the frame that the bytes begin with, its length included; 0 if it is not complete.
std::size_t frame_size(std::string_view bytes);

// Whether the answer to such a call has a receipt for each command.
// Errors: Unavailable/bench_refused with the first problem in it; Corrupt/bench_answer if it is no
// such
//         answer.
core::Result<> check_submit_answer(std::string_view frame, std::size_t commands);

}  // namespace gateway::rpc
