#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/files.h"
#include "ledger/checkpoint.h"
#include "ledger/key_history_file.h"
#include "ledger/key_trust.h"
#include "ledger/note.h"
#include "ledger/policy.h"
#include "ledger/proof_file.h"
#include "ledger/tally_verify/history_file.h"
#include "ledger/tally_verify/leaves_file.h"
#include "ledger/verify/verify.h"

// Checks an exported log, or one receipt, without the service and without its store.
// See docs/formats/keys.md for how it follows the log from one key to the next.
namespace {

constexpr std::string_view kUsage =
    "usage: tally-verify --key VKEY [--root-key VKEY] --checkpoint FILE [--trusted FILE]... LEAVES\n"
    "       tally-verify --key VKEY [--root-key VKEY] [--key-history FILE] [--policy FILE]\n"
    "                    --proof FILE --record FILE\n"
    "       tally-verify --key VKEY [--root-key VKEY] [--key-history FILE] --history FILE\n"
    "\n"
    "The first checks a log that was exported with `tally export --format leaves`: each record, the\n"
    "chain, the tree, double entry and the laws, which keys signed it when, and that its records are\n"
    "those that the signed checkpoint, and each note or proof that you kept (--trusted), vouch for.\n"
    "The second checks that a record's stored bytes are in the log, by a proof that you kept; where keys\n"
    "have changed since, it needs the key history (tally key history). With a policy, its witnesses must\n"
    "have cosigned.\n"
    "The third checks what `tally history --prove` printed: that these are all of a subject's records\n"
    "up to a size, given that whoever checked the whole log found its index roots right.\n"
    "--key is a key of the log that you were given: the first one or a later one.\n"
    "Exit code 0: all holds; 1: it does not; 2: wrong usage.\n";

struct Arguments {
  std::map<std::string, std::string, std::less<>> options;
  std::vector<std::string> trusted;
  std::string leaves;

  bool has(std::string_view name) const { return options.contains(name); }
  std::string get(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
  }
  bool is_receipt() const { return has("--proof"); }
  bool is_history() const { return has("--history"); }
};

bool read_arguments(const std::vector<std::string>& words, Arguments& out) {
  constexpr std::array<std::string_view, 8> kOptions = {
      "--key",     "--root-key", "--checkpoint",  "--history",
      "--proof",   "--record",   "--key-history", "--policy"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool has_value = i + 1 < words.size();
    if (words[i] == "--trusted" && has_value) {
      out.trusted.push_back(words[++i]);
    } else if (std::ranges::find(kOptions, words[i]) != kOptions.end() && has_value) {
      if (!out.options.emplace(words[i], words[i + 1]).second) return false;
      ++i;
    } else if (out.leaves.empty() && !words[i].starts_with("--")) {
      out.leaves = words[i];
    } else {
      return false;
    }
  }
  if (!out.has("--key") && !out.has("--root-key")) return false;
  const bool of_one = out.leaves.empty() && out.trusted.empty() && !out.has("--checkpoint") &&
                      (out.has("--key-history") || out.has("--key"));
  if (out.is_receipt()) return of_one && out.has("--record") && !out.is_history();
  if (out.has("--record") || out.has("--policy")) return false;
  if (out.is_history()) return of_one;
  return out.has("--checkpoint") && !out.leaves.empty() && !out.has("--key-history");
}

core::Result<ledger::KeyTrust> read_trust(const Arguments& arguments) {
  ledger::KeyTrust trust;
  if (arguments.has("--key")) {
    TRY(trust.log_key, ledger::parse_verifier_key(arguments.get("--key")));
  }
  if (arguments.has("--root-key")) {
    TRY(trust.root_key, ledger::parse_verifier_key(arguments.get("--root-key")));
  }
  return trust;
}

// A signed note, or the one that a proof ends with.
core::Result<std::string> read_note(const std::string& path) {
  TRY(std::string text, core::read_file(path, ledger::kProofFileBytesMax));
  auto proof = ledger::parse_proof_file(text);
  return proof ? std::move(proof.value().checkpoint) : std::move(text);
}

struct Note {
  std::string text;
  std::string source;
};

core::Result<std::vector<Note>> read_notes(const Arguments& arguments) {
  std::vector<Note> notes;
  TRY(auto last, read_note(arguments.get("--checkpoint")));
  notes.push_back({std::move(last), "checkpoint"});
  for (const std::string& path : arguments.trusted) {
    TRY(auto held, read_note(path));
    notes.push_back({std::move(held), "trusted note"});
  }
  return notes;
}

// Who signed, by the keys that the records tell of, and whether those follow from what is trusted.
core::Result<> judge(const std::vector<Note>& notes, const ledger::KeyHistory& history,
                     const ledger::KeyTrust& trust) {
  std::vector<ledger::VouchedCheckpoint> good;
  for (const Note& note : notes) {
    auto vouched = ledger::open_checkpoint(note.text, history);
    if (!vouched) return std::move(vouched.error()).within(note.source);
    good.push_back(std::move(vouched.value()));
  }
  return ledger::check_trust(history, trust, good);
}

core::Result<ledger::verify::Report> verify_log(const Arguments& arguments) {
  TRY(const auto trust, read_trust(arguments));
  TRY(const auto notes, read_notes(arguments));
  std::vector<ledger::verify::Anchor> anchors;
  for (const Note& note : notes) {
    TRY(const auto claimed, ledger::parse_checkpoint(ledger::text_of_note(note.text)));
    anchors.push_back({claimed.size, claimed.root, note.source});
  }
  TRY(const auto log, ledger::tally_verify::open_leaves_file(arguments.leaves));
  TRY(const ledger::LogState state, log->state());
  ledger::KeyHistory history;
  auto report = ledger::verify::verify_log(
      *log, state.size, anchors, [&](const ledger::RecordView& record, core::ByteView) {
        return ledger::follow(history, record);
      });
  if (const auto judged = judge(notes, history, trust); !judged) {
    ++report.findings_count;
    report.findings.push_back(judged.error());
  }
  return report;
}

// The keys of a log, from the file that its operator gives out, as far as they follow from a trusted one.
core::Result<ledger::KeyHistory> read_key_history(const Arguments& arguments,
                                                  const ledger::KeyTrust& trust) {
  TRY(const std::string text,
      core::read_file(arguments.get("--key-history"), ledger::kKeyHistoryFileBytesMax));
  TRY(const auto file, ledger::parse_key_history_file(text));
  return ledger::verify_key_history(file, trust);
}

core::Result<ledger::Checkpoint> verify_receipt(const Arguments& arguments) {
  TRY(const auto trust, read_trust(arguments));
  TRY(const std::string proof,
      core::read_file(arguments.get("--proof"), ledger::kProofFileBytesMax));
  TRY(const std::string record,
      core::read_file(arguments.get("--record"), ledger::kRecordBytesMax));
  const core::ByteView entry = core::as_bytes(record);
  if (arguments.has("--policy")) {
    TRY(const std::string text, core::read_file(arguments.get("--policy"), ledger::kPolicyBytesMax));
    TRY(const auto policy, ledger::Policy::parse(text));
    TRY(ledger::verify_proof_file(proof, entry, policy, trust.log_key));
  }
  if (!arguments.has("--key-history")) {
    return ledger::verify_proof_file(proof, entry, *trust.log_key);
  }
  TRY(const auto history, read_key_history(arguments, trust));
  return ledger::verify_proof_file(proof, entry, history);
}

core::Result<ledger::completeness::ProvenHistory> verify_history(const Arguments& arguments) {
  TRY(const auto trust, read_trust(arguments));
  const std::string path = arguments.get("--history");
  if (!arguments.has("--key-history")) {
    return ledger::tally_verify::check_history_file(
        path, [&](std::string_view note) {
          return ledger::open_checkpoint(note, std::span(&*trust.log_key, 1));
        });
  }
  TRY(const auto history, read_key_history(arguments, trust));
  return ledger::tally_verify::check_history_file(
      path, [&](std::string_view note) -> core::Result<ledger::Checkpoint> {
        TRY(auto vouched, ledger::open_checkpoint(note, history));
        return std::move(vouched.checkpoint);
      });
}

int fail(const core::Error& error) {
  std::fprintf(stderr, "tally-verify: %s\n", core::to_string(error).c_str());
  return 1;
}

int run_receipt(const Arguments& arguments) {
  const auto checkpoint = verify_receipt(arguments);
  if (!checkpoint) return fail(checkpoint.error());
  std::printf("verified: the record is in %s, which had %llu records then, root %s\n",
              checkpoint.value().origin.c_str(),
              static_cast<unsigned long long>(checkpoint.value().size),
              core::to_base64(checkpoint.value().root.bytes).c_str());
  return 0;
}

int run_history(const Arguments& arguments) {
  const auto proven = verify_history(arguments);
  if (!proven) return fail(proven.error());
  const auto& history = proven.value();
  std::printf("%s: all %llu records of %s below %llu, by the index root at seq %llu, under the "
              "checkpoint of size %llu\n",
              history.checkpoint.origin.c_str(), static_cast<unsigned long long>(history.records),
              core::to_hex(history.subject).c_str(), static_cast<unsigned long long>(history.size),
              static_cast<unsigned long long>(history.index_root_seq),
              static_cast<unsigned long long>(history.checkpoint.size));
  return 0;
}

int run_log(const Arguments& arguments) {
  const auto report = verify_log(arguments);
  if (!report) return fail(report.error());
  for (const core::Error& finding : report.value().findings) {
    std::printf("DAMAGED %s\n", core::to_string(finding).c_str());
  }
  if (!report.value().clean()) {
    std::printf("NOT VERIFIED: %llu findings in %llu records\n",
                static_cast<unsigned long long>(report.value().findings_count),
                static_cast<unsigned long long>(report.value().records));
    return 1;
  }
  if (report.value().index_roots > 0) {
    std::printf("index roots: %llu, all right\n",
                static_cast<unsigned long long>(report.value().index_roots));
  }
  std::printf("verified %llu records, root %s\n",
              static_cast<unsigned long long>(report.value().records),
              core::to_base64(report.value().root.bytes).c_str());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!read_arguments({argv + 1, argv + argc}, arguments)) {
    std::fputs(kUsage.data(), stderr);
    return 2;
  }
  if (arguments.is_receipt()) return run_receipt(arguments);
  return arguments.is_history() ? run_history(arguments) : run_log(arguments);
}
