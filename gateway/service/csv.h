#pragma once

#include <string>
#include <string_view>

// Tables that people open in a spreadsheet.
namespace gateway::service {

// A cell, in quotes where it needs them. What a spreadsheet would take for a formula begins with an
// apostrophe; a number stays one.
// Source: RFC 4180; OWASP, "CSV Injection".
std::string csv_cell(std::string_view text);

}  // namespace gateway::service
