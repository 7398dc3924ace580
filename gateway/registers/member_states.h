#pragma once

#include <string_view>

// The states of the European Economic Area, as registers write them in words.
namespace gateway::registers {

// "LIECHTENSTEIN" or "Liechtenstein" gives "LI"; a code of two letters gives itself; empty if it is
// no state of the area. Source: EEA Agreement, ISO 3166-1; as of 2026-01-01.
std::string_view member_state_code(std::string_view name);

}  // namespace gateway::registers
