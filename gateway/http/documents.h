#pragma once

#include "gateway/http/routes.h"

// The files that records cite. Source: docs/openapi.yaml.
namespace gateway::http {

// Takes the body in. Answers {"digest", "bytes"}: 201, or 200 if the book had it.
Answer post_documents(const Call& call);
// The document's bytes, once they are known to be unaltered.
Answer get_document(const Call& call);

}  // namespace gateway::http
