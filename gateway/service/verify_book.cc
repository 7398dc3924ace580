#include "gateway/service/verify_book.h"

#include <algorithm>

#include "core/fields.h"
#include "core/files.h"
#include "engine/access_records.h"
#include "engine/dispatch/records.h"
#include "engine/state_parts.h"
#include "gateway/documents/store.h"
#include "gateway/service/book.h"
#include "gateway/service/derived.h"
#include "gateway/service/open_log.h"
#include "gateway/service/recompute.h"
#include "gateway/service/verify_vault.h"
#include "gateway/spool/spool.h"
#include "ledger/bodies.h"
#include "ledger/checkpoint.h"
#include "ledger/key_history.h"
#include "ledger/key_trust.h"
#include "ledger/published.h"
#include "ledger/store/rocks_index.h"
#include "ledger/store/rocks_log.h"
#include "ledger/verify/since.h"

namespace gateway::service {
namespace {

using ledger::verify::Anchor;

// A signed note and where it was found. What it says is compared with the tree; who signed it is
// judged once the records have told which keys the log has.
struct Note {
  std::string text;
  std::string source;
  // Where it lies, of one of the book's own. A bad one of the caller's is his error.
  std::string place = {};

  bool own() const { return !place.empty(); }
};

constexpr std::string_view kPublished = "published";

core::Error bad_note(const Note& note, const core::Error& why) {
  if (note.place == kPublished) {
    return core::corrupt("published", note.place, core::to_string(why));
  }
  return core::corrupt("checkpoint", note.place, core::to_string(why));
}

// What was published, from the last files of its history: older frames' signatures would take
// longer to check than the records.
constexpr std::size_t kHistoryFiles = 2;

std::vector<Note> read_published_notes(const Folder& folder, std::vector<core::Error>& findings) {
  std::vector<Note> notes;
  const auto read = ledger::read_published(
      folder.published(), kHistoryFiles, [&](const ledger::PublishedNote& published) {
        notes.push_back({published.note, "published note", std::string(kPublished)});
        return core::ok();
      });
  if (!read) findings.push_back(read.error());
  return notes;
}

std::vector<Note> collect_notes(const VerifyOptions& options, const OpenedLog& opened,
                                const std::vector<Note>& published) {
  std::vector<Note> notes{{opened.signer.note, "last signed checkpoint",
                           opened.restored ? "restored.note" : "signer/memory"}};
  notes.insert(notes.end(), published.begin(), published.end());
  for (const std::string& note : options.trusted_notes) notes.push_back({note, "trusted note"});
  return notes;
}

// What the records must agree with: the signer's memory, its note, what was published, and the
// caller's own notes.
core::Result<std::vector<Anchor>> collect_anchors(const std::vector<Note>& notes,
                                                  const OpenedLog& opened,
                                                  std::vector<core::Error>& findings) {
  std::vector<Anchor> anchors{{opened.signer.signed_size, opened.signer.signed_root,
                               opened.restored ? "backup's note" : "signer's memory"}};
  for (const Note& note : notes) {
    const auto claimed = ledger::parse_checkpoint(ledger::text_of_note(note.text));
    if (claimed) {
      anchors.push_back({claimed.value().size, claimed.value().root, note.source});
    } else if (note.own()) {
      findings.push_back(bad_note(note, claimed.error()));
    } else {
      return claimed.error();
    }
  }
  return anchors;
}

core::Result<ledger::KeyTrust> read_trust(const VerifyOptions& options) {
  ledger::KeyTrust trust;
  const auto read = [](const std::optional<std::string>& vkey, const char* option,
                       std::optional<ledger::VerifierKey>& out) -> core::Result<> {
    if (!vkey) return core::ok();
    auto key = ledger::parse_verifier_key(*vkey);
    if (!key) return std::move(key.error()).within(option);
    out = std::move(key.value());
    return core::ok();
  };
  TRY(read(options.key, "--key", trust.log_key));
  TRY(read(options.root_key, "--root-key", trust.root_key));
  return trust;
}

// The keys that the records told of, and whether all of them could be read. Where not, a key that
// came later is not known, and whose signature is missing cannot be said.
struct KeysRead {
  ledger::KeyHistory history;
  bool complete = true;
};

// Who signed, by the keys that the records tell of, and whether they follow from the trusted one.
core::Result<> judge_notes(const std::vector<Note>& notes, const KeysRead& keys,
                           const ledger::KeyTrust& trust, std::vector<core::Error>& findings) {
  const ledger::KeyHistory& history = keys.history;
  std::vector<ledger::VouchedCheckpoint> good;
  for (const Note& note : notes) {
    auto vouched = ledger::open_checkpoint(note.text, history);
    const bool may_be_later =
        !vouched && !keys.complete && vouched.error().reason == "note_signature";
    if (may_be_later) continue;
    if (vouched) {
      good.push_back(std::move(vouched.value()));
    } else if (note.own()) {
      findings.push_back(bad_note(note, vouched.error()));
    } else if (keys.complete) {
      return vouched.error();
    } else {
      findings.push_back(std::move(vouched.error()));
    }
  }
  if (!keys.complete) return core::ok();
  auto trusted = ledger::check_trust(history, trust, good);
  if (!trusted) findings.push_back(std::move(trusted.error()));
  return core::ok();
}

// The policy asks for cosignatures of what was published last and of the caller's notes, not of
// notes that nobody outside has seen. Where it names no log, the key counts that signs now.
void check_policy(const VerifyOptions& options, const std::vector<Note>& published,
                  const ledger::KeyHistory& history, std::vector<core::Error>& findings) {
  if (!options.policy) return;
  std::optional<ledger::VerifierKey> own;
  if (!history.keys.empty()) {
    const auto key = ledger::verifier_key_of(history, history.keys.back());
    if (key) own = key.value();
  }
  std::vector<std::string> notes = options.trusted_notes;
  if (!published.empty()) notes.push_back(published.back().text);
  if (notes.empty()) {
    findings.push_back(core::corrupt("quorum", "published",
                                     "Nothing was published, so no witness has seen this book."));
  }
  for (const std::string& note : notes) {
    const auto good = ledger::verify_by_policy(note, *options.policy, own);
    if (!good) findings.push_back(good.error());
  }
}

// Of a book that is not read record by record: as it is known to who reads it.
KeysRead known_keys(const Folder& folder) {
  KeysRead keys;
  const auto book = ReadOnlyBook::open(folder);
  keys.complete = book && book.value()->read_state([&](const engine::State& state) {
    keys.history = state.log_keys;
    return core::ok();
  });
  return keys;
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

// An anchor of a log of reads, from a record.
struct AccessAnchor {
  std::string origin;
  Anchor anchor;
};

core::Result<> collect_access_anchor(const ledger::RecordView& record,
                                     std::vector<AccessAnchor>& anchors) {
  if (record.kind != engine::AccessAnchored::kKind) return core::ok();
  TRY(auto body, core::from_cbor<engine::AccessAnchored>(record.body));
  anchors.push_back({std::move(body.origin),
                     {body.size, body.root, "anchor in record " + std::to_string(record.seq)}});
  return core::ok();
}

void check_spool(const Folder& folder, AccessOutcome& outcome, std::vector<core::Error>& findings) {
  const Folder log{folder.access()};
  // A log that came from a backup takes nothing in.
  const bool is_restored = core::file_exists(log.restored_note());
  if (is_restored && !core::file_exists(folder.access_spool())) return;
  const auto spooled = spool::read_spool(
      folder.access_spool(), [](const spool::Entry&) -> core::Result<bool> { return true; });
  if (!spooled) {
    findings.push_back(spooled.error());
    return;
  }
  outcome.waiting = spooled.value().entries;
  outcome.torn = spooled.value().torn;
}

// The anchors of the log that is there. It is the one that was anchored last: another would have to
// be announced in the book.
std::vector<Anchor> anchors_of_log(const Folder& log, const std::vector<AccessAnchor>& anchors,
                                   VerifyOutcome& outcome, std::vector<core::Error>& findings) {
  std::vector<Anchor> out;
  const auto opened = open_log_read_only(log);
  if (!opened) return out;  // Told by its own verification.
  const std::string& origin = opened.value().signer.origin;
  if (!anchors.empty() && anchors.back().origin != origin) {
    findings.push_back(core::corrupt("access_log_replaced", "access",
                                     "The log of reads is " + origin +
                                         ", and the one anchored last is " + anchors.back().origin +
                                         "."));
  }
  for (const AccessAnchor& one : anchors) {
    if (one.origin == origin) out.push_back(one.anchor);
  }
  outcome.access_former = anchors.size() - out.size();
  return out;
}

// The log of reads beside the book: a book of its own that continues from each anchor, and a spool
// whose entries are as they were written. Its findings are told as the book's own.
void check_access(const VerifyOptions& options, const std::vector<AccessAnchor>& anchors,
                  VerifyOutcome& outcome, std::vector<core::Error>& findings) {
  outcome.access_anchors = anchors.size();
  const Folder& folder = options.folder;
  outcome.access.present = core::file_exists(folder.access());
  if (!outcome.access.present) return;
  check_spool(folder, outcome.access, findings);
  VerifyOptions log;
  log.folder = {folder.access()};
  log.quick = options.quick;
  log.recompute = options.recompute;
  log.anchors = anchors_of_log(log.folder, anchors, outcome, findings);
  auto checked = verify_book(log);
  if (!checked) {
    findings.push_back(std::move(checked.error()).within("access"));
    return;
  }
  VerifyOutcome& found = checked.value();
  outcome.access.records = found.report.records;
  outcome.torn_tail = outcome.torn_tail || found.torn_tail;
  outcome.signer_slot_damaged = outcome.signer_slot_damaged || found.signer_slot_damaged;
  outcome.files_checked += found.files_checked;
  for (core::Error& finding : found.report.findings) {
    findings.push_back(std::move(finding).within("access"));
  }
  for (core::Error& finding : found.report.rebuildable) {
    outcome.report.rebuildable.push_back(std::move(finding).within("access"));
  }
}

// Records that do not follow are findings; those that are not kept as such are counted.
void add_differences(RecomputeReport report, VerifyOutcome& outcome,
                     std::vector<core::Error>& findings) {
  std::size_t kept = 0;
  for (const RecordDifference& difference : report.differences) {
    if (kept == ledger::verify::kFindingsMax) break;
    findings.push_back(to_error(difference));
    ++kept;
  }
  outcome.report.findings_count += report.count - kept;
  outcome.differences_count = report.count;
  outcome.differences = std::move(report.differences);
}

// What came after a note that the caller trusts. The index gives the way from the last trusted
// record to the note's root; a wrong one is refused.
core::Result<VerifyOutcome> verify_since(const VerifyOptions& options) {
  VerifyOutcome outcome;
  TRY(const auto book, ReadOnlyBook::open(options.folder));
  TRY(auto opened, open_log_read_only(options.folder));
  outcome.torn_tail = opened.torn_tail;
  outcome.signer_slot_damaged = opened.signer_slot_damaged;
  outcome.restored = opened.restored;
  outcome.self_consistent_only = !options.key && !options.root_key && options.trusted_notes.empty();
  std::vector<core::Error> findings;
  TRY(const auto trust, read_trust(options));
  const KeysRead keys = known_keys(options.folder);
  TRY(const auto old, ledger::open_checkpoint(*options.since, keys.history));
  const auto published = read_published_notes(options.folder, findings);
  std::vector<Note> notes = collect_notes(options, opened, published);
  TRY(const auto anchors, collect_anchors(notes, opened, findings));
  notes.push_back({*options.since, "note of --since"});
  TRY(judge_notes(notes, keys, trust, findings));
  if (keys.complete) check_policy(options, published, keys.history, findings);
  ledger::verify::Since since;
  since.trusted = {old.checkpoint.size, old.checkpoint.root, "note of --since"};
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
  TRY(auto opened, open_log_read_only(options.folder));
  outcome.torn_tail = opened.torn_tail;
  outcome.signer_slot_damaged = opened.signer_slot_damaged;
  outcome.restored = opened.restored;
  outcome.self_consistent_only = !options.key && !options.root_key && options.trusted_notes.empty();
  std::vector<core::Error> findings;
  TRY(const auto trust, read_trust(options));
  const auto published = read_published_notes(options.folder, findings);
  const std::vector<Note> notes = collect_notes(options, opened, published);
  TRY(auto anchors, collect_anchors(notes, opened, findings));
  anchors.insert(anchors.end(), options.anchors.begin(), options.anchors.end());
  std::vector<AccessAnchor> access_anchors;
  TRY(auto checks, make_checks(options, opened));
  // What the engine knows at the snapshot's size must be what the snapshot says.
  engine::State state;
  std::optional<std::string> state_there;
  const std::uint64_t snapshot_size = checks.snapshot ? checks.snapshot->size : 0;
  const std::string snapshot_state = checks.snapshot ? checks.snapshot->state : "";
  KeysRead keys;
  PersonalRecords personal;
  if (options.quick) keys = known_keys(options.folder);
  const ledger::verify::Observer observe = [&](const ledger::RecordView& record,
                                               core::ByteView) -> core::Result<> {
    TRY(ledger::follow(keys.history, record));
    TRY(collect_access_anchor(record, access_anchors));
    TRY(personal.follow(record));
    if (record.seq >= snapshot_size) return core::ok();
    TRY(engine::dispatch::apply(state, record));
    if (record.seq + 1 == snapshot_size) state_there = core::as_text(core::to_cbor(state));
    return core::ok();
  };
  outcome.report =
      ledger::verify::verify_log(*opened.log, opened.size, anchors, observe, std::move(checks));
  keys.complete = keys.complete && outcome.report.findings_count == 0 && !opened.damage;
  TRY(judge_notes(notes, keys, trust, findings));
  if (keys.complete) check_policy(options, published, keys.history, findings);
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
  if (!options.quick) outcome.vault = verify_vault(options.folder, personal, opened.size, findings);
  if (options.recompute && outcome.report.findings_count == 0 && findings.empty()) {
    TRY(auto again, recompute(*opened.log, opened.size));
    outcome.recomputed_commands = again.commands;
    add_differences(std::move(again), outcome, findings);
  }
  check_access(options, access_anchors, outcome, findings);
  outcome.report.findings_count += findings.size();
  std::ranges::move(findings, std::back_inserter(outcome.report.findings));
  return outcome;
}

}  // namespace gateway::service
