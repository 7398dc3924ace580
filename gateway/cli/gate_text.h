#pragma once

#include <string>

#include "core/json.h"

// The gate's answers as lines for people, from the JSON that programs get.
namespace gateway::cli {

std::string gate_check_text(const core::json::Value& answer);
std::string gate_replay_text(const core::json::Value& replay);
std::string gate_impact_text(const core::json::Value& impact);
std::string gate_queue_text(const core::json::Value& queue);
std::string gate_mandates_text(const core::json::Value& mandates);
// A cell's form: what counsel reads and signs.
std::string gate_cell_text(const core::json::Value& form);

}  // namespace gateway::cli
