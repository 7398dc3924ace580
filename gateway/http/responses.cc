#include "gateway/http/responses.h"

#include "gateway/access/access_log.h"
#include "gateway/service/queries.h"

namespace gateway::http {
namespace {

// Seconds; a full queue is empty again well within one.
constexpr std::string_view kRetryAfter = "1";

// A report is one page with its styles inside; nothing else of ours is ever shown by a browser.
std::string_view content_policy(std::string_view content_type) {
  if (content_type == kHtml) return "default-src 'none'; style-src 'unsafe-inline'";
  return "default-src 'none'";
}

}  // namespace

Response respond(std::string_view content_type, std::string body) {
  Response response;
  response.content_type = content_type;
  response.body = std::move(body);
  response.headers = {{"X-Content-Type-Options", "nosniff"},
                      {"Cache-Control", "no-store"},
                      {"Content-Security-Policy", std::string(content_policy(content_type))}};
  return response;
}

Response respond_json(const core::json::Value& body, int status) {
  Response response = respond(kJson, core::json::print(body));
  response.status = status;
  response.entries = access::entries_in(body);
  return response;
}

Response cached(Response response, std::string_view control) {
  for (auto& [name, value] : response.headers) {
    if (name == "Cache-Control") value = control;
  }
  return response;
}

Response respond_problem(const core::Error& error) {
  return respond_problem(service::status_of(error), error);
}

Response respond_problem(int status, const core::Error& error) {
  core::json::Value problem = service::problem_to_json(error);
  for (auto& [name, value] : *problem.as_object()) {
    if (name == "status") value = status;
  }
  Response response = respond(kProblem, core::json::print(problem));
  response.status = status;
  if (status == 503) response.headers.emplace_back("Retry-After", kRetryAfter);
  return response;
}

Response not_acceptable(std::span<const std::string_view> offered) {
  std::string known;
  for (const std::string_view type : offered) {
    if (!known.empty()) known += " or ";
    known += type.substr(0, type.find(';'));
  }
  return respond_problem(
      406, core::invalid("not_acceptable", "Accept", "This is available as " + known + "."));
}

}  // namespace gateway::http
