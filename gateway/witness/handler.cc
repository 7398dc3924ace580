#include "gateway/witness/handler.h"

namespace gateway::witness {
namespace {

constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::string_view kAdd = "/add-checkpoint";
constexpr std::string_view kCheckpoint = "/checkpoint";

http::Response respond(int status, std::string_view type, std::string body) {
  http::Response response;
  response.status = status;
  response.content_type = type;
  response.headers = {{"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "no-store"}};
  response.body = std::move(body);
  return response;
}

http::Response refuse_method(const char* allowed) {
  http::Response response =
      respond(405, kText, "This path knows only " + std::string(allowed) + ".\n");
  response.headers.emplace_back("Allow", allowed);
  return response;
}

http::Response last_checkpoint(std::string_view target, const Service& service) {
  target.remove_prefix(1);
  target.remove_suffix(kCheckpoint.size());
  auto note = service.witness.last_checkpoint(target);
  if (!note) return respond(404, kText, "No checkpoint of such a log was cosigned here.\n");
  return respond(200, kText, std::move(*note));
}

}  // namespace

http::Response handle(const http::Request& request, const Service& service) {
  const std::string_view target = request.target;
  if (target == kAdd) {
    if (request.method != "POST") return refuse_method("POST");
    auto reply = service.witness.add_checkpoint(request.body, service.clock.now());
    if (reply.report && service.report) service.report(*reply.report);
    return respond(reply.status, reply.content_type, std::move(reply.body));
  }
  if (target.size() > 1 + kCheckpoint.size() && target.ends_with(kCheckpoint)) {
    if (request.method != "GET") return refuse_method("GET");
    return last_checkpoint(target, service);
  }
  return respond(404, kText, "There is no such path.\n");
}

}  // namespace gateway::witness
