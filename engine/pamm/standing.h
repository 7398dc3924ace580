#pragma once

#include <vector>

#include "engine/context.h"

namespace engine::pamm {

// An investor's figures while a rollover is priced: money credit-positive in smallest units, units
// at scale 8. Starts from the books and moves by exact addition.
struct Standing {
  core::PartyId client;
  Investor investor;
  std::vector<ReleasedLoss> released;  // Of the pool's strategy, newest last.
  bool fee_free = false;               // The manager's own capital.
  core::Minor units = 0;
  core::Minor settled = 0;
  core::Minor floating = 0;
  core::Minor mark = 0;

  core::Minor entitlement() const { return settled + floating; }
};

// All investors in order of registration, which decides ties.
std::vector<Standing> standings(const Context& context, const core::StructureId& id,
                                const Structure& pool);

// Takes `amount` of returning money off the restore stack, newest first, and gives the loss that
// comes back with it. Errors: Overflow.
core::Result<core::Minor> pop_released(std::vector<ReleasedLoss>& stack, core::Minor amount);

// The open requests of a pool that a rollover takes, oldest first.
struct DueRequest {
  core::RequestId id;
  Request request;
};
std::vector<DueRequest> due_requests(const Context& context, const core::StructureId& pool,
                                     const std::optional<core::Instant>& cutoff);

}  // namespace engine::pamm
