#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "gateway/registers/answer.h"

// A register's answers in a folder: each body's exact bytes in a file (001.json, ...), and beside
// them answers.json with what came with each. Source: docs/registers.md, "Fetching".
namespace gateway::registers::fetch {

// Whether it is a folder, and so one of kept answers.
bool is_kept(const std::string& path);

// Errors: Unavailable/io.
core::Result<> keep_answers(const std::string& folder, std::span<const Answer> answers);

// Errors: NotFound/file; Unavailable/io; InvalidInput/json; InvalidInput/too_large;
//         InvalidInput/register_body for another form, or a body that is not the one that came.
core::Result<std::vector<Answer>> read_kept(const std::string& folder);

}  // namespace gateway::registers::fetch
