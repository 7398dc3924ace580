#pragma once

#include "gateway/http/routes.h"

namespace gateway::http {

// Makes a backup in the folder that the server was given. 201 with its number and checkpoint.
// Errors: Conflict/no_backup_folder if it was given none; those of service::Book::back_up.
Answer post_backups(const Call& call);

}  // namespace gateway::http
