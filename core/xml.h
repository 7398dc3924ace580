#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/bytes.h"
#include "core/result.h"

namespace core {

// One step through an XML document.
struct XmlEvent {
  enum class Kind { Start, End, Text, Finished };

  Kind kind = Kind::Finished;
  std::string name;  // Of the element, without its prefix.
  std::string text;  // Of a Text.
  std::vector<std::pair<std::string, std::string>> attributes;  // Of a Start; names without prefix.
  std::int64_t line = 0;
  std::size_t depth = 0;  // Of the element: 0 is the root.

  // Empty if there is none of that name.
  std::string_view attribute(std::string_view name) const;
};

inline constexpr std::size_t kXmlDepthMax = 100;
inline constexpr std::size_t kXmlTextBytesMax = std::size_t{8} * 1024 * 1024;

// Reads an XML document from one end to the other, piece by piece, so that its size does not
// matter. Never opens a file or the network. White space between elements is left out, comments and
// processing instructions too; CDATA is text. An empty element is a Start and an End.
class XmlReader {
 public:
  // Fills the buffer and gives how many bytes; 0 at the end.
  using Source = std::function<Result<std::size_t>(std::span<char> buffer)>;

  explicit XmlReader(Source source);
  // The bytes must outlive the reader.
  explicit XmlReader(ByteView document);
  ~XmlReader();
  XmlReader(XmlReader&&) noexcept;
  XmlReader& operator=(XmlReader&&) noexcept;

  // Errors: InvalidInput/xml with the line if it is not well-formed, too deep, ends too early, has
  //         a text or markup that is too long (xml_guard.h), an encoding that is no extension of
  //         ASCII, or a document type or entities of its own (which could grow without end); what
  //         the source gives.
  Result<XmlEvent> next();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace core
