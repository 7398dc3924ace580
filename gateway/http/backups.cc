#include "gateway/http/backups.h"

#include "gateway/service/actors.h"
#include "gateway/service/backups.h"
#include "gateway/service/completeness.h"
#include "gateway/service/queries.h"

namespace gateway::http {

Answer post_backups(const Call& call) {
  if (call.service.backups.empty()) {
    return core::conflict("no_backup_folder", "",
                          "The server was started without a folder for backups; start it with "
                          "--backups DIR.");
  }
  TRY(const auto made, call.service.book.back_up(call.service.backups));
  if (call.service.access_book != nullptr) {
    TRY(call.service.access_book->drain());
    TRY(call.service.access_book->back_up(call.service.backups + "/access"));
  }
  TRY(const auto shown, service::backup_to_json(made));
  return respond_json(shown, 201);
}

Answer post_index_roots(const Call& call) {
  TRY(const auto actor, service::party_of(call.service.book, service::kServiceActor));
  service::Submission command;
  TRY(call.service.book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(command, service::index_root_command(view, actor));
    return core::ok();
  }));
  std::vector<service::Submission> commands;
  commands.push_back(std::move(command));
  TRY(const auto receipt, call.service.sequencer.submit(std::move(commands)).front());
  return respond_json(service::receipt_to_json(receipt), receipt.hit ? 200 : 201);
}

}  // namespace gateway::http
