#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/service/folder.h"
#include "gateway/service/record_difference.h"
#include "ledger/policy.h"
#include "ledger/verify/verify.h"

namespace gateway::service {

struct VerifyOptions {
  Folder folder;
  std::optional<std::string> key;          // vkey the caller trusts, of any of the log's keys.
  std::optional<std::string> root_key;     // vkey of the offline root key.
  std::vector<std::string> trusted_notes;  // Signed notes the caller kept.
  // What the last published note and the caller's own must have been signed by.
  std::optional<ledger::Policy> policy;
  bool recompute = false;
  bool quick = false;  // Chain, tree and files only.
  // A signed note of the caller's: only what came after it is checked (ledger/verify/since.h).
  std::optional<std::string> since;
  std::function<void(std::uint64_t records)> progress;
  // Roots at sizes that the caller knows from elsewhere.
  std::vector<ledger::verify::Anchor> anchors = {};
};

// What was found of a book's log of reads, if it is there (docs/formats/access.md).
struct AccessOutcome {
  bool present = false;
  std::uint64_t records = 0;
  std::uint64_t waiting = 0;  // Entries of the spool.
  bool torn = false;          // Its last append was broken off.
};

// What the vault was found to be; findings are among the report's.
struct VaultOutcome {
  std::optional<core::Error> locked;  // Nothing in it can be opened, so nothing was.
  std::uint64_t names = 0;
  std::uint64_t texts = 0;
  // Of what the records commit to: the texts that are there, and those of people who were erased.
  std::uint64_t commitments_kept = 0;
  std::uint64_t commitments_erased = 0;
  std::uint64_t erasures = 0;
};

struct VerifyOutcome {
  ledger::verify::Report report;
  std::optional<VaultOutcome> vault;  // Absent: the book has none, or it was not looked at.
  std::uint64_t files_checked = 0;
  std::uint64_t documents_checked = 0;
  bool torn_tail = false;
  bool signer_slot_damaged = false;  // One of the two; the other one counts.
  bool restored = false;  // From a backup: judged by its note, not by the signer's memory.
  bool self_consistent_only = false;  // No key or note of the caller's was checked.
  std::optional<std::uint64_t> recomputed_commands;
  std::uint64_t differences_count = 0;  // Records that do not follow from their commands,
  std::vector<RecordDifference> differences;  // the first kDifferencesMax of them.
  std::optional<std::uint64_t> since;  // Records before this one were trusted.
  AccessOutcome access;
  std::uint64_t access_anchors = 0;  // In the book; the log of reads was held to them if it is there,
  std::uint64_t access_former = 0;   // but not to these of logs before it, which were lost.
};

// Verifies a book in its folder, with the service on or off, writing nothing: the store's files,
// every record, the signer's memory and note, and what the caller trusts; then its log of reads, which
// must continue from every anchor that the records hold. Errors: NotFound/book;
// InvalidInput/note; whatever keeps the store from being read at all.
core::Result<VerifyOutcome> verify_book(const VerifyOptions& options);

}  // namespace gateway::service
