#pragma once

#include <optional>

#include "engine/gate_values.h"
#include "gateway/cli/register_commands.h"

// What a file does not say of the answer in it: when it came.
namespace gateway::cli {

// What a person filled in says itself when it was.
bool is_form(const RegisterArguments& arguments);

// Errors: InvalidInput/instant at --answered-at.
core::Result<std::optional<core::Instant>> answered_at_of(const RegisterArguments& arguments);

// Sets when it was answered: as --answered-at says; else, of the FCA, as the firm's own page says
// (its time is London's, so an hour earlier; the earliest of several). A page that is a day older
// than was said is a remark. Errors: those of answered_at_of(); InvalidInput/register_capture if a
// form is given another time or a status.
core::Result<> say_when(const RegisterArguments& arguments, engine::Evidence& evidence);

}  // namespace gateway::cli
