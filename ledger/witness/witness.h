#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "ledger/checkpoint.h"
#include "ledger/cosignature.h"

// A witness of logs: cosigns a checkpoint only if it continues the last one that it cosigned, which
// it remembers on disk first. It knows nothing of a log but its key. Source: C2SP tlog-witness
// v1.0.0.
namespace ledger::witness {

// What is answered to a log, in HTTP's words.
struct Reply {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  // What the witness's operator is to hear of: a log that forked or shrank, a disk that failed.
  std::optional<core::Error> report = {};
};

class Witness {
 public:
  // `folder` is the witness's own; it is made if need be. One process has it at a time.
  // Errors: Unavailable/witness_in_use; Corrupt/witness_state if what it remembers of a log is not
  //         signed by both: it must not cosign before somebody has looked; Unavailable/io.
  static core::Result<std::unique_ptr<Witness>> open(const std::string& folder,
                                                     WitnessSigner signer,
                                                     std::vector<VerifierKey> logs);
  ~Witness();
  Witness(const Witness&) = delete;
  Witness& operator=(const Witness&) = delete;

  // 200 with the cosignature; 400 malformed, or the old size is beyond the checkpoint's; 403 not
  // signed by a known key of the log; 404 unknown log; 409 with the size it remembers, if the old
  // size is another; 422 not a continuation; 500 it cannot be remembered, so it is not cosigned.
  // Any thread.
  Reply add_checkpoint(std::string_view body, core::Instant now);

  // The last checkpoint cosigned, of the log whose origin has this SHA-256 in hexadecimal.
  std::optional<std::string> last_checkpoint(std::string_view origin_hash) const;

  const WitnessKey& key() const { return signer_.key(); }

 private:
  // A log, and what is remembered of it.
  struct Followed {
    std::string path;
    std::vector<VerifierKey> keys;
    std::uint64_t size = 0;
    core::Hash root;
    std::string note;  // With the log's signature and ours; empty before the first.
  };

  Witness(std::string folder, WitnessSigner signer)
      : folder_(std::move(folder)), signer_(std::move(signer)) {}
  core::Result<> lock();
  core::Result<> load(const std::string& origin, Followed& log);
  Reply continue_log(Followed& log, const Checkpoint& checkpoint, std::uint64_t old_size,
                     const std::vector<core::Hash>& proof, std::string_view note,
                     core::Instant now);
  Reply refuse_fork(const Followed& log, const Checkpoint& checkpoint, std::string_view note);
  Reply cosign(Followed& log, const Checkpoint& checkpoint, std::string_view note,
               core::Instant now);

  std::string folder_;
  WitnessSigner signer_;
  int lock_ = -1;
  mutable std::mutex mutex_;
  std::map<std::string, Followed> logs_;  // By origin.
};

// "7fc17c1c..." of ledger.example/broker-1.
std::string origin_hash(std::string_view origin);

}  // namespace ledger::witness
