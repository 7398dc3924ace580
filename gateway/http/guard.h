#pragma once

#include <optional>

#include "gateway/http/handler.h"

// Who may ask at all.
namespace gateway::http {

// 421 unless Host is one of ours, 403 if Origin is there and is not: a page of another site that a
// browser was led to must reach nothing, even where its name was made to point at this machine.
std::optional<Response> refuse_foreign_page(const Request& request, const Service& service);

// 401 unless the request carries the bearer token. Source: RFC 6750.
std::optional<Response> refuse_stranger(const Request& request, const Service& service);

}  // namespace gateway::http
