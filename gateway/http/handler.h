#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/access/drainer.h"
#include "gateway/http/message.h"
#include "gateway/service/book.h"
#include "gateway/service/completeness.h"
#include "gateway/service/erasure.h"
#include "gateway/service/personal_data.h"
#include "gateway/service/sequencer.h"

namespace gateway::http {

// What is served. One is shared by all threads, so nothing in it changes.
struct Service {
  service::Book& book;
  service::Sequencer& sequencer;
  std::string token;         // Who knows it is the caller; empty lets nobody in.
  service::Caller caller;    // Whom the token stands for.
  std::string book_id;       // {book} in the paths.
  std::string backups = {};  // Folder for the backups that clients ask for; "" = none are made.
  std::string auditor_token = {};  // Who knows it may read the whole book, and change nothing.
  bool public_tiles = false;       // Checkpoints, hashes and proofs of hashes need no token.
  // Names under which a browser may reach us, whatever the port: against DNS rebinding.
  std::vector<std::string> allowed_hosts = {"127.0.0.1", "localhost", "[::1]"};
  // Where readings are put down, and the log of reads; without one nothing is.
  access::AccessLog* access = nullptr;
  access::AccessBook* access_book = nullptr;
  core::PartyId auditor = {};  // Whom the auditor's token stands for.
  // Kept between questions: what proofs of completeness are cut from. It guards itself.
  std::shared_ptr<service::SubjectTables> tables = std::make_shared<service::SubjectTables>();
  // Where it is noted who looked at a person's data; empty: the log of reads, or else DIR/vault/reads.
  service::ReadAudit audit = {};
};

// Answers one request; blocks until a command in it is durable. Any thread may call it.
//
// Guarantees: before /health, and before what `public_tiles` opens, nothing is required but a known
//             Host; everything else needs a bearer token that permits it, and says nothing of the
//             book without one. Errors are RFC 9457 problem documents.
// Source:     docs/openapi.yaml.
Response handle(const Request& request, Service& service);

// Each method and path that handle() knows, in the words of docs/openapi.yaml.
struct Endpoint {
  std::string_view method;
  std::string_view path;
  bool operator==(const Endpoint&) const = default;
};
std::vector<Endpoint> endpoints();

}  // namespace gateway::http
