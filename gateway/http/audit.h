#pragma once

#include "gateway/http/routes.h"

// Readings over HTTP are put down before the answer leaves.
namespace gateway::http {

// What a route's answers show.
enum class Shows {
  Subjects,  // What concerns subjects, by their ids. Of a route that is not known here, this.
  Bytes,     // Bytes or files that are not looked through: whoever is in them may be shown.
  Nobody,    // Nothing that concerns anybody: hashes, keys, receipts.
};
Shows shows(const Route& route);

// To be asked before anything is done: a purpose that is none is refused. Errors:
// InvalidInput/purpose.
core::Result<> check_purpose(const Call& call);

// Puts down what the response shows, if there is a log of reads. Errors: those of
// AccessLog::put_down.
core::Result<> put_down(const Call& call, const Route& route, const Response& response);

}  // namespace gateway::http
