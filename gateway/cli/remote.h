#pragma once

#include <string>

#include "core/result.h"
#include "gateway/http/client.h"

namespace gateway::cli {

// A book that another process serves, spoken to over HTTP with the token of its folder.
class Remote {
 public:
  // Finds out which book is served there. Errors: InvalidInput/url; those of reading
  // DIR/private/token; Unavailable/server; what the server refuses.
  static core::Result<Remote> open(const std::string& url, const std::string& data);

  // POST /v1/books/{book}/PATH; gives the answer's body.
  // Errors: Unavailable/server; the error that the server answers.
  core::Result<std::string> post(const std::string& path, const std::string& type,
                                 const std::string& body);

 private:
  Remote(http::Client client, std::string token)
      : client_(std::move(client)), token_(std::move(token)) {}
  core::Result<std::string> ask(http::Request request);

  http::Client client_;
  std::string token_;
  std::string book_;
};

}  // namespace gateway::cli
