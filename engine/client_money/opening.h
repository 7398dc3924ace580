#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/context.h"
#include "engine/effects.h"

namespace engine::client_money {

// Opens an account if nobody has: for those that only some books need.
void open_if_missing(const Context& context, Effects& effects, std::string path,
                     std::vector<ledger::LawKind> laws, const Subjects& concerns);

// Errors: Conflict/exists at `field` if any record concerns this id.
core::Result<> require_new(const Context& context, const ledger::SubjectId& id,
                           std::string_view field);

// The first instant after the day that follows an instant's: what is zero by T+1 is so before it.
core::Instant end_of_next_day(core::Instant instant);

}  // namespace engine::client_money
