#pragma once

#include "gateway/http/routes.h"

namespace gateway::http {

// Makes a backup in the folder that the server was given. 201 with its number and checkpoint.
// Errors: Conflict/no_backup_folder if it was given none; those of service::Book::back_up.
Answer post_backups(const Call& call);

// Commits to all subjects' records. Answers the receipt.
Answer post_index_roots(const Call& call);

}  // namespace gateway::http
