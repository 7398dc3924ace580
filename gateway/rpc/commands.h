#pragma once

#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"
#include "idl/tally_types.h"

// What clients say over Thrift, before anything is done with it. This header names the generated
// types; only this folder's .cc files may include it.
namespace gateway::rpc {

// The object that the command is in the JSON interface (service::read_submission()).
// Errors: InvalidInput/too_large if the fields are over kCommandBytesMax; json, wrong_type,
//         unknown_field at fields_json; utf8 at the field.
core::Result<core::json::Value> to_json(const tally::rpc::Command& command);

// Thrift does not check that a string is text. Errors: InvalidInput/utf8 at `field`.
core::Result<> check_text(const std::string& text, std::string_view field);

}  // namespace gateway::rpc
