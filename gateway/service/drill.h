#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/result.h"
#include "gateway/service/folder.h"

namespace gateway::service {

// What verify said of a copy in which one bit was changed.
enum class DrillOutcome {
  Found,        // Damage, with its place.
  Rebuildable,  // Damage of what is derived.
  Noted,        // Said, and no damage: a slot of the signer's memory that a crash may have left.
  Exempt,       // Nothing, and rightly: the bytes say nothing of the book (docs/formats/store.md).
  Missed,       // Nothing.
};

struct DrillCase {
  std::string file;
  std::uint64_t offset = 0;
  unsigned bit = 0;
  DrillOutcome outcome = DrillOutcome::Missed;
  std::string finding;  // The first one, in verify's words.
};

struct DrillReport {
  std::vector<DrillCase> cases;
  // Whether every change was seen that should be.
  bool passed() const;
};

struct DrillOptions {
  Folder folder;            // The book: it is copied, and not written.
  std::string work_folder;  // For the copy; must not exist. It is removed at the end.
  std::uint64_t flips = 1;  // In each file.
  std::uint64_t files_max = 40;
  std::string seed;  // Which bits follow from it.
  std::function<void(const DrillCase&)> progress;
};

// Changes one bit of a copy of a book at a time, verifies, and changes it back. The book must not
// be written meanwhile. Errors: Conflict/exists for the work folder; those of reading the book;
// Corrupt/not_verified if it is
//         damaged to begin with, or the copy does not verify at the end; Unavailable/io.
core::Result<DrillReport> drill(const DrillOptions& options);

}  // namespace gateway::service
