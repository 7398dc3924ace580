#pragma once

#include <string>
#include <vector>

#include "core/time.h"
#include "gateway/service/folder.h"

namespace gateway::service {

enum class Health { Ok, Warning, Problem };

struct Symptom {
  std::string check;  // "keys", "store", "signer", "index", ...
  Health health = Health::Ok;
  std::string detail;  // What was found and what to do.
};

// Looks at a book's folder, with the service on or off, and changes nothing. Quick: what takes
// reading all records is for verify.
std::vector<Symptom> examine(const Folder& folder);

// Deletes what is derived (index and snapshot) and makes it again from the records.
// Errors: those of Book::open, Unavailable/book_in_use among them: then nothing was deleted.
core::Result<std::uint64_t> rebuild_derived(const Folder& folder, core::Clock& clock);

}  // namespace gateway::service
