#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/http/guard.h"
#include "gateway/http/handler.h"
#include "gateway/http/responses.h"
#include "gateway/http/target.h"

namespace gateway::http {

// A request on its way through its route.
struct Call {
  const Request& request;
  const Service& service;
  std::map<std::string, std::string, std::less<>> variables;  // "{seq}" of the path is "seq".
  std::map<std::string, std::string> parameters;              // Of the query.

  const std::string& variable(std::string_view name) const { return variables.find(name)->second; }
  // The query parameter, or empty.
  std::string parameter(const std::string& name) const {
    const auto found = parameters.find(name);
    return found == parameters.end() ? std::string() : found->second;
  }
};

struct Route {
  std::string_view method;
  std::string_view path;
  Answer (*answer)(const Call& call);
  std::span<const std::string_view> parameters = {};  // Query parameters it knows.
  std::span<const std::string_view> body_types = {};  // Media types it reads; none: no body.
  Permission permission = Permission::Read;
  // The path's last variable takes all segments that are left, as in tile/0/x001/x234/067.
  bool takes_rest = false;
};

std::span<const Route> routes();

// The variables if the segments follow the route's path.
std::optional<std::map<std::string, std::string, std::less<>>> match_path(
    const Route& route, std::span<const std::string> segments);

}  // namespace gateway::http
