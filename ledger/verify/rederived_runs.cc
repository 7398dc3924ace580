#include "ledger/verify/rederived_runs.h"

#include "ledger/index/keys.h"

namespace ledger::verify {
namespace {

// Whether a request id or a subject came up before is asked; balances and proofs are not.
bool is_asked_for(std::string_view key) {
  return key.front() == index::key_type::kRequests || key.front() == index::key_type::kSubject;
}

}  // namespace

core::Result<> RederivedRuns::write_segment(std::uint32_t segment,
                                            const std::vector<index::KeyValue>& run) {
  written_ = segment + 1;
  const bool is_stored = stored_ && segment < stored_->segments();
  if (is_stored) {
    const auto same = compare(segment, run);
    if (same) {
      ++compared_;
      return core::ok();
    }
    findings_.push_back(same.error());
  }
  auto& kept = kept_[segment];
  for (const index::KeyValue& entry : run) {
    if (is_asked_for(entry.key)) kept.emplace(entry.key, entry.value);
  }
  return core::ok();
}

core::Result<> RederivedRuns::compare(std::uint32_t segment,
                                      const std::vector<index::KeyValue>& run) const {
  auto expected = run.begin();
  TRY(stored_->scan(segment, "", [&](std::string_view key, std::string_view value) -> core::Result<> {
    if (expected == run.end() || expected->key != key || expected->value != value) {
      return index::index_damage(segment, "Key " + core::to_hex(core::as_bytes(key)) +
                                              " is not what follows from the records.");
    }
    ++expected;
    return core::ok();
  }));
  if (expected == run.end()) return core::ok();
  return index::index_damage(
      segment, "Key " + core::to_hex(core::as_bytes(expected->key)) + " is missing.");
}

std::uint32_t RederivedRuns::segments() const {
  // Each run is given here, whether it is stored or not.
  return written_;
}

core::Result<std::optional<std::string>> RederivedRuns::get(std::uint32_t segment,
                                                            std::string_view key) const {
  const auto kept = kept_.find(segment);
  if (kept == kept_.end()) return stored_->get(segment, key);
  const auto found = kept->second.find(key);
  if (found == kept->second.end()) return std::optional<std::string>();
  return std::optional(found->second);
}

core::Result<> RederivedRuns::scan(std::uint32_t segment, std::string_view prefix,
                                   const Visitor& visit) const {
  return stored_->scan(segment, prefix, visit);
}

}  // namespace ledger::verify
