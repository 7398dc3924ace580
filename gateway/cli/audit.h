#pragma once

#include "gateway/access/access_log.h"

// Readings on the command line are put down before anything is printed.
namespace gateway::cli {

// Who reads and why, from --actor and --purpose of any subcommand.
inline constexpr const char* kActorVariable = "TALLY_ACTOR";
inline constexpr const char* kPurposeVariable = "TALLY_PURPOSE";

// Does nothing if the folder has no log of reads. `book` may be null: files beside it are read.
// Errors: those of AccessLog::open and put_down; of the actor: InvalidInput/id, reference,
//         NotFound/unknown_reference.
core::Result<> put_down(const std::string& data, service::ReadableBook* book,
                        const access::Question& question, const access::Given& given);

// The name's id in the folder's references.
access::FindName find_in(const std::string& data);

// "name=value" joined by '&', without what is empty.
std::string query_text(
    std::initializer_list<std::pair<std::string_view, std::string_view>> parameters);

}  // namespace gateway::cli
