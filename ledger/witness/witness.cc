#include "ledger/witness/witness.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "core/files.h"
#include "ledger/merkle.h"
#include "ledger/witness/add_checkpoint.h"

namespace ledger::witness {
namespace {

namespace fs = std::filesystem;

// Evidence that is kept; whoever has a log's key could make any number of forks.
constexpr std::size_t kEvidenceMax = 100;
constexpr std::int64_t kMicros = 1'000'000;

Reply refuse(int status, std::string detail) {
  return {status, Reply{}.content_type, detail + "\n"};
}

Reply refuse(int status, const core::Error& error) {
  return refuse(status, core::to_string(error));
}

// The note with the signatures of known keys alone, so that a stranger's lines take no room.
core::Result<std::string> known_part(std::string_view note, const std::vector<VerifierKey>& keys) {
  TRY(const auto signatures, signatures_of_note(note));
  std::string out = std::string(text_of_note(note)) + "\n";
  for (const NoteSignature& signature : signatures) {
    const auto is_of = [&](const VerifierKey& key) {
      return key.name == signature.name && key.id == signature.id;
    };
    if (std::ranges::any_of(keys, is_of)) out += signature.line;
  }
  return out;
}

}  // namespace

std::string origin_hash(std::string_view origin) {
  return core::to_hex(core::sha256(core::as_bytes(origin)).view());
}

core::Result<std::unique_ptr<Witness>> Witness::open(const std::string& folder,
                                                     WitnessSigner signer,
                                                     std::vector<VerifierKey> logs) {
  TRY(core::make_folder(folder + "/logs", core::FileAccess::OwnerOnly));
  TRY(core::make_folder(folder + "/evidence", core::FileAccess::OwnerOnly));
  std::unique_ptr<Witness> witness(new Witness(folder, std::move(signer)));
  TRY(witness->lock());
  for (VerifierKey& key : logs) {
    Followed& log = witness->logs_[key.name];
    log.path = folder + "/logs/" + origin_hash(key.name) + ".note";
    log.keys.push_back(std::move(key));
  }
  for (auto& [origin, log] : witness->logs_) {
    TRY(witness->load(origin, log));
  }
  return witness;
}

Witness::~Witness() {
  if (lock_ >= 0) ::close(lock_);
}

core::Result<> Witness::lock() {
  const std::string path = folder_ + "/lock";
  lock_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ >= 0 && ::flock(lock_, LOCK_EX | LOCK_NB) == 0) return core::ok();
  if (lock_ >= 0 && errno == EWOULDBLOCK) {
    return core::unavailable("witness_in_use", folder_, "Another process is this witness.");
  }
  return core::unavailable("io", path, "The witness's folder cannot be locked.");
}

core::Result<> Witness::load(const std::string& origin, Followed& log) {
  log.root = empty_root();
  if (!core::file_exists(log.path)) return core::ok();
  TRY(log.note, core::read_file(log.path, kNoteBytesMax));
  const auto checkpoint = open_checkpoint(log.note, log.keys);
  const auto signatures = signatures_of_note(log.note);
  const std::vector<WitnessKey> own{key()};
  bool is_ours = false;
  if (signatures) {
    const auto cosigned = check_cosignatures(text_of_note(log.note), signatures.value(), own);
    is_ours = cosigned && !cosigned.value().empty();
  }
  if (!checkpoint || checkpoint.value().origin != origin || !is_ours) {
    return core::corrupt("witness_state", log.path,
                         "What was cosigned last of " + origin +
                             " is not signed by the log and by this witness: the file or a key was "
                             "changed. See docs/runbooks/witness.md.");
  }
  log.size = checkpoint.value().size;
  log.root = checkpoint.value().root;
  return core::ok();
}

Reply Witness::add_checkpoint(std::string_view body, core::Instant now) {
  const auto request = parse_add_checkpoint(body);
  if (!request) return refuse(400, request.error());
  const std::string& note = request.value().note;
  const auto checkpoint = parse_checkpoint(text_of_note(note));
  if (!checkpoint) return refuse(400, checkpoint.error());
  const std::string& origin = checkpoint.value().origin;
  const std::lock_guard lock(mutex_);
  const auto found = logs_.find(origin);
  if (found == logs_.end()) return refuse(404, "This witness does not know the log.");
  Followed& log = found->second;
  const auto opened = open_note(note, log.keys);
  if (!opened) {
    return refuse(opened.error().code == core::Code::Corrupt ? 403 : 400, opened.error());
  }
  if (request.value().old_size > checkpoint.value().size) {
    return refuse(400, "The old size is beyond that of the checkpoint.");
  }
  return continue_log(log, checkpoint.value(), request.value().old_size, request.value().proof,
                      note, now);
}

// The checkpoint is signed by the log; whether it continues what is remembered is seen here.
Reply Witness::continue_log(Followed& log, const Checkpoint& checkpoint, std::uint64_t old_size,
                            const std::vector<core::Hash>& proof, std::string_view note,
                            core::Instant now) {
  if (old_size != log.size) {
    Reply reply{409, std::string(kSizeType), std::to_string(log.size) + "\n"};
    if (checkpoint.size < log.size) {
      reply.report = core::conflict("log_shrank", checkpoint.origin,
                                    "A checkpoint of " + std::to_string(checkpoint.size) +
                                        " records was sent; " + std::to_string(log.size) +
                                        " were cosigned. It was not cosigned.");
    }
    return reply;
  }
  core::Sha256 sha256;
  const bool is_empty = checkpoint.size == 0;
  if (is_empty && checkpoint.root != empty_root()) {
    return refuse(422, "A log of no entries has the root of the empty tree.");
  }
  const auto consistent =
      verify_consistency(sha256, {log.size, checkpoint.size, log.root, checkpoint.root}, proof);
  if (!consistent) return refuse_fork(log, checkpoint, note);
  return cosign(log, checkpoint, note, now);
}

// Two notes of the log that no tree has both are the proof: they are kept, side by side. A proof
// that is merely wrong looks the same from here.
Reply Witness::refuse_fork(const Followed& log, const Checkpoint& checkpoint,
                           std::string_view note) {
  Reply reply = refuse(422, "The checkpoint is not shown to continue the one of " +
                                std::to_string(log.size) + " records that was cosigned.");
  const std::string name = origin_hash(checkpoint.origin).substr(0, 16) + "-" +
                           std::to_string(checkpoint.size) + "-" +
                           core::to_hex(checkpoint.root.view()).substr(0, 16) + ".note";
  const std::string path = folder_ + "/evidence/" + name;
  std::error_code failure;
  const auto kept = std::distance(fs::directory_iterator(folder_ + "/evidence", failure), {});
  const bool has_room = !failure && kept < static_cast<std::ptrdiff_t>(kEvidenceMax);
  core::Result<> written = core::ok();
  if (has_room && !core::file_exists(path)) {
    written =
        core::write_file(path, std::string(note) + "\n" + log.note, core::FileAccess::OwnerOnly);
  }
  reply.report = core::conflict(
      "log_forked", checkpoint.origin,
      "A checkpoint of " + std::to_string(checkpoint.size) + " records, root " +
          core::to_base64(checkpoint.root.view()) + ", does not continue the one of " +
          std::to_string(log.size) + " records, root " + core::to_base64(log.root.view()) +
          ". It was not cosigned; " +
          (has_room && written ? "both notes: " + path : std::string("its note was not kept")) +
          ".");
  return reply;
}

Reply Witness::cosign(Followed& log, const Checkpoint& checkpoint, std::string_view note,
                      core::Instant now) {
  if (now.micros < 0) return refuse(500, "The witness's clock is wrong.");
  const auto seconds = static_cast<std::uint64_t>(now.micros / kMicros);
  const std::string line = signer_.cosign(text_of_note(note), seconds);
  auto remembered = known_part(note, log.keys);
  if (!remembered) return refuse(400, remembered.error());
  remembered.value() += line;
  // Remembered first: a cosignature that was given must never be forgotten.
  const auto written = core::write_file(log.path, remembered.value(), core::FileAccess::OwnerOnly);
  if (!written) {
    Reply reply = refuse(500, "The checkpoint cannot be remembered, so it is not cosigned.");
    reply.report = written.error();
    return reply;
  }
  log.size = checkpoint.size;
  log.root = checkpoint.root;
  log.note = std::move(remembered.value());
  return {200, Reply{}.content_type, line};
}

std::optional<std::string> Witness::last_checkpoint(std::string_view hash) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [origin, log] : logs_) {
    if (!log.note.empty() && origin_hash(origin) == hash) return log.note;
  }
  return std::nullopt;
}

}  // namespace ledger::witness
