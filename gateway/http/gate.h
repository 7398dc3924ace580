#pragma once

#include "gateway/http/routes.h"

// What the gate says to who asks, and what waits before it. Nothing is recorded.
namespace gateway::http {

Answer post_gate_checks(const Call& call);
Answer get_gate_replay(const Call& call);
Answer get_gate_queue(const Call& call);
Answer get_gate_mandates(const Call& call);
Answer get_gate_cell(const Call& call);

}  // namespace gateway::http
