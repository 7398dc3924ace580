#include "core/cbor_diagnostic.h"

#include "core/json.h"

namespace core::cbor {
namespace {

// The major types, the first three bits of an item. Source: RFC 8949 section 3.1.
enum class Major : std::uint8_t { Unsigned, Negative, Bytes, Text, Array, Map, Tag, Simple };

// Prints items that are known to be well-formed, and not nested beyond Decoder::kDepthMax.
class Printer {
 public:
  explicit Printer(ByteView data) : data_(data), decoder_(data) {}

  Result<> item() {
    switch (Major{static_cast<std::uint8_t>(data_[decoder_.offset()] >> 5)}) {
      case Major::Unsigned:
      case Major::Negative:
      case Major::Tag: {
        TRY(const Minor value, decoder_.integer());
        text_ += to_string(value);
        return ok();
      }
      case Major::Bytes: {
        TRY(const ByteView value, decoder_.bytes());
        text_.append("h'").append(to_hex(value)).append("'");
        return ok();
      }
      case Major::Text: {
        TRY(const std::string_view value, decoder_.text());
        text_ += json::print(value);
        return ok();
      }
      case Major::Array:
        return array();
      case Major::Map:
        return map();
      case Major::Simple:
        break;
    }
    TRY(const bool value, decoder_.boolean());
    text_ += value ? "true" : "false";
    return ok();
  }

  std::string take() { return std::move(text_); }

 private:
  Result<> array() {
    TRY(const std::uint64_t count, decoder_.array());
    text_ += '[';
    for (std::uint64_t i = 0; i < count; ++i) {
      if (i > 0) text_ += ", ";
      TRY(item());
    }
    text_ += ']';
    return ok();
  }

  Result<> map() {
    TRY(auto reader, MapReader::begin(decoder_));
    text_ += '{';
    for (bool first = true; !reader.done(); first = false) {
      TRY(const std::uint64_t key, reader.next());
      if (!first) text_ += ", ";
      text_.append(std::to_string(key)).append(": ");
      TRY(item());
    }
    text_ += '}';
    return ok();
  }

  ByteView data_;
  Decoder decoder_;
  std::string text_;
};

}  // namespace

Result<std::string> diagnostic(ByteView data) {
  Decoder whole(data);
  TRY(whole.item());
  TRY(whole.finish());
  Printer printer(data);
  TRY(printer.item());
  return printer.take();
}

}  // namespace core::cbor
