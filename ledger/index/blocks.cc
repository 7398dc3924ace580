#include "ledger/index/blocks.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "ledger/index/keys.h"
#include "ledger/index/varint.h"

namespace ledger::index {
namespace {

template <class Entry>
std::uint64_t seq_of(const Entry& entry);
template <>
std::uint64_t seq_of(const Step& step) {
  return step.seq;
}
template <>
std::uint64_t seq_of(const BatchStart& batch) {
  return batch.first_seq;
}

template <>
std::uint64_t seq_of(const std::uint64_t& seq) {
  return seq;
}

// Two balances may be further apart than a Minor reaches; what is written wraps around and back.
core::Minor wrapped_difference(core::Minor a, core::Minor b) {
  return static_cast<core::Minor>(static_cast<Unsigned128>(a) - static_cast<Unsigned128>(b));
}
core::Minor wrapped_sum(core::Minor a, core::Minor b) {
  return static_cast<core::Minor>(static_cast<Unsigned128>(a) + static_cast<Unsigned128>(b));
}

void put_head(std::string& out, std::uint64_t segment_first, const ListHead& head) {
  put_varint(out, head.links.number);
  put_varint(out, head.links.runs.size());
  for (const std::uint32_t run : head.links.runs) put_varint(out, run);
  put_varint(out, head.before);
  put_varint(out, head.block_firsts.size());
  for (const std::uint64_t first : head.block_firsts) put_varint(out, first - segment_first);
  put_varint(out, head.block_earliest.size());
  for (const core::Instant earliest : head.block_earliest) put_signed(out, earliest.micros);
}

// Cuts the entries into blocks, and writes each with `put`.
template <class Entry, class Put>
void put_list(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
              ListHead head, std::span<const Entry> entries, const Put& put) {
  std::size_t number = 0;
  while (!entries.empty()) {
    const auto block = entries.first(std::min(entries.size(), kBlockEntries));
    KeyValue& added = run.emplace_back();
    added.key = block_key(key, number);
    if (number == 0) put_head(added.value, segment_first, head);
    put_varint(added.value, block.size());
    put(added.value, block);
    entries = entries.subspan(block.size());
    ++number;
  }
}

template <class Entry>
std::vector<std::uint64_t> block_firsts(std::span<const Entry> entries) {
  std::vector<std::uint64_t> firsts;
  for (std::size_t i = 0; i < entries.size(); i += kBlockEntries) {
    firsts.push_back(seq_of(entries[i]));
  }
  return firsts;
}

ListHead read_head(VarintReader& in, std::uint64_t segment_first) {
  ListHead head;
  head.links.number = in.number();
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    head.links.runs.push_back(static_cast<std::uint32_t>(in.number()));
  }
  head.before = in.number();
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    head.block_firsts.push_back(segment_first + in.number());
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    head.block_earliest.push_back({in.signed_64()});
  }
  return head;
}

// Ascending, and within the segment.
template <class Entry>
bool is_in_order(const std::vector<Entry>& entries, std::uint64_t segment_first) {
  return !entries.empty() && seq_of(entries.front()) >= segment_first &&
         seq_of(entries.back()) - segment_first < kSegmentRecords &&
         std::ranges::adjacent_find(entries, std::greater_equal(), seq_of<Entry>) == entries.end();
}

// A chain goes back with every step, so that no walk along it goes on for ever.
bool is_sane(const ListHead& head, std::uint64_t segment_first, std::uint64_t first_seq) {
  std::uint64_t later = segment_first / kSegmentRecords;
  for (const std::uint32_t run : head.links.runs) {
    if (run >= std::exchange(later, run)) return false;
  }
  return is_in_order(head.block_firsts, segment_first) && head.block_firsts.front() == first_seq &&
         (head.block_earliest.empty() || head.block_earliest.size() == head.block_firsts.size());
}

template <class Entry, class Read>
core::Result<Block<Entry>> read_list(std::string_view value, std::uint64_t segment_first,
                                     std::size_t number, const Read& read) {
  VarintReader in(value);
  Block<Entry> block;
  if (number == 0) block.head = read_head(in, segment_first);
  const std::uint64_t count = in.number();
  if (count > kBlockEntries) in.refuse();
  block.entries.reserve(in.ok() ? count : 0);
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) block.entries.push_back(read(in));
  const bool sane =
      in.ok() && in.at_end() && is_in_order(block.entries, segment_first) &&
      (!block.head || is_sane(*block.head, segment_first, seq_of(block.entries.front())));
  if (sane) return block;
  return index_damage(static_cast<std::uint32_t>(segment_first / kSegmentRecords),
                      "A list in it cannot be read.");
}

}  // namespace

core::Instant earliest_late(std::span<const Step> steps) {
  core::Instant earliest = kNeverLate;
  for (const Step& step : steps) earliest = std::min(earliest, step.late.value_or(kNeverLate));
  return earliest;
}

std::optional<std::size_t> ListHead::block_at(std::uint64_t seq) const {
  const auto after = std::ranges::upper_bound(block_firsts, seq);
  if (after == block_firsts.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - block_firsts.begin()) - 1;
}

void put_steps(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
               const ChainLinks& links, std::uint64_t before, std::span<const Step> steps) {
  ListHead head{links, before, block_firsts(steps), {}};
  for (std::size_t i = 0; i < steps.size(); i += kBlockEntries) {
    head.block_earliest.push_back(
        earliest_late(steps.subspan(i, std::min(kBlockEntries, steps.size() - i))));
  }
  if (std::ranges::all_of(head.block_earliest, [](auto time) { return time == kNeverLate; })) {
    head.block_earliest.clear();
  }
  put_list(run, key, segment_first, std::move(head), steps,
           [&](std::string& out, std::span<const Step> block) {
             std::uint64_t seq = segment_first;
             core::Minor balance = 0;
             for (const Step& step : block) {
               put_varint(out, (step.seq - seq) * 2 + (step.late ? 1 : 0));
               put_signed(out, wrapped_difference(step.balance, balance));
               if (step.late) put_signed(out, step.late->micros);
               seq = step.seq;
               balance = step.balance;
             }
           });
}

core::Result<Block<Step>> read_steps(std::string_view value, std::uint64_t segment_first,
                                     std::size_t number) {
  Step last{segment_first, 0, {}};
  return read_list<Step>(value, segment_first, number, [&](VarintReader& in) {
    const std::uint64_t distance = in.number();
    last.seq += distance / 2;
    last.balance = wrapped_sum(last.balance, in.signed_number());
    last.late.reset();
    if (distance % 2 == 1) last.late = core::Instant{in.signed_64()};
    return last;
  });
}

void put_seqs(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
              const ChainLinks& links, std::uint64_t before,
              std::span<const std::uint32_t> offsets) {
  ListHead head{links, before, {}, {}};
  for (std::size_t i = 0; i < offsets.size(); i += kBlockEntries) {
    head.block_firsts.push_back(segment_first + offsets[i]);
  }
  put_list(run, key, segment_first, std::move(head), offsets,
           [](std::string& out, std::span<const std::uint32_t> block) {
             std::uint32_t last = 0;
             for (const std::uint32_t offset : block) {
               put_varint(out, offset - last);
               last = offset;
             }
           });
}

core::Result<Block<std::uint64_t>> read_seqs(std::string_view value, std::uint64_t segment_first,
                                             std::size_t number) {
  std::uint64_t seq = segment_first;
  return read_list<std::uint64_t>(value, segment_first, number,
                                  [&](VarintReader& in) { return seq += in.number(); });
}

void put_batches(std::vector<KeyValue>& run, const std::string& key, std::uint64_t segment_first,
                 std::span<const BatchStart> batches) {
  ListHead head{{}, 0, block_firsts(batches), {}};
  put_list(run, key, segment_first, std::move(head), batches,
           [&](std::string& out, std::span<const BatchStart> block) {
             std::uint64_t seq = segment_first;
             std::int64_t time = 0;
             for (const BatchStart& batch : block) {
               put_varint(out, batch.first_seq - seq);
               put_varint(out, batch.count);
               put_signed(out, core::Minor{batch.recorded_at.micros} - time);
               seq = batch.first_seq;
               time = batch.recorded_at.micros;
             }
           });
}

core::Result<Block<BatchStart>> read_batches(std::string_view value, std::uint64_t segment_first,
                                             std::size_t number) {
  BatchStart last{segment_first, 0, {}};
  return read_list<BatchStart>(value, segment_first, number, [&](VarintReader& in) {
    last.first_seq += in.number();
    last.count = in.number();
    const core::Minor time = wrapped_sum(last.recorded_at.micros, in.signed_number());
    if (time < INT64_MIN || time > INT64_MAX) in.refuse();
    last.recorded_at.micros = static_cast<std::int64_t>(time);
    return last;
  });
}

}  // namespace ledger::index
