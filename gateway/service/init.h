#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "gateway/service/folder.h"
#include "ledger/bodies.h"

namespace gateway::service {

struct InitOptions {
  Folder folder;
  std::string origin;                 // "ledger.example/broker-1"
  std::string profile = "cysec";      // cysec, fca, asic or offshore.
  std::string time_zone = "UTC";      // IANA name.
  std::vector<std::string> officers;  // vkeys of the first two officers; missing are made.
  std::string root_key;               // vkey of the offline root key; made if empty.
  std::optional<std::string> simulated_seed;
  bool tokens = true;  // Nobody serves a log of reads by itself.
  // A log of reads beside it. A simulated book gets none unless it is asked for: nobody's records are
  // in it, and what is read would not follow from the seed.
  bool access_log = true;
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

// Makes what is missing of the log of reads of a book: its spool, and its own book in DIR/access. For a
// log that has readings and lost its spool, the numbers go on with a gap that shows it. A log that
// follows another, which was anchored and lost, has the next origin.
// Errors: those of init_book(), of opening the log of reads, and of spool::Spool.
core::Result<> make_access_log(const Folder& folder, const ledger::Genesis& genesis,
                               core::Clock& clock, const std::string& last_origin = "");

}  // namespace gateway::service
