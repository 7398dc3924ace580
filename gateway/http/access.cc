#include "gateway/http/access.h"

#include "gateway/access/anchors.h"
#include "gateway/access/query.h"
#include "gateway/service/actors.h"
#include "gateway/service/queries.h"

namespace gateway::http {
namespace {

core::Error no_log() {
  return core::not_found("no_access_log", "",
                         "This book has no log of reads; tally access init makes one.");
}

}  // namespace

Answer get_access(const Call& call) {
  const Service& service = call.service;
  if (service.access == nullptr) return no_log();
  const auto find = [&](std::string_view name) { return service.book.find_reference(name); };
  TRY(const auto query,
      access::read_access_query(
          {call.parameter("subject"), call.parameter("actor"), call.parameter("from"),
           call.parameter("to"), call.parameter("limit"), call.parameter("before")},
          find));
  core::json::Value answer;
  TRY(service.access_book->read([&](const service::BookView& log) -> core::Result<> {
    TRY(answer, access::query_access(log, service.access->spool().path(), query));
    return core::ok();
  }));
  return respond_json(answer);
}

Answer post_access_anchors(const Call& call) {
  const Service& service = call.service;
  if (service.access == nullptr) return no_log();
  TRY(const auto actor, service::party_of(service.book, service::kServiceActor));
  TRY(service.access_book->drain());
  TRY(auto command,
      access::anchor_command(service.book, *service.access_book, actor, std::nullopt));
  if (!command) return respond_json(core::json::Object{{"anchored", false}});
  std::vector<service::Submission> commands;
  commands.push_back(std::move(*command));
  TRY(const auto receipt, service.sequencer.submit(std::move(commands)).front());
  return respond_json(service::receipt_to_json(receipt), receipt.hit ? 200 : 201);
}

}  // namespace gateway::http
