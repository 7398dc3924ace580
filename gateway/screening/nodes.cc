#include "gateway/screening/nodes.h"

#include <algorithm>

#include "gateway/screening/entry.h"

namespace gateway::screening {
namespace {

using EventKind = core::XmlEvent::Kind;

Node node_of(core::XmlEvent event) {
  Node node;
  node.name = std::move(event.name);
  node.attributes = std::move(event.attributes);
  node.line = static_cast<std::uint64_t>(event.line);
  return node;
}

// What an element takes beside its texts.
constexpr std::size_t kElementBytes = 64;

std::size_t bytes_of(const core::XmlEvent& event) {
  std::size_t bytes = kElementBytes + event.text.size();
  for (const auto& [name, value] : event.attributes) bytes += name.size() + value.size();
  return bytes;
}

void collect(const Node& node, std::string_view wanted, std::vector<const Node*>& out) {
  for (const Node& child : node.children) {
    if (child.name == wanted) out.push_back(&child);
    collect(child, wanted, out);
  }
}

}  // namespace

std::string_view Node::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == wanted) return value;
  }
  return {};
}

const Node* Node::child(std::string_view wanted) const {
  const auto found = std::ranges::find(children, wanted, &Node::name);
  return found == children.end() ? nullptr : &*found;
}

std::string_view Node::text_of(std::string_view wanted) const {
  const Node* const found = child(wanted);
  return found == nullptr ? std::string_view() : std::string_view(found->text);
}

std::vector<const Node*> Node::all(std::string_view wanted) const {
  std::vector<const Node*> out;
  collect(*this, wanted, out);
  return out;
}

core::Result<Node> read_node(core::XmlReader& reader, core::XmlEvent start) {
  std::size_t bytes = bytes_of(start);
  std::vector<Node> open;
  open.push_back(node_of(std::move(start)));
  while (true) {
    TRY(auto event, reader.next());
    bytes += bytes_of(event);
    if (bytes > kNodeBytesMax) return bad_row(open.front().line, "The record is too large.");
    switch (event.kind) {
      case EventKind::Start:
        open.push_back(node_of(std::move(event)));
        break;
      case EventKind::Text:
        open.back().text += event.text;
        break;
      case EventKind::End: {
        Node done = std::move(open.back());
        open.pop_back();
        if (open.empty()) return done;
        open.back().children.push_back(std::move(done));
        break;
      }
      case EventKind::Finished:
        return bad_file(open.front().line, "The document ends within a record.");
    }
  }
}

core::Result<core::XmlEvent> next_of(core::XmlReader& reader,
                                     std::initializer_list<std::string_view> names) {
  while (true) {
    TRY(auto event, reader.next());
    if (event.kind == EventKind::Finished) return event;
    if (event.kind != EventKind::Start) continue;
    if (std::ranges::find(names, std::string_view(event.name)) != names.end()) return event;
  }
}

core::Result<core::XmlEvent> root_of(core::XmlReader& reader, std::string_view name) {
  TRY(auto event, reader.next());
  if (event.kind == EventKind::Start && event.name == name) return event;
  return bad_file(1, "The document must begin with " + std::string(name) + ".");
}

}  // namespace gateway::screening
