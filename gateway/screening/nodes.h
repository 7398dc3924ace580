#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "core/xml.h"

namespace gateway::screening {

// One record of an XML list as a tree; the list itself is never held whole.
struct Node {
  std::string name;
  std::string text;  // Of this element alone, without its children's.
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Node> children;
  std::uint64_t line = 0;

  // Empty if there is none.
  std::string_view attribute(std::string_view wanted) const;
  // The first child of that name, or nullptr.
  const Node* child(std::string_view wanted) const;
  // The text of the first child of that name; empty if there is none.
  std::string_view text_of(std::string_view wanted) const;
  // All below of that name, at any depth, in the document's order.
  std::vector<const Node*> all(std::string_view wanted) const;
};

inline constexpr std::size_t kNodeBytesMax = std::size_t{4} * 1024 * 1024;

// The element that just began, up to its end.
// Errors: InvalidInput/list_row if it holds more than kNodeBytesMax; those of core::XmlReader.
core::Result<Node> read_node(core::XmlReader& reader, core::XmlEvent start);

// Moves to the next element that begins with one of these names; Finished at the document's end.
// Errors: those of core::XmlReader.
core::Result<core::XmlEvent> next_of(core::XmlReader& reader,
                                     std::initializer_list<std::string_view> names);

// The document's first element, which must have this name.
// Errors: InvalidInput/list_file if it has another; those of core::XmlReader.
core::Result<core::XmlEvent> root_of(core::XmlReader& reader, std::string_view name);

}  // namespace gateway::screening
