#include "core/cbor.h"

#include <algorithm>

#include "core/check.h"
#include "tests/fuzz/support/limits.h"

// One CBOR item of any kind. What the decoder lets pass is the one deterministic encoding.
namespace {

using core::Bytes;
using core::ByteView;
using core::cbor::Decoder;
using core::cbor::Encoder;

// Nothing is copied but what the test itself encodes.
constexpr fuzz::Allowance kAllowance{.per_byte = 8, .beside = std::size_t{16} * 1024};

void copy_item(Decoder& in, Encoder& out, ByteView item, unsigned depth);

void copy_array(Decoder& in, Encoder& out, ByteView item, unsigned depth) {
  const std::uint64_t count = in.array().value();
  out.array(count);
  for (std::uint64_t i = 0; i < count; ++i) copy_item(in, out, item, depth + 1);
}

void copy_map(Decoder& in, Encoder& out, ByteView item, unsigned depth) {
  auto map = core::cbor::MapReader::begin(in).value();
  std::uint64_t count = 0;
  Bytes entries;
  Encoder inner(entries);
  for (; !map.done(); ++count) {
    inner.unsigned_integer(map.next().value());
    copy_item(in, inner, item, depth + 1);
  }
  out.map(count);
  out.encoded(entries);
}

// Reads an item that item() has accepted by its type, and writes it again. Every read must succeed.
void copy_item(Decoder& in, Encoder& out, ByteView item, unsigned depth) {
  CHECK(depth <= Decoder::kDepthMax);
  const std::uint8_t major = item[in.offset()] >> 5;
  if (major == 0) {
    out.unsigned_integer(in.unsigned_integer().value());
  } else if (major == 1 || major == 6) {
    out.integer(in.integer().value());
  } else if (major == 2) {
    out.bytes(in.bytes().value());
  } else if (major == 3) {
    out.text(in.text().value());
  } else if (major == 4) {
    copy_array(in, out, item, depth);
  } else if (major == 5) {
    copy_map(in, out, item, depth);
  } else {
    out.boolean(in.boolean().value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::MemoryLimit limit(size, kAllowance);
  Decoder decoder(ByteView(data, size));
  const auto item = decoder.item();
  if (!item) return 0;
  CHECK(item.value().data() == data);
  CHECK(item.value().size() == decoder.offset());
  CHECK(decoder.finish().has_value() == (item.value().size() == size));

  Bytes again;
  Encoder encoder(again);
  Decoder reader(item.value());
  copy_item(reader, encoder, item.value(), 0);
  CHECK(reader.at_end());
  CHECK(std::ranges::equal(again, item.value()));
  return 0;
}
