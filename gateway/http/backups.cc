#include "gateway/http/backups.h"

#include "gateway/service/backups.h"

namespace gateway::http {

Answer post_backups(const Call& call) {
  if (call.service.backups.empty()) {
    return core::conflict("no_backup_folder", "",
                          "The server was started without a folder for backups; start it with "
                          "--backups DIR.");
  }
  TRY(const auto made, call.service.book.back_up(call.service.backups));
  TRY(const auto shown, service::backup_to_json(made));
  return respond_json(shown, 201);
}

}  // namespace gateway::http
