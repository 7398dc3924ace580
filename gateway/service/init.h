#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "gateway/service/folder.h"

namespace gateway::service {

struct InitOptions {
  Folder folder;
  std::string origin;                 // "ledger.example/broker-1"
  std::string profile = "cysec";      // cysec, fca, asic or offshore.
  std::string time_zone = "UTC";      // IANA name.
  std::vector<std::string> officers;  // vkeys of the first two officers; missing are made.
  std::string root_key;               // vkey of the offline root key; made if empty.
  std::optional<std::string> simulated_seed;
};

struct InitReport {
  std::string verifier_key;       // vkey of the log.
  std::string book;               // Short id for URLs: the origin's last part.
  std::vector<std::string> made;  // Key files that were made and should be moved elsewhere.
};

// Makes a book: folders, keys (0600), a token for HTTP and Thrift, the genesis record, the signer's
// memory and a first checkpoint.
//
// Guarantees: nothing of a book that exists is overwritten. While it is being made DIR/unfinished
// stands
//             there: such a folder is refused as a book, and may be made again.
// Errors:     Conflict/exists if there is a book, or its memory or key; InvalidInput/origin,
// profile,
//             time_zone, note; Unavailable/io, store, outcome_unknown.
core::Result<InitReport> init_book(const InitOptions& options, core::Clock& clock);

}  // namespace gateway::service
