#pragma once

#include <string>

#include "core/result.h"
#include "core/secret.h"

// What the FCA's register asks of who reads it by program. Never printed, logged or recorded.
namespace gateway::registers::fetch {

struct Credentials {
  core::Secret email;
  core::Secret key;
};

// Lines "email=..." and "key=..." of a file that its owner alone can read (0600 or 0400).
// Errors: NotFound/file; Unavailable/io; InvalidInput/register_credentials: others can read it, a
//         line is missing or has another name. No error quotes the file.
core::Result<Credentials> read_credentials(const std::string& path);

// Of TALLY_FCA_EMAIL and TALLY_FCA_KEY. Errors: InvalidInput/register_credentials if one is empty.
core::Result<Credentials> credentials_of_environment();

}  // namespace gateway::registers::fetch
