#include "ledger/index/store.h"

#include <map>
#include <mutex>

#include "core/check.h"

namespace ledger::index {
namespace {

using Run = std::map<std::string, std::string, std::less<>>;

class MemoryStore : public IndexStore {
 public:
  explicit MemoryStore(std::uint32_t first) : first_(first) {}

  core::Result<> write_segment(std::uint32_t segment, const std::vector<KeyValue>& run) override {
    const std::lock_guard lock(mutex_);
    CHECK(segment == first_ + runs_.size());
    Run& added = runs_.emplace_back();
    for (const KeyValue& entry : run) added.emplace_hint(added.end(), entry.key, entry.value);
    return core::ok();
  }
  std::uint32_t segments() const override {
    const std::lock_guard lock(mutex_);
    return first_ + static_cast<std::uint32_t>(runs_.size());
  }
  core::Result<std::optional<std::string>> get(std::uint32_t segment,
                                               std::string_view key) const override {
    const std::lock_guard lock(mutex_);
    const Run& run = runs_.at(segment - first_);
    const auto found = run.find(key);
    if (found == run.end()) return std::optional<std::string>();
    return std::optional(found->second);
  }
  core::Result<> scan(std::uint32_t segment, std::string_view prefix,
                      const Visitor& visit) const override {
    Run run;
    {
      const std::lock_guard lock(mutex_);
      run = runs_.at(segment - first_);
    }
    for (auto entry = run.lower_bound(prefix);
         entry != run.end() && entry->first.starts_with(prefix); ++entry) {
      TRY(visit(entry->first, entry->second));
    }
    return core::ok();
  }

 protected:
  const std::uint32_t first_;  // The first segment that is kept here.

 private:
  mutable std::mutex mutex_;
  std::vector<Run> runs_;
};

class OverlayStore final : public MemoryStore {
 public:
  explicit OverlayStore(std::unique_ptr<IndexStore> below)
      : MemoryStore(below->segments()), below_(std::move(below)) {}

  core::Result<std::optional<std::string>> get(std::uint32_t segment,
                                               std::string_view key) const override {
    return segment < first_ ? below_->get(segment, key) : MemoryStore::get(segment, key);
  }
  core::Result<> scan(std::uint32_t segment, std::string_view prefix,
                      const Visitor& visit) const override {
    return segment < first_ ? below_->scan(segment, prefix, visit)
                            : MemoryStore::scan(segment, prefix, visit);
  }

 private:
  std::unique_ptr<IndexStore> below_;
};

}  // namespace

std::unique_ptr<IndexStore> make_memory_index_store() {
  return std::make_unique<MemoryStore>(0);
}

std::unique_ptr<IndexStore> make_overlay_index_store(std::unique_ptr<IndexStore> below) {
  return std::make_unique<OverlayStore>(std::move(below));
}

core::Error index_damage(std::uint32_t segment, std::string detail) {
  return core::corrupt("index", "index segment " + std::to_string(segment),
                       std::move(detail) + " The records are not concerned: tally doctor --rebuild "
                                           "makes the index again from them.");
}

}  // namespace ledger::index
