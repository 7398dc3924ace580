#include "gateway/http/handler.h"

#include <algorithm>

#include "gateway/http/audit.h"
#include "gateway/http/guard.h"
#include "gateway/http/media_types.h"
#include "gateway/http/routes.h"

namespace gateway::http {
namespace {

// The route of this method and path; without one, the methods that the path has.
struct Found {
  const Route* route = nullptr;
  std::map<std::string, std::string, std::less<>> variables;
  std::string allowed;
  Permission any_method = Permission::Read;  // What the path asks of those with another method.
};

Found find_route(std::string_view method, const Target& target) {
  Found found;
  for (const Route& route : routes()) {
    auto variables = match_path(route, target.segments);
    if (!variables) continue;
    if (route.method == method) {
      found.route = &route;
      found.variables = std::move(*variables);
      return found;
    }
    if (found.allowed.empty()) found.any_method = route.permission;
    if (found.allowed.find(route.method) != std::string::npos) continue;
    if (!found.allowed.empty()) found.allowed += ", ";
    found.allowed += route.method;
  }
  return found;
}

Response refuse_method(const std::string& allowed) {
  Response response = respond_problem(
      405, core::invalid("method_not_allowed", "", "This path knows only " + allowed + "."));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

core::Result<> check_parameters(const Route& route, const Target& target) {
  for (const auto& [name, value] : target.parameters) {
    if (std::ranges::find(route.parameters, name) == route.parameters.end()) {
      return core::invalid("unknown_parameter", name, "This path knows no such query parameter.");
    }
  }
  return core::ok();
}

std::optional<Response> refuse_body(const Request& request, const Route& route) {
  if (request.body.size() > kBodyBytesMax) {
    return respond_problem(core::invalid("too_large", "", "A request has at most 1 MiB."));
  }
  if (route.body_types.empty()) return std::nullopt;
  const std::string type = media_type(request.header("content-type"));
  if (std::ranges::find(route.body_types, type) != route.body_types.end()) return std::nullopt;
  std::string known;
  for (const std::string_view one : route.body_types) {
    if (!known.empty()) known += " or ";
    known += one;
  }
  return respond_problem(
      415, core::invalid("content_type", "Content-Type", "Send the body as " + known + "."));
}

Answer answer(const Request& request, const Service& service, const Target& target, Found& found) {
  TRY(check_parameters(*found.route, target));
  const auto book = found.variables.find("book");
  if (book != found.variables.end() && book->second != service.book_id) {
    return core::not_found("unknown_book", "book", "This server has no book of that name.");
  }
  if (auto refused = refuse_body(request, *found.route)) return std::move(*refused);
  const Call call{request, service, std::move(found.variables), target.parameters};
  TRY(check_purpose(call));
  TRY(Response response, found.route->answer(call));
  TRY(put_down(call, *found.route, response));
  return response;
}

}  // namespace

Response handle(const Request& request, Service& service) {
  if (auto refused = refuse_foreign_page(request, service)) return std::move(*refused);
  const auto target = parse_target(request.target);
  Found found;
  if (target) found = find_route(request.method, target.value());
  // Which paths there are is told to those alone who may use some of them.
  const Permission needed = found.route != nullptr ? found.route->permission : found.any_method;
  if (auto refused = refuse_caller(request, service, needed)) return std::move(*refused);
  if (!target) return respond_problem(target.error());
  if (found.route == nullptr) {
    if (!found.allowed.empty()) return refuse_method(found.allowed);
    return respond_problem(
        core::not_found("unknown_path", "", "There is no such path; see docs/openapi.yaml."));
  }
  auto response = answer(request, service, target.value(), found);
  if (!response) return respond_problem(response.error());
  return std::move(response.value());
}

}  // namespace gateway::http
