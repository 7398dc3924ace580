#include "ledger/journal/snapshot.h"

#include <algorithm>

#include "core/files.h"
#include "ledger/index/varint.h"

namespace ledger::journal {
namespace {

using index::put_signed;
using index::put_varint;
using index::VarintReader;

constexpr std::string_view kMagic = "TALLYSN1";
constexpr std::size_t kHashBytes = 32;

void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

std::string read_text(VarintReader& in) {
  const std::uint64_t size = in.number();
  return std::string(in.bytes(size));
}

}  // namespace

std::string encode_snapshot(const Snapshot& snapshot) {
  std::string out(kMagic);
  put_text(out, snapshot.maker);
  put_text(out, snapshot.origin);
  put_varint(out, snapshot.size);
  out += core::as_text(snapshot.last_leaf.view());
  put_signed(out, snapshot.recorded_at.micros);
  put_text(out, snapshot.index);
  put_text(out, snapshot.books);
  put_text(out, snapshot.state);
  out += core::as_text(core::sha256(core::as_bytes(out)).view());
  return out;
}

std::optional<Snapshot> decode_snapshot(std::string_view file, std::string_view maker) {
  if (file.size() < kMagic.size() + kHashBytes) return std::nullopt;
  const std::string_view content = file.substr(0, file.size() - kHashBytes);
  const core::Hash digest = core::sha256(core::as_bytes(content));
  const bool whole = core::as_text(digest.view()) == file.substr(content.size());
  if (!whole || !content.starts_with(kMagic)) return std::nullopt;
  VarintReader in(content.substr(kMagic.size()));
  Snapshot snapshot;
  snapshot.maker = read_text(in);
  if (snapshot.maker != maker) return std::nullopt;
  snapshot.origin = read_text(in);
  snapshot.size = in.number();
  const std::string_view leaf = in.bytes(kHashBytes);
  if (in.ok()) std::ranges::copy(core::as_bytes(leaf), snapshot.last_leaf.bytes.begin());
  snapshot.recorded_at.micros = static_cast<std::int64_t>(in.signed_number());
  snapshot.index = read_text(in);
  snapshot.books = read_text(in);
  snapshot.state = read_text(in);
  if (!in.ok() || !in.at_end()) return std::nullopt;
  return snapshot;
}

core::Result<> write_snapshot(const std::string& path, const Snapshot& snapshot) {
  return core::write_file(path, encode_snapshot(snapshot), core::FileAccess::OwnerOnly);
}

std::optional<Snapshot> read_snapshot(const std::string& path, std::string_view maker) {
  const auto file = core::read_file(path, SIZE_MAX);
  if (!file) return std::nullopt;
  return decode_snapshot(file.value(), maker);
}

}  // namespace ledger::journal
