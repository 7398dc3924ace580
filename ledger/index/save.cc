#include <bit>
#include <mutex>

#include "core/check.h"
#include "ledger/index/index.h"
#include "ledger/index/varint.h"

// All of an index that is in memory, as bytes: the names, the heads of the lists, the filter, the
// roots of finished segments, and the open segment. Format: docs/formats/index.md, "DIR/snapshot".
namespace ledger::index {
namespace {

void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

void put_hash(std::string& out, const core::Hash& hash) { out += core::as_text(hash.view()); }

core::Hash read_hash(VarintReader& in) {
  core::Hash hash;
  const std::string_view bytes = in.bytes(hash.bytes.size());
  if (in.ok()) std::ranges::copy(core::as_bytes(bytes), hash.bytes.begin());
  return hash;
}

core::Instant read_instant(VarintReader& in) { return {in.signed_64()}; }

void put_chain(std::string& out, const ChainHead& chain) {
  put_varint(out, chain.length());
  put_varint(out, chain.latest().size());
  for (const std::uint32_t run : chain.latest()) put_varint(out, run);
}

void read_chain(VarintReader& in, ChainHead& chain) {
  const std::uint64_t length = in.number();
  std::vector<std::uint32_t> latest;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    latest.push_back(static_cast<std::uint32_t>(in.number()));
  }
  // Only so many does a chain of this length keep.
  const std::size_t kept =
      length == 0 ? 0 : 1 + static_cast<std::size_t>(std::bit_width(length - 1));
  if (latest.size() != kept) in.refuse();
  chain.restore(length, std::move(latest));
}

void put_links(std::string& out, const SeqList& list) {
  put_varint(out, list.before);
  put_varint(out, list.links.runs.size());
  for (const std::uint32_t run : list.links.runs) put_varint(out, run);
  put_varint(out, list.offsets.size());
  std::uint32_t last = 0;
  for (const std::uint32_t offset : list.offsets)
    put_varint(out, offset - std::exchange(last, offset));
}

SeqList read_links(VarintReader& in) {
  SeqList list;
  list.before = in.number();
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    list.links.runs.push_back(static_cast<std::uint32_t>(in.number()));
  }
  std::uint64_t last = 0;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const std::uint64_t distance = in.number();
    if (distance >= kSegmentRecords || (distance == 0 && !list.offsets.empty())) in.refuse();
    last += distance;
    if (last >= kSegmentRecords) in.refuse();
    list.offsets.push_back(static_cast<std::uint32_t>(last));
  }
  if (list.offsets.empty()) in.refuse();
  return list;
}

void put_segment(std::string& out, const Segment& segment) {
  put_varint(out, segment.number);
  put_signed(out, segment.first_recorded_at.micros);
  put_signed(out, segment.last_recorded_at.micros);
  put_varint(out, segment.tree.size());
  for (const core::Hash& leaf : segment.tree.level(0)) put_hash(out, leaf);
  put_varint(out, segment.holdings.size());
  for (const HoldingList& list : segment.holdings) {
    put_varint(out, list.account);
    put_varint(out, list.commodity);
    put_varint(out, list.steps.size());
    for (const Step& step : list.steps) {
      put_varint(out, (step.seq - segment.first_seq()) * 2 + (step.late ? 1 : 0));
      put_signed(out, step.balance);
      if (step.late) put_signed(out, step.late->micros);
    }
  }
  const std::map<SubjectId, const SeqList*> subjects = [&] {
    std::map<SubjectId, const SeqList*> sorted;
    for (const auto& [id, list] : segment.subjects) sorted.emplace(id, &list);
    return sorted;
  }();
  put_varint(out, subjects.size());
  for (const auto& [id, list] : subjects) {
    out += core::as_text(core::ByteView(id));
    put_links(out, *list);
  }
  put_varint(out, segment.kinds.size());
  for (const auto& [kind, list] : segment.kinds) {
    put_varint(out, kind);
    put_links(out, list);
  }
  put_varint(out, segment.batches.size());
  for (const BatchStart& batch : segment.batches) {
    put_varint(out, batch.first_seq - segment.first_seq());
    put_varint(out, batch.count);
    put_signed(out, batch.recorded_at.micros);
  }
  put_varint(out, segment.requests.size());
  for (const auto& [part, seq] : segment.requests) {
    out += core::as_text(core::ByteView(part));
    put_varint(out, seq - segment.first_seq());
  }
}

template <std::size_t N>
std::array<std::uint8_t, N> read_array(VarintReader& in) {
  std::array<std::uint8_t, N> out{};
  const std::string_view bytes = in.bytes(N);
  if (in.ok()) std::ranges::copy(core::as_bytes(bytes), out.begin());
  return out;
}

void read_holdings(VarintReader& in, Segment& segment) {
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    HoldingList& list = segment.holdings.emplace_back();
    list.account = static_cast<std::uint32_t>(in.number());
    list.commodity = static_cast<std::uint32_t>(in.number());
    std::uint64_t least = segment.first_seq();
    for (std::uint64_t steps = in.number(); steps > 0 && in.ok(); --steps) {
      const std::uint64_t distance = in.number();
      Step step{segment.first_seq() + distance / 2, in.signed_number(), {}};
      if (step.seq < least || step.seq >= segment.end_seq()) in.refuse();
      if (distance % 2 == 1) step.late = read_instant(in);
      least = step.seq + 1;
      list.steps.push_back(step);
    }
    if (list.steps.empty()) in.refuse();
  }
}

std::shared_ptr<Segment> read_segment(VarintReader& in) {
  auto segment = std::make_shared<Segment>(static_cast<std::uint32_t>(in.number()));
  segment->first_recorded_at = read_instant(in);
  segment->last_recorded_at = read_instant(in);
  core::Sha256 sha256;
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    segment->tree.append(sha256, read_hash(in));
  }
  read_holdings(in, *segment);
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const auto id = read_array<16>(in);
    segment->subjects.emplace(id, read_links(in));
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const std::uint64_t kind = in.number();
    segment->kinds.emplace(kind, read_links(in));
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const std::uint64_t first_seq = segment->first_seq() + in.number();
    const std::uint64_t count = in.number();
    segment->batches.push_back({first_seq, count, read_instant(in)});
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const auto part = read_array<16>(in);
    segment->requests.emplace_back(part, segment->first_seq() + in.number());
  }
  return segment;
}

}  // namespace

core::Result<std::string> Index::save() {
  TRY(flush());
  const std::shared_lock lock(mutex_);
  std::string out;
  put_varint(out, size_);
  put_hash(out, last_leaf_);
  put_signed(out, last_recorded_at_.micros);
  put_varint(out, accounts_.size());
  for (const OpenedAccount& account : accounts_) {
    put_text(out, account.path);
    put_varint(out, account.seq);
  }
  put_varint(out, commodities_.size());
  for (const core::Commodity& commodity : commodities_) {
    put_text(out, commodity.code);
    put_varint(out, commodity.scale);
  }
  put_varint(out, holdings_.size());
  for (const auto& holding : holdings_) {
    put_varint(out, holding->account);
    put_varint(out, holding->commodity);
    put_signed(out, holding->balance);
    put_varint(out, holding->steps);
    put_chain(out, holding->chain);
  }
  put_varint(out, kinds_.size());
  for (const auto& [number, kind] : kinds_) {
    put_varint(out, number);
    put_varint(out, kind.records);
    put_chain(out, kind.chain);
  }
  put_varint(out, times_.size());
  for (std::size_t i = 0; i < times_.size(); ++i) {
    put_hash(out, roots_.level(0)[i]);
    put_signed(out, times_[i].first_recorded_at.micros);
    put_signed(out, times_[i].last_recorded_at.micros);
  }
  put_varint(out, voided_.size());
  for (const Range& range : voided_) {
    put_varint(out, range.first);
    put_varint(out, range.end);
  }
  put_segment(out, *open_);
  filter_.save(out);
  return out;
}

core::Result<> Index::restore(std::string_view saved) {
  VarintReader in(saved);
  size_ = in.number();
  last_leaf_ = read_hash(in);
  last_recorded_at_ = read_instant(in);
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    std::string path(in.bytes(in.number()));
    add_account({std::move(path), in.number()});
  }
  holdings_of_.resize(accounts_.size());
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    std::string code(in.bytes(in.number()));
    commodity_index_.emplace(code, static_cast<std::uint32_t>(commodities_.size()));
    const std::uint64_t scale = in.number();
    if (scale > core::kScaleMax) in.refuse();
    commodities_.push_back({std::move(code), static_cast<std::uint8_t>(scale)});
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const auto account = static_cast<std::uint32_t>(in.number());
    const auto commodity = static_cast<std::uint32_t>(in.number());
    if (account >= accounts_.size() || commodity >= commodities_.size()) {
      in.refuse();
      break;
    }
    Holding& holding = holding_of(account, commodity);
    holding.balance = in.signed_number();
    holding.steps = in.number();
    read_chain(in, holding.chain);
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    Kind& kind = kinds_[in.number()];
    kind.records = in.number();
    read_chain(in, kind.chain);
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    roots_.append(sha256_, read_hash(in));
    const core::Instant first = read_instant(in);
    times_.push_back({first, read_instant(in)});
  }
  for (std::uint64_t left = in.number(); left > 0 && in.ok(); --left) {
    const std::uint64_t first = in.number();
    voided_.push_back({first, in.number()});
  }
  open_ = read_segment(in);
  const bool whole = in.ok() && open_->end_seq() == size_ && !open_->full() &&
                     open_->number == times_.size() && store_->segments() >= open_->number;
  if (!whole) return core::corrupt("snapshot", "", "The saved index is not whole.");
  for (std::uint32_t i = 0; i < open_->holdings.size(); ++i) {
    const HoldingList& list = open_->holdings[i];
    if (list.account >= accounts_.size() || list.commodity >= commodities_.size()) {
      return core::corrupt("snapshot", "", "The saved index is not whole.");
    }
    holding_of(list.account, list.commodity).open_list = i;
  }
  written_end_ = open_->first_seq();
  TRY(filter_, RunFilter::load(in.rest()));
  return core::ok();
}

}  // namespace ledger::index
