#pragma once

#include <cstdint>
#include <string_view>

#include "core/bytes.h"
#include "core/decimal.h"

// The one deterministic CBOR encoding that records and commands use (RFC 8949 section 4.2.1):
// shortest heads, no indefinite lengths, no floats, no null, only tags 2 and 3 (integers beyond 64
// bits, |x| < 2^127), maps keyed by ascending unsigned integers. Source: docs/formats/record.md.
namespace core::cbor {

// Appends to a buffer. The caller gives map keys in ascending order.
class Encoder {
 public:
  explicit Encoder(Bytes& out) : out_(out) {}

  void unsigned_integer(std::uint64_t value) { head(0, value); }
  void integer(Minor value);
  void bytes(ByteView value);
  void text(std::string_view value);
  void boolean(bool value) { out_.push_back(value ? 0xf5 : 0xf4); }
  void array(std::uint64_t count) { head(4, count); }
  void map(std::uint64_t count) { head(5, count); }
  // Bytes that already are one encoded item.
  void encoded(ByteView item) { out_.insert(out_.end(), item.begin(), item.end()); }

 private:
  void head(std::uint8_t major, std::uint64_t value);

  Bytes& out_;
};

// Reads exactly what Encoder writes and refuses everything else with InvalidInput/cbor and the byte
// offset. Text and byte strings are views into the input.
class Decoder {
 public:
  explicit Decoder(ByteView data) : data_(data) {}

  Result<std::uint64_t> unsigned_integer();
  Result<Minor> integer();
  Result<ByteView> bytes();
  // Well-formed UTF-8 only.
  Result<std::string_view> text();
  Result<bool> boolean();
  Result<std::uint64_t> array();
  Result<std::uint64_t> map();

  // One whole item of any type, checked; the view covers its bytes. Depth at most kDepthMax.
  Result<ByteView> item();

  bool at_end() const { return offset_ == data_.size(); }
  // Errors: InvalidInput/cbor if anything is left.
  Result<> finish() const;
  std::size_t offset() const { return offset_; }

  static constexpr unsigned kDepthMax = 16;

 private:
  struct Head {
    std::uint8_t major = 0;
    std::uint64_t value = 0;
  };
  Error refuse(std::string_view why) const;
  Result<Head> head();
  Result<std::uint64_t> head_of(std::uint8_t major, std::string_view expected);
  Result<ByteView> take(std::uint64_t count);
  Result<Minor> big_integer(std::uint64_t tag);
  Result<> skip(unsigned depth);

  ByteView data_;
  std::size_t offset_ = 0;
};

// Reads a map's keys: unsigned, strictly ascending.
class MapReader {
 public:
  // Starts at the map's head.
  static Result<MapReader> begin(Decoder& decoder);
  bool done() const { return remaining_ == 0; }
  // The next key, if any is left; the caller then reads its value.
  Result<std::uint64_t> next();

 private:
  MapReader(Decoder& decoder, std::uint64_t count) : decoder_(&decoder), remaining_(count) {}
  Decoder* decoder_;
  std::uint64_t remaining_;
  bool first_ = true;
  std::uint64_t last_ = 0;
};

}  // namespace core::cbor
