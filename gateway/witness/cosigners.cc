#include "gateway/witness/cosigners.h"

#include <algorithm>
#include <utility>

#include "ledger/note.h"
#include "ledger/tlog_text.h"
#include "ledger/witness/add_checkpoint.h"

namespace gateway::witness {
namespace {

using ledger::PublishedNote;
using Note = std::shared_ptr<const PublishedNote>;

// The size we believe in, the one it names, and once more if it moved meanwhile.
constexpr int kAttempts = 3;
constexpr std::size_t kQuotedBytesMax = 200;

// What somebody else's server says, as far as it can be shown on a terminal.
std::string quote(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kQuotedBytesMax)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"') out.push_back(c);
  }
  return out;
}

std::string add_checkpoint_url(std::string prefix) {
  while (prefix.ends_with('/')) prefix.pop_back();
  return prefix + "/add-checkpoint";
}

std::optional<std::uint64_t> size_of(const http::Response& answer) {
  std::string_view text = answer.body;
  const auto line = ledger::take_line(text);
  return line && text.empty() ? ledger::parse_count(*line) : std::nullopt;
}

bool same_failure(const std::optional<core::Error>& a, const std::optional<core::Error>& b) {
  if (!a || !b) return !a && !b;
  return a->reason == b->reason && a->detail == b->detail;
}

}  // namespace

Cosigners::Cosigners(ledger::Policy policy, Ask ask, Prove prove, Options options)
    : policy_(std::move(policy)),
      ask_(std::move(ask)),
      prove_(std::move(prove)),
      options_(std::move(options)) {
  for (const ledger::PolicyWitness& witness : policy_.witnesses()) {
    if (witness.url.empty()) continue;
    workers_.push_back(std::make_unique<Worker>());
    workers_.back()->witness = &witness;
  }
  for (const auto& worker : workers_) {
    worker->thread = std::thread([this, one = worker.get()] { run(*one); });
  }
}

void Cosigners::stop() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_all();
}

Cosigners::~Cosigners() {
  stop();
  for (const auto& worker : workers_) worker->thread.join();
}

void Cosigners::run(Worker& worker) {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [&] { return ending_ || worker.wanted != worker.answered; });
    if (ending_) return;
    const Note note = worker.wanted;
    lock.unlock();
    const auto cosigned = ask_for(worker, *note);
    const std::optional<core::Error> error =
        cosigned ? std::nullopt : std::optional(cosigned.error());
    lock.lock();
    if (ending_) return;
    if (!same_failure(worker.error, error) && options_.told) {
      options_.told(worker.witness->name, error);
    }
    worker.answered = note;
    worker.line = cosigned ? cosigned.value() : "";
    worker.error = error;
    changed_.notify_all();
  }
}

core::Result<std::string> Cosigners::ask_for(Worker& worker, const PublishedNote& note) {
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    ledger::witness::AddCheckpoint request;
    request.old_size = std::min(worker.known_size, note.size);
    request.note = note.note;
    if (request.old_size > 0) {
      TRY(request.proof, prove_(request.old_size, note.size));
    }
    TRY(const auto answer, ask_(add_checkpoint_url(worker.witness->url),
                                ledger::witness::to_string(request), ending_));
    if (answer.status != 409) {
      TRY(auto line, read_answer(worker, note, answer));
      worker.known_size = note.size;
      return line;
    }
    const auto size = size_of(answer);
    if (!size || *size == request.old_size) {
      return core::unavailable(
          "witness_reply", worker.witness->name,
          "It refused the size that it names itself, or names none: " + quote(answer.body));
    }
    if (*size > note.size) {
      return core::conflict("witness_ahead", worker.witness->name,
                            "It says that it cosigned " + std::to_string(*size) +
                                " records; this book has " + std::to_string(note.size) +
                                ". Either it is wrong, or this book is an old copy or was cut.");
    }
    worker.known_size = *size;
  }
  return core::unavailable("witness_reply", worker.witness->name,
                           "It named another size with every answer.");
}

core::Result<std::string> Cosigners::read_answer(const Worker& worker, const PublishedNote& note,
                                                 const http::Response& answer) const {
  const std::string& name = worker.witness->name;
  if (answer.status == 422) {
    return core::conflict(
        "witness_refused", name,
        "It says that this checkpoint does not continue what it cosigned: this book, "
        "or a copy of it, was changed. It answered: " +
            quote(answer.body));
  }
  if (answer.status != 200) {
    return core::unavailable(
        "witness_refused", name,
        "It answered with status " + std::to_string(answer.status) + ": " + quote(answer.body));
  }
  const auto signatures = ledger::parse_signature_lines(answer.body);
  if (signatures) {
    const std::vector<ledger::WitnessKey> known{worker.witness->key};
    const auto cosigned =
        ledger::check_cosignatures(ledger::text_of_note(note.note), signatures.value(), known);
    if (cosigned && !cosigned.value().empty()) return cosigned.value().front().line;
  }
  return core::unavailable(
      "witness_reply", name,
      "What it answered is not its cosignature of this checkpoint: " + quote(answer.body));
}

// The numbers of the witnesses whose cosignature is there.
std::vector<std::size_t> Cosigners::cosigned_of(const Note& note) const {
  std::vector<std::size_t> out;
  for (const auto& worker : workers_) {
    if (worker->answered != note || worker->line.empty()) continue;
    out.push_back(static_cast<std::size_t>(worker->witness - policy_.witnesses().data()));
  }
  return out;
}

bool Cosigners::all_answered(const Note& note) const {
  return std::ranges::all_of(workers_,
                             [&](const auto& worker) { return worker->answered == note; });
}

std::string Cosigners::lacking(const Note& note) const {
  std::string out;
  for (const auto& worker : workers_) {
    if (worker->answered == note && !worker->error) continue;
    out += " " + worker->witness->name + ": " +
           (worker->answered == note ? core::to_string(*worker->error) : "no answer yet") + ";";
  }
  if (out.empty()) return " No other witness has a URL.";
  out.back() = '.';
  return out;
}

core::Result<std::string> Cosigners::cosign(const PublishedNote& signed_note) {
  const auto note = std::make_shared<const PublishedNote>(signed_note);
  const auto now = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  for (const auto& worker : workers_) worker->wanted = note;
  changed_.notify_all();
  const auto settled = [&] { return ending_ || all_answered(note); };
  changed_.wait_until(lock, now + options_.round,
                      [&] { return settled() || policy_.is_met(cosigned_of(note)); });
  if (!settled()) changed_.wait_for(lock, options_.grace, settled);
  const auto cosigned = cosigned_of(note);
  if (!policy_.is_met(cosigned)) {
    return core::unavailable(
        "quorum", "size " + std::to_string(note->size),
        "The policy's quorum is not there, so the checkpoint is not published." + lacking(note));
  }
  std::string out = note->note;
  for (const auto& worker : workers_) {
    if (worker->answered == note) out += worker->line;
  }
  return out;
}

}  // namespace gateway::witness
