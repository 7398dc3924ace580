#include "gateway/cli/remote.h"

#include "core/files.h"
#include "core/json.h"
#include "gateway/service/folder.h"

namespace gateway::cli {
namespace {

core::Code code_of(std::string_view name) {
  for (const core::Code code :
       {core::Code::InvalidInput, core::Code::NotFound, core::Code::Conflict, core::Code::Overflow,
        core::Code::Corrupt, core::Code::Unavailable}) {
    if (core::code_name(code) == name) return code;
  }
  return core::Code::Unavailable;
}

// The error that a problem document tells of.
core::Error problem_of(const http::Response& response) {
  const auto problem = core::json::parse(response.body);
  if (!problem || problem.value().text("reason").empty()) {
    return core::unavailable("server", "--url",
                             "The server answered with status " + std::to_string(response.status) +
                                 " and without a reason; is it tally serve?");
  }
  const core::json::Value& said = problem.value();
  return {code_of(said.text("code")), std::string(said.text("reason")),
          std::string(said.text("at")), std::string(said.text("detail"))};
}

}  // namespace

core::Result<Remote> Remote::open(const std::string& url, const std::string& data) {
  TRY(const auto address, http::parse_server_url(url));
  TRY(std::string token, core::read_file(service::Folder{data}.token(), 4096));
  while (token.ends_with('\n')) token.pop_back();
  TRY(auto client, http::Client::connect(address));
  Remote remote(std::move(client), std::move(token));
  TRY(const std::string answer, remote.ask({"GET", "/v1/books", {}, ""}));
  TRY(const auto books, core::json::parse(answer));
  const auto* list = books.find("books");
  if (list == nullptr || list->as_array() == nullptr || list->as_array()->empty()) {
    return core::unavailable("server", "--url", "The server has no book.");
  }
  remote.book_ = list->as_array()->front().text("book");
  return remote;
}

core::Result<std::string> Remote::post(const std::string& path, const std::string& type,
                                       const std::string& body) {
  http::Request request{"POST", "/v1/books/" + book_ + "/" + path, {}, body};
  if (!type.empty()) request.headers["content-type"] = type;
  return ask(std::move(request));
}

core::Result<std::string> Remote::ask(http::Request request) {
  request.headers["authorization"] = "Bearer " + token_;
  TRY(auto response, client_.ask(request));
  if (response.status >= 200 && response.status < 300) return std::move(response.body);
  return problem_of(response);
}

}  // namespace gateway::cli
