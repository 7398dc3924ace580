#pragma once

#include <string>
#include <string_view>

#include "engine/dispatch/command_bytes.h"
#include "gateway/service/submission.h"

namespace gateway::bench {

// Who gives and who approves every command.
inline constexpr core::PartyId kActor{{1}};
inline constexpr core::PartyId kApprover{{2}};

// A typed command as it is queued.
template <class Command>
service::Submission make_submission(const Command& command, std::string_view client,
                                    std::string request_id) {
  service::Submission out;
  out.type = Command::kType;
  out.client_id = client;
  out.request_id = std::move(request_id);
  out.actor = kActor;
  out.approver = kApprover;
  out.command = core::to_cbor(engine::dispatch::CommandBytes{{}, core::to_cbor(command)});
  return out;
}

}  // namespace gateway::bench
