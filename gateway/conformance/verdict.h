#pragma once

#include "core/json.h"

namespace gateway::conformance {

// {"ok": true}, to which members may be added.
core::json::Object accepted();
// {"ok": false, "reason": ..., "at": ..., "detail": ...}: judged, and found wrong.
core::json::Value refused(const core::Error& error);
// accepted() or refused().
core::json::Value verdict(const core::Result<>& judged);

// Adds reason, at (if there is a place) and detail.
void explain(const core::Error& error, core::json::Object& members);

}  // namespace gateway::conformance
