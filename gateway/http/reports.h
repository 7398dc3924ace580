#pragma once

#include "gateway/http/routes.h"

namespace gateway::http {

// Issues a statement and records that it was issued. Of an unchanged book the same request gives
// the same report again. Errors: InvalidInput for the body's fields; NotFound/unknown_reference for
// a name the book does
//         not know; what the report and recording refuse.
Answer post_statements(const Call& call);

// An issued statement, rebuilt from the records and compared with the digests they hold.
Answer get_statement(const Call& call);

}  // namespace gateway::http
