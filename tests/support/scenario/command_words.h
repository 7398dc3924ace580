#pragma once

#include "core/json.h"
#include "tests/support/scenario/line.h"

namespace tests::scenario {

// The command that "deposit client=@anna amount=100.00" stands for, as `tally submit` reads it:
//
//   key=text             text; true and false as such
//   key=                 left out, also if the runner would add it
//   key.inner=text       an object in an object; a number for `inner` counts the items of a list
//   key[]=a,b            a list of texts
//   key:=json            any JSON
//
// Added where absent: actor=@ops, approver=@chief, and the digest of a document for the commands
// that need one.
//
// Errors: InvalidInput/scenario with the place; those of JSON.
core::Result<core::json::Object> command_of(const Line& line, std::size_t first_word);

}  // namespace tests::scenario
