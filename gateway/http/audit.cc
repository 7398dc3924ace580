#include "gateway/http/audit.h"

#include <algorithm>

#include "gateway/service/queries.h"
#include "gateway/service/token.h"

namespace gateway::http {
namespace {

constexpr std::string_view kPurposeHeader = "tally-purpose";
constexpr std::string_view kBookPath = "/v1/books/{book}/";

// Paths whose answers show nothing of anybody, whatever the method.
constexpr std::string_view kNobody[] = {
    "/health",
    "/v1/books",
    "/v1/books/{book}/access/anchors",
    "/v1/books/{book}/backups",
    "/v1/books/{book}/checkpoint",
    "/v1/books/{book}/checkpoints/{size}",
    "/v1/books/{book}/commands",
    "/v1/books/{book}/consistency",
    "/v1/books/{book}/consistency/{old}/{new}",
    "/v1/books/{book}/documents",
    "/v1/books/{book}/inclusion/{index}/{size}",
    "/v1/books/{book}/index-roots",
    "/v1/books/{book}/key-history",
    "/v1/books/{book}/proofs/{seq}",
    "/v1/books/{book}/tile/{level}/{index}",
    "/v1/books/{book}/vault",
    "/v1/books/{book}/vault/persons/{person}/erasure",
};
constexpr std::string_view kCommands = "/v1/books/{book}/commands";
// Records in base64, of a subject.
constexpr std::string_view kSubjectProof = "/v1/books/{book}/subjects/{subject}/proof";
constexpr std::string_view kInBytes[] = {
    "/v1/books/{book}/documents/{digest}",
    "/v1/books/{book}/tile/entries/{index}",
};

access::Reader reader_of(const Call& call) {
  const Service& service = call.service;
  const std::string_view token = bearer_token(call.request.header("authorization"));
  const bool is_auditor = service::token_matches(token, service.auditor_token);
  return {is_auditor ? service.auditor : service.caller.actor.value_or(core::PartyId{}),
          ledger::Authentication::Token, engine::Face::Http};
}

// Of the path and the query, by name. What a body holds is not put down.
std::string query_of(const Call& call) {
  std::map<std::string, std::string, std::less<>> all(call.variables);
  all.erase("book");
  for (const auto& [name, value] : call.parameters) all.emplace(name, value);
  std::string query;
  for (const auto& [name, value] : all) query += (query.empty() ? "" : "&") + name + "=" + value;
  return query;
}

std::optional<ledger::SubjectId> subject_of(const Call& call) {
  const std::string& text = call.variable("subject");
  const auto id =
      text.starts_with('@') ? call.service.book.find_reference(text) : core::parse_id_bytes(text);
  if (!id) return std::nullopt;
  return id.value();
}

access::Question question_of(const Call& call, const Route& route) {
  access::Question question{
      std::string(route.path.substr(route.path.starts_with(kBookPath) ? kBookPath.size() : 0)),
      query_of(call)};
  question.bulk = shows(route) == Shows::Bytes;
  if (const auto seq = call.variables.find("seq"); seq != call.variables.end()) {
    const auto number = service::parse_number(seq->second, "seq");
    if (number) question.seq = number.value();
  }
  if (route.path == kSubjectProof) question.subject = subject_of(call);
  if (const auto id = call.variables.find("report"); id != call.variables.end()) {
    const auto report = core::parse_id<core::ReportId>(id->second);
    if (report) question.report = report.value();
  }
  return question;
}

}  // namespace

Shows shows(const Route& route) {
  if (std::ranges::find(kNobody, route.path) != std::end(kNobody)) return Shows::Nobody;
  if (std::ranges::find(kInBytes, route.path) != std::end(kInBytes)) return Shows::Bytes;
  return Shows::Subjects;
}

core::Result<> check_purpose(const Call& call) {
  if (call.service.access == nullptr) return core::ok();
  TRY(access::parse_purpose(call.request.header(kPurposeHeader)));
  return core::ok();
}

core::Result<> put_down(const Call& call, const Route& route, const Response& response) {
  const Service& service = call.service;
  if (service.access == nullptr || response.status >= 300) return core::ok();
  // Receipts show nobody; what a dry run shows is of somebody.
  const bool is_preview =
      route.path == kCommands && response.body.find("\"preview\":{") != std::string::npos;
  if (shows(route) == Shows::Nobody && !is_preview) return core::ok();
  access::Question question = question_of(call, route);
  question.bulk = question.bulk && response.about.empty();
  const std::string_view text = response.about.empty() ? response.body : response.about;
  const auto find = [&](std::string_view name) { return service.book.find_reference(name); };
  return service.access->put_down(&service.book, find, reader_of(call),
                                  call.request.header(kPurposeHeader), question,
                                  {text, response.entries});
}

}  // namespace gateway::http
