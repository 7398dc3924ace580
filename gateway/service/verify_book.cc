#include "gateway/service/verify_book.h"

#include <algorithm>

#include "core/fields.h"
#include "core/files.h"
#include "engine/dispatch/records.h"
#include "gateway/documents/store.h"
#include "gateway/service/book.h"
#include "gateway/service/book_key.h"
#include "gateway/service/derived.h"
#include "gateway/service/open_log.h"
#include "gateway/service/recompute.h"
#include "ledger/bodies.h"
#include "ledger/checkpoint.h"
#include "ledger/published.h"
#include "ledger/store/rocks_index.h"
#include "ledger/store/rocks_log.h"
#include "ledger/verify/since.h"

namespace gateway::service {
namespace {

using ledger::verify::Anchor;

core::Result<ledger::VerifierKey> own_key(const OpenedLog& opened) {
  ledger::Genesis genesis;
  TRY(opened.log->read(0, std::min<std::uint64_t>(1, opened.size),
                       [&](std::uint64_t, core::ByteView leaf) -> core::Result<> {
                         ledger::RecordView record;
                         TRY(ledger::decode_record(leaf, record));
                         TRY(genesis, core::from_cbor<ledger::Genesis>(record.body));
                         return core::ok();
                       }));
  return book_key(genesis);
}

core::Result<Anchor> open_anchor(const std::string& note, const ledger::VerifierKey& key,
                                 std::string source) {
  const std::vector<ledger::VerifierKey> known{key};
  TRY(const auto checkpoint, ledger::open_checkpoint(note, known));
  return Anchor{checkpoint.size, checkpoint.root, std::move(source)};
}

// What was published, from the last files of its history: older frames' signatures would take
// longer to check than the records.
constexpr std::size_t kHistoryFiles = 2;

std::vector<std::string> read_published_notes(const Folder& folder,
                                              std::vector<core::Error>& findings) {
  std::vector<std::string> notes;
  const auto read = ledger::read_published(folder.published(), kHistoryFiles,
                                           [&](const ledger::PublishedNote& published) {
                                             notes.push_back(published.note);
                                             return core::ok();
                                           });
  if (!read) findings.push_back(read.error());
  return notes;
}

// What the records must agree with: the signer's memory, its note under the key that counts, what
// was published, and the caller's own notes.
core::Result<std::vector<Anchor>> collect_anchors(const VerifyOptions& options,
                                                  const OpenedLog& opened,
                                                  const std::vector<std::string>& published,
                                                  std::vector<core::Error>& findings) {
  std::vector<Anchor> anchors{{opened.signer.signed_size, opened.signer.signed_root,
                               opened.restored ? "backup's note" : "signer's memory"}};
  auto key = options.key ? ledger::parse_verifier_key(*options.key) : own_key(opened);
  if (!key) {
    if (options.key) return std::move(key.error()).within("--key");
    findings.push_back(std::move(key.error()));
    return anchors;
  }
  auto last = open_anchor(opened.signer.note, key.value(), "last signed checkpoint");
  if (last) {
    anchors.push_back(std::move(last.value()));
  } else {
    findings.push_back(core::corrupt("checkpoint",
                                     opened.restored ? "restored.note" : "signer/memory",
                                     core::to_string(last.error())));
  }
  for (const std::string& note : published) {
    auto anchor = open_anchor(note, key.value(), "published note");
    if (anchor) {
      anchors.push_back(std::move(anchor.value()));
    } else {
      findings.push_back(core::corrupt("published", "published", core::to_string(anchor.error())));
    }
  }
  for (const std::string& note : options.trusted_notes) {
    TRY(auto anchor, open_anchor(note, key.value(), "trusted note"));
    anchors.push_back(std::move(anchor));
  }
  return anchors;
}

// The policy asks for cosignatures of what was published last and of the caller's notes, not of
// notes that nobody outside has seen.
void check_policy(const VerifyOptions& options, const OpenedLog& opened,
                  const std::vector<std::string>& published, std::vector<core::Error>& findings) {
  if (!options.policy) return;
  const auto key = options.key ? ledger::parse_verifier_key(*options.key) : own_key(opened);
  std::vector<std::string> notes = options.trusted_notes;
  if (!published.empty()) notes.push_back(published.back());
  if (notes.empty()) {
    findings.push_back(core::corrupt("quorum", "published",
                                     "Nothing was published, so no witness has seen this book."));
  }
  for (const std::string& note : notes) {
    const auto good = ledger::verify_by_policy(note, *options.policy,
                                               key ? std::optional(key.value()) : std::nullopt);
    if (!good) findings.push_back(good.error());
  }
}

core::Error snapshot_differs(std::uint64_t size) {
  return core::corrupt("snapshot", "size " + std::to_string(size),
                       "The saved state is not what follows from the records. Delete the file, or "
                       "run tally doctor --rebuild. See docs/runbooks/index-or-snapshot.md.");
}

// The derived data beside the records; what cannot be opened is a finding of the checks' own.
core::Result<ledger::verify::Options> make_checks(const VerifyOptions& options,
                                                  const OpenedLog& opened) {
  ledger::verify::Options checks;
  checks.quick = options.quick;
  checks.progress = options.progress;
  if (options.quick) return checks;
  auto runs =
      ledger::store::open_rocks_index(options.folder.index(), ledger::store::Mode::ReadOnly);
  if (runs) checks.runs = std::move(runs.value());
  checks.snapshot = read_own_snapshot(options.folder);
  if (checks.snapshot && checks.snapshot->size > opened.size) checks.snapshot.reset();
  return checks;
}

// Whether each document is still the one whose digest it is kept under.
void check_documents(const Folder& folder, VerifyOutcome& outcome,
                     std::vector<core::Error>& findings) {
  const documents::Store store(folder.documents());
  const auto held = store.list();
  if (!held) {
    findings.push_back(held.error());
    return;
  }
  for (const documents::Document& document : held.value()) {
    auto checked = store.check(document.digest);
    if (!checked) findings.push_back(std::move(checked.error()));
    ++outcome.documents_checked;
  }
}

// What can be made again from the records.
void check_derived_files(const Folder& folder, VerifyOutcome& outcome) {
  auto files = ledger::store::verify_index_files(folder.index());
  if (!files) {
    outcome.report.rebuildable.push_back(std::move(files.error()));
    return;
  }
  outcome.files_checked += files.value().files_checked;
  std::ranges::move(files.value().damages, std::back_inserter(outcome.report.rebuildable));
  const auto snapshot = read_own_snapshot(folder);
  // A writer that works beside us may have saved it after we looked, so the store is asked once
  // more.
  const auto now = open_log_read_only(folder);
  if (snapshot && now && snapshot->size > now.value().size) {
    outcome.report.rebuildable.push_back(snapshot_differs(snapshot->size));
  }
  if (core::file_exists(folder.snapshot()) && !snapshot) {
    outcome.report.rebuildable.push_back(
        core::corrupt("snapshot", "snapshot",
                      "The saved state is damaged, or another version wrote it. Delete the file."));
  }
}

// What came after a note that the caller trusts. The index gives the way from the last trusted
// record to the note's root; a wrong one is refused.
core::Result<VerifyOutcome> verify_since(const VerifyOptions& options) {
  VerifyOutcome outcome;
  std::vector<core::Error> findings;
  const auto published = read_published_notes(options.folder, findings);
  TRY(const auto book, ReadOnlyBook::open(options.folder));
  TRY(auto opened, open_log_read_only(options.folder));
  outcome.torn_tail = opened.torn_tail;
  outcome.signer_slot_damaged = opened.signer_slot_damaged;
  outcome.restored = opened.restored;
  outcome.self_consistent_only = !options.key && options.trusted_notes.empty();
  TRY(const auto anchors, collect_anchors(options, opened, published, findings));
  check_policy(options, opened, published, findings);
  ledger::verify::Since since;
  auto key = options.key ? ledger::parse_verifier_key(*options.key) : own_key(opened);
  if (!key) return std::move(key.error()).within("--key");
  TRY(since.trusted, open_anchor(*options.since, key.value(), "note of --since"));
  if (since.trusted.size > 0 && since.trusted.size <= opened.size) {
    TRY(book->read([&](const BookView& view) -> core::Result<> {
      TRY(since.proof, view.index.inclusion_proof(since.trusted.size - 1, since.trusted.size));
      return core::ok();
    }));
  }
  outcome.since = since.trusted.size;
  outcome.report =
      ledger::verify::verify_since(*opened.log, opened.size, since, anchors, options.progress);
  if (opened.damage) findings.push_back(*opened.damage);
  TRY(auto files, ledger::store::verify_files(options.folder.store(), since.trusted.size));
  outcome.files_checked = files.files_checked;
  std::ranges::move(files.damages, std::back_inserter(findings));
  outcome.report.findings_count += findings.size();
  std::ranges::move(findings, std::back_inserter(outcome.report.findings));
  return outcome;
}

}  // namespace

core::Result<VerifyOutcome> verify_book(const VerifyOptions& options) {
  if (options.since) return verify_since(options);
  VerifyOutcome outcome;
  // Before the records are looked at, which a writer beside us goes on appending to.
  std::vector<core::Error> findings;
  const auto published = read_published_notes(options.folder, findings);
  TRY(auto opened, open_log_read_only(options.folder));
  outcome.torn_tail = opened.torn_tail;
  outcome.signer_slot_damaged = opened.signer_slot_damaged;
  outcome.restored = opened.restored;
  outcome.self_consistent_only = !options.key && options.trusted_notes.empty();
  TRY(const auto anchors, collect_anchors(options, opened, published, findings));
  check_policy(options, opened, published, findings);
  TRY(auto checks, make_checks(options, opened));
  // What the engine knows at the snapshot's size must be what the snapshot says.
  engine::State state;
  std::optional<std::string> state_there;
  const std::uint64_t snapshot_size = checks.snapshot ? checks.snapshot->size : 0;
  const std::string snapshot_state = checks.snapshot ? checks.snapshot->state : "";
  const ledger::verify::Observer observe = [&](const ledger::RecordView& record,
                                               core::ByteView) -> core::Result<> {
    if (record.seq >= snapshot_size) return core::ok();
    TRY(engine::dispatch::apply(state, record));
    if (record.seq + 1 == snapshot_size) state_there = core::as_text(core::to_cbor(state));
    return core::ok();
  };
  outcome.report = ledger::verify::verify_log(
      *opened.log, opened.size, anchors, snapshot_size > 0 ? observe : nullptr, std::move(checks));
  if (state_there && *state_there != snapshot_state) {
    outcome.report.rebuildable.push_back(snapshot_differs(snapshot_size));
  }
  if (opened.damage) findings.push_back(*opened.damage);
  auto files = ledger::store::verify_files(options.folder.store());
  if (files) {
    outcome.files_checked += files.value().files_checked;
    std::ranges::move(files.value().damages, std::back_inserter(findings));
  } else {
    findings.push_back(std::move(files.error()));
  }
  if (!options.quick) check_derived_files(options.folder, outcome);
  if (!options.quick) check_documents(options.folder, outcome, findings);
  if (options.recompute && outcome.report.findings_count == 0 && findings.empty()) {
    TRY(auto again, recompute(*opened.log, opened.size));
    outcome.recomputed_commands = again.commands;
    std::ranges::move(again.findings, std::back_inserter(findings));
  }
  outcome.report.findings_count += findings.size();
  std::ranges::move(findings, std::back_inserter(outcome.report.findings));
  return outcome;
}

}  // namespace gateway::service
