#pragma once

#include <string_view>

#include "gateway/registers/capture/capture.h"

// The page of a Cyprus investment firm (CIF) at CySEC, filled into a form by one person and
// reviewed by another: there is no register that a program can ask. Source: docs/registers.md,
// "CySEC".
namespace gateway::registers::cysec {

// Reads a form "cysec-entity/1". A licence that is not active gives its status and no services,
// instruments or places.
//
// Errors: those of capture::read for the head and the fields; InvalidInput/identifier_* for a
// number
//         that is none; InvalidInput/register_capture for a service, instrument or state that no
//         list has.
core::Result<capture::Capture> read(std::string_view form);

}  // namespace gateway::registers::cysec
