#pragma once

#include <functional>

#include "core/time.h"
#include "gateway/http/message.h"
#include "ledger/witness/witness.h"

// `tally witness`: a witness behind HTTP.
namespace gateway::witness {

struct Service {
  ledger::witness::Witness& witness;
  core::Clock& clock;
  // Told what the operator is to hear of; any thread.
  std::function<void(const core::Error&)> report;
};

// POST /add-checkpoint and GET /<hex sha256(origin)>/checkpoint, without tokens: a checkpoint's own
// signature says whether it counts, and a cosigned one is for everybody.
// Source: C2SP tlog-witness v1.0.0.
http::Response handle(const http::Request& request, const Service& service);

}  // namespace gateway::witness
