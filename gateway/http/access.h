#pragma once

#include "gateway/http/routes.h"

// Who looked at whose records.
namespace gateway::http {

Answer get_access(const Call& call);
Answer post_access_anchors(const Call& call);

}  // namespace gateway::http
