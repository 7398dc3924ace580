#include "ledger/index/filter.h"

#include <algorithm>
#include <cstring>

#include "core/check.h"
#include "ledger/index/varint.h"

namespace ledger::index {
namespace {

constexpr std::size_t kFirstBuckets = 4096;
// Beyond this share of its slots a layer is full: probing stays within a bucket or two.
constexpr std::uint64_t kFullPercent = 75;

std::uint32_t fingerprint(std::uint64_t hash) {
  const auto bits = static_cast<std::uint32_t>(hash & 0xffff);
  return bits == 0 ? 1 : bits;
}

std::uint32_t slot_of(std::uint64_t hash, std::uint32_t run) {
  CHECK(run <= 0xffff);
  return run << 16 | fingerprint(hash);
}

}  // namespace

// Visits the slots where the key may be: its bucket, and on while buckets are full.
template <class Visit>
void RunFilter::probe(const Layer& layer, std::uint64_t hash, const Visit& visit) {
  const std::size_t mask = layer.buckets.size() - 1;
  for (std::size_t i = (hash >> 16) & mask;; i = (i + 1) & mask) {
    for (const std::uint32_t& slot : layer.buckets[i].slots) {
      if (slot == 0 || visit(slot)) return;
    }
  }
}

bool RunFilter::put(Layer& layer, std::uint64_t hash, std::uint32_t slot) {
  if (layer.used * 100 >= layer.buckets.size() * kSlots * kFullPercent) return false;
  const std::size_t mask = layer.buckets.size() - 1;
  for (std::size_t i = (hash >> 16) & mask;; i = (i + 1) & mask) {
    auto& slots = layer.buckets[i].slots;
    const auto free = std::ranges::find(slots, 0u);
    if (free == slots.end()) continue;
    *free = slot;
    ++layer.used;
    return true;
  }
}

void RunFilter::add(std::uint64_t hash, std::uint32_t run) {
  const std::uint32_t slot = slot_of(hash, run);
  if (!layers_.empty() && put(layers_.back(), hash, slot)) return;
  const std::size_t buckets = layers_.empty() ? kFirstBuckets : 2 * layers_.back().buckets.size();
  layers_.emplace_back().buckets.resize(buckets);
  CHECK(put(layers_.back(), hash, slot));
}

void RunFilter::move(std::uint64_t hash, std::uint32_t from, std::uint32_t to) {
  const std::uint32_t old_slot = slot_of(hash, from);
  for (Layer& layer : layers_) {
    bool moved = false;
    probe(layer, hash, [&](const std::uint32_t& slot) {
      if (slot == old_slot) {
        const_cast<std::uint32_t&>(slot) = slot_of(hash, to);
        moved = true;
      }
      return moved;
    });
    if (moved) return;
  }
  add(hash, to);
}

void RunFilter::find(std::uint64_t hash, std::vector<std::uint32_t>& runs) const {
  runs.clear();
  const std::uint32_t wanted = fingerprint(hash);
  for (const Layer& layer : layers_) {
    probe(layer, hash, [&](std::uint32_t slot) {
      if ((slot & 0xffff) == wanted) runs.push_back(slot >> 16);
      return false;
    });
  }
  std::ranges::sort(runs, std::greater());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
}

std::uint64_t RunFilter::count_used(const std::vector<Bucket>& buckets) {
  std::uint64_t used = 0;
  for (const Bucket& bucket : buckets) {
    used += kSlots - static_cast<std::uint64_t>(std::ranges::count(bucket.slots, 0u));
  }
  return used;
}

void RunFilter::save(std::string& out) const {
  put_varint(out, layers_.size());
  for (const Layer& layer : layers_) {
    put_varint(out, layer.used);
    put_varint(out, layer.buckets.size());
    out.append(reinterpret_cast<const char*>(layer.buckets.data()),
               layer.buckets.size() * sizeof(Bucket));
  }
}

core::Result<RunFilter> RunFilter::load(std::string_view data) {
  RunFilter filter;
  VarintReader in(data);
  const std::uint64_t layers = in.number();
  for (std::uint64_t i = 0; i < layers && in.ok(); ++i) {
    Layer layer;
    layer.used = in.number();
    const std::uint64_t buckets = in.number();
    const bool sane = buckets == kFirstBuckets << i && i < 32 &&
                      layer.used * 100 <= buckets * kSlots * kFullPercent + 100;
    const std::string_view bytes = sane ? in.bytes(buckets * sizeof(Bucket)) : "";
    if (bytes.empty()) return core::corrupt("snapshot", "", "The filter is not whole.");
    layer.buckets.resize(buckets);
    std::memcpy(layer.buckets.data(), bytes.data(), bytes.size());
    // A probe ends at an empty slot, so their number is not taken on trust.
    if (count_used(layer.buckets) != layer.used) in.refuse();
    filter.layers_.push_back(std::move(layer));
  }
  if (!in.ok() || !in.at_end()) return core::corrupt("snapshot", "", "The filter is not whole.");
  return filter;
}

std::size_t RunFilter::bytes() const {
  std::size_t bytes = 0;
  for (const Layer& layer : layers_) bytes += layer.buckets.size() * sizeof(Bucket);
  return bytes;
}

}  // namespace ledger::index
