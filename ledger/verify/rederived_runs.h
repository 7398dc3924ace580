#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "ledger/index/store.h"

namespace ledger::verify {

// Takes the runs that verification makes anew from the records, compares each with the stored one, and
// serves look-ups from what it has just been given, never from what it has not compared.
class RederivedRuns final : public index::IndexStore {
 public:
  // `stored` may be null: then there is nothing to compare.
  explicit RederivedRuns(std::unique_ptr<index::IndexStore> stored) : stored_(std::move(stored)) {}

  // A difference is a finding, not an error.
  core::Result<> write_segment(std::uint32_t segment,
                               const std::vector<index::KeyValue>& run) override;
  std::uint32_t segments() const override;
  core::Result<std::optional<std::string>> get(std::uint32_t segment,
                                               std::string_view key) const override;
  core::Result<> scan(std::uint32_t segment, std::string_view prefix,
                      const Visitor& visit) const override;

  const std::vector<core::Error>& findings() const { return findings_; }
  std::uint32_t compared() const { return compared_; }
  // Runs stored beyond those of the records. Ask when all are written.
  std::uint32_t stored_segments() const { return stored_ ? stored_->segments() : 0; }

 private:
  core::Result<> compare(std::uint32_t segment, const std::vector<index::KeyValue>& run) const;

  std::unique_ptr<index::IndexStore> stored_;
  std::uint32_t written_ = 0;
  std::uint32_t compared_ = 0;
  // Of runs that are not in the store as they should be: the lists that verification itself asks for.
  std::map<std::uint32_t, std::map<std::string, std::string, std::less<>>> kept_;
  std::vector<core::Error> findings_;
};

}  // namespace ledger::verify
