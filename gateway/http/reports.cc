#include "gateway/http/reports.h"

#include "core/fields.h"
#include "gateway/http/media_types.h"
#include "gateway/service/statements.h"

namespace gateway::http {
namespace {

using core::json::Object;
using core::json::Value;

// The body of a request for a statement.
struct StatementOrder {
  core::StructureId structure;
  core::PartyId client;
  core::Instant from;
  core::Instant to;
  std::optional<std::string> profile;
  std::optional<std::string> language;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "structure", self.structure);
    field(2, "client", self.client);
    field(3, "from", self.from);
    field(4, "to", self.to);
    field(5, "profile", self.profile);
    field(6, "language", self.language);
  }
};

// A statement is of somebody the book knows, so no reference is made here.
core::Result<StatementOrder> read_order(const Service& service, const Value& body) {
  StatementOrder order;
  TRY(service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    TRY(order, core::from_json<StatementOrder>(body, &known));
    return core::ok();
  }));
  return order;
}

}  // namespace

Answer post_statements(const Call& call) {
  TRY(const Value body, core::json::parse(call.request.body));
  TRY(const StatementOrder order, read_order(call.service, body));
  const auto submit = [&](std::vector<service::Submission> submissions) {
    return call.service.sequencer.submit(std::move(submissions));
  };
  TRY(const auto issued,
      service::issue_statement(call.service.book, submit, call.service.caller,
                               {order.structure, order.client, order.from, order.to,
                                order.profile.value_or(""), order.language.value_or("")}));
  TRY(Value statement, core::json::parse(issued.json));
  return respond_json(Object{{"report", issued.report.hex()}, {"json", std::move(statement)}});
}

Answer get_statement(const Call& call) {
  static constexpr std::string_view kOffered[] = {kJson, kHtml};
  auto report = core::parse_id<core::ReportId>(call.variable("report"));
  if (!report) return std::move(report.error()).within("report");
  const std::string_view type = choose_type(call.request.header("accept"), kOffered);
  if (type.empty()) return not_acceptable(kOffered);
  TRY(auto issued, service::reproduce_report(call.service.book, report.value()));
  // Byte for byte as issued: whoever kept the digest can check it.
  return respond(type, type == kHtml ? std::move(issued.html) : std::move(issued.json));
}

}  // namespace gateway::http
