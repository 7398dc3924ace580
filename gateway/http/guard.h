#pragma once

#include <optional>

#include "gateway/http/handler.h"

// Who may ask at all.
namespace gateway::http {

// 421 unless Host is one of ours, 403 if Origin is there and is not: a page of another site that a
// browser was led to must reach nothing, even where its name was made to point at this machine.
std::optional<Response> refuse_foreign_page(const Request& request, const Service& service);

// What a route asks of its caller.
enum class Permission {
  None,       // Anybody may.
  Hashes,     // Anybody if Service::public_tiles; otherwise as Read. Salted leaves tell nothing.
  Read,       // Either token.
  WholeBook,  // The auditor's: every record as stored, in bulk.
  Write,      // The operator's.
};

// The token of "Bearer TOKEN", or empty.
std::string_view bearer_token(std::string_view authorization);

// 401 unless the request carries a bearer token, 403 unless that permits it. Source: RFC 6750.
std::optional<Response> refuse_caller(const Request& request, const Service& service,
                                      Permission needed);

}  // namespace gateway::http
