#include "gateway/http/guard.h"

#include <algorithm>

#include "gateway/http/responses.h"
#include "gateway/service/token.h"

namespace gateway::http {
namespace {

constexpr std::size_t kPortDigitsMax = 5;

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(left, right, {}, lower, lower);
}

// "host" or "host:port" where the host is allowed.
bool is_allowed(std::string_view authority, const std::vector<std::string>& hosts) {
  return std::ranges::any_of(hosts, [&](const std::string& host) {
    if (authority.size() < host.size()) return false;
    if (!equal_ignoring_case(authority.substr(0, host.size()), host)) return false;
    const std::string_view rest = authority.substr(host.size());
    if (rest.empty()) return true;
    const std::string_view port = rest.substr(1);
    return rest[0] == ':' && !port.empty() && port.size() <= kPortDigitsMax &&
           std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
  });
}

bool is_allowed_origin(std::string_view origin, const std::vector<std::string>& hosts) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.starts_with(scheme)) return is_allowed(origin.substr(scheme.size()), hosts);
  }
  return false;
}

Response refuse_stranger() {
  Response response = respond_problem(
      401, core::invalid("unauthorized", "Authorization",
                         "Send the token of DIR/private/token: 'Authorization: Bearer TOKEN'."));
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"tallystick\"");
  return response;
}

Response not_permitted(const char* detail) {
  return respond_problem(403, core::invalid("not_permitted", "Authorization", detail));
}

}  // namespace

std::string_view bearer_token(std::string_view authorization) {
  constexpr std::string_view kScheme = "bearer ";
  if (authorization.size() < kScheme.size()) return {};
  if (!equal_ignoring_case(authorization.substr(0, kScheme.size()), kScheme)) return {};
  return authorization.substr(kScheme.size());
}

std::optional<Response> refuse_foreign_page(const Request& request, const Service& service) {
  if (!is_allowed(request.header("host"), service.allowed_hosts)) {
    return respond_problem(421, core::invalid("host", "Host",
                                              "This server answers as 127.0.0.1, localhost and "
                                              "[::1] only."));
  }
  const auto origin = request.headers.find("origin");
  if (origin != request.headers.end() &&
      !is_allowed_origin(origin->second, service.allowed_hosts)) {
    return respond_problem(403, core::invalid("foreign_origin", "Origin",
                                              "Pages of other sites may not use this server."));
  }
  return std::nullopt;
}

std::optional<Response> refuse_caller(const Request& request, const Service& service,
                                      Permission needed) {
  if (needed == Permission::None) return std::nullopt;
  if (needed == Permission::Hashes && service.public_tiles) return std::nullopt;
  const std::string_view token = bearer_token(request.header("authorization"));
  const bool is_operator = service::token_matches(token, service.token);
  const bool is_auditor = service::token_matches(token, service.auditor_token);
  if (!is_operator && !is_auditor) return refuse_stranger();
  if (needed == Permission::Write && !is_operator) {
    return not_permitted("This token reads the book; send the token of DIR/private/token.");
  }
  if (needed == Permission::WholeBook && !is_auditor) {
    return not_permitted(
        "Bundles of entries are for who audits the whole book; send the token of "
        "DIR/private/auditor-token.");
  }
  return std::nullopt;
}

}  // namespace gateway::http
