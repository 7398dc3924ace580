#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/json.h"
#include "core/result.h"
#include "gateway/http/message.h"

// The responses we give. Each carries the headers that keep a browser from guessing, caching or
// loading anything.
namespace gateway::http {

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kJsonLines = "application/x-ndjson";
inline constexpr std::string_view kBytes = "application/octet-stream";
inline constexpr std::string_view kText = "text/plain; charset=utf-8";
inline constexpr std::string_view kHtml = "text/html; charset=utf-8";
inline constexpr std::string_view kProblem = "application/problem+json";

// What a route answers: a response, or an error that becomes a problem document.
using Answer = core::Result<Response>;

Response respond(std::string_view content_type, std::string body);
Response respond_json(const core::json::Value& body, int status = 200);
// Lets whoever asked keep the response, by these words of Cache-Control.
Response cached(Response response, std::string_view control);

// The problem document of an error, with the error's own status. Unavailable adds Retry-After.
// Source: RFC 9457.
Response respond_problem(const core::Error& error);
// The same for a fault that only HTTP knows, with its status.
Response respond_problem(int status, const core::Error& error);
// 406: the Accept header takes none of what is offered.
Response not_acceptable(std::span<const std::string_view> offered);

}  // namespace gateway::http
