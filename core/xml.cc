#include "core/xml.h"

#include <libxml/xmlerror.h>
#include <libxml/xmlreader.h>

#include <algorithm>
#include <optional>

#include "core/check.h"
#include "core/xml_guard.h"

namespace core {
namespace {

std::string_view view_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

Error not_xml(std::int64_t line, std::string detail) {
  return invalid("xml", "line " + std::to_string(line), std::move(detail));
}

}  // namespace

std::string_view XmlEvent::attribute(std::string_view wanted) const {
  for (const auto& [key, value] : attributes) {
    if (key == wanted) return value;
  }
  return {};
}

struct XmlReader::Parser {
  Source source;
  XmlGuard guard;
  xmlTextReaderPtr reader = nullptr;
  std::optional<Error> source_failed;
  std::string complaint;  // Of libxml2, the first.
  std::optional<XmlEvent> pending;
  bool finished = false;

  ~Parser() {
    if (reader != nullptr) xmlFreeTextReader(reader);
  }

  static int read(void* context, char* buffer, int size) {
    auto& parser = *static_cast<Parser*>(context);
    auto got = parser.source(std::span(buffer, static_cast<std::size_t>(size)));
    if (got) {
      const std::string_view wrong = parser.guard.take({buffer, got.value()});
      if (wrong.empty()) return static_cast<int>(got.value());
      parser.source_failed = not_xml(parser.line(), std::string(wrong));
    } else {
      parser.source_failed = std::move(got.error());
    }
    return -1;
  }

  static void complain(void* context, xmlErrorPtr error) {
    auto& parser = *static_cast<Parser*>(context);
    if (!parser.complaint.empty() || error->message == nullptr) return;
    if (error->level < XML_ERR_ERROR) return;
    parser.complaint = error->message;
    while (parser.complaint.ends_with('\n')) parser.complaint.pop_back();
  }

  std::int64_t line() const {
    return reader == nullptr ? 1 : xmlTextReaderGetParserLineNumber(reader);
  }

  // The event of an element's start; its end too if it is empty.
  Result<XmlEvent> start() {
    XmlEvent event = named(XmlEvent::Kind::Start);
    if (event.depth >= kXmlDepthMax) return not_xml(event.line, "Elements stand too deep.");
    const bool empty = xmlTextReaderIsEmptyElement(reader) == 1;
    while (xmlTextReaderMoveToNextAttribute(reader) == 1) {
      event.attributes.emplace_back(view_of(xmlTextReaderConstLocalName(reader)),
                                    view_of(xmlTextReaderConstValue(reader)));
    }
    xmlTextReaderMoveToElement(reader);
    if (empty) pending = named(XmlEvent::Kind::End);
    return event;
  }

  XmlEvent named(XmlEvent::Kind kind) const {
    XmlEvent event;
    event.kind = kind;
    event.name = view_of(xmlTextReaderConstLocalName(reader));
    event.line = line();
    event.depth = static_cast<std::size_t>(std::max(0, xmlTextReaderDepth(reader)));
    return event;
  }

  Result<XmlEvent> text() const {
    XmlEvent event = named(XmlEvent::Kind::Text);
    event.name.clear();
    event.text = view_of(xmlTextReaderConstValue(reader));
    if (event.text.size() > kXmlTextBytesMax) return not_xml(event.line, "A text is too long.");
    return event;
  }

  // Nothing for a node that says nothing.
  Result<std::optional<XmlEvent>> node() {
    switch (xmlTextReaderNodeType(reader)) {
      case XML_READER_TYPE_ELEMENT: {
        TRY(auto event, start());
        return std::optional(std::move(event));
      }
      case XML_READER_TYPE_END_ELEMENT:
        return std::optional(named(XmlEvent::Kind::End));
      case XML_READER_TYPE_TEXT:
      case XML_READER_TYPE_CDATA: {
        TRY(auto event, text());
        return std::optional(std::move(event));
      }
      case XML_READER_TYPE_DOCUMENT_TYPE:
      case XML_READER_TYPE_ENTITY_REFERENCE:
      case XML_READER_TYPE_ENTITY:
        return not_xml(line(), "A document type and entities of its own are not accepted.");
      default:
        return std::optional<XmlEvent>();
    }
  }

  Error failure() {
    if (source_failed) return *source_failed;
    return not_xml(line(), complaint.empty() ? "The document is not well-formed." : complaint);
  }
};

XmlReader::XmlReader(Source source) : parser_(std::make_unique<Parser>()) {
  parser_->source = std::move(source);
  // XML_PARSE_HUGE lifts libxml2's limits on the whole; those on depth, texts and markup are ours.
  parser_->reader = xmlReaderForIO(Parser::read, nullptr, parser_.get(), nullptr, nullptr,
                                   XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_HUGE);
  CHECK(parser_->reader != nullptr);
  xmlTextReaderSetStructuredErrorHandler(parser_->reader, Parser::complain, parser_.get());
}

XmlReader::XmlReader(ByteView document)
    : XmlReader([rest = as_text(document)](std::span<char> buffer) mutable -> Result<std::size_t> {
        const std::size_t size = std::min(buffer.size(), rest.size());
        std::ranges::copy(rest.substr(0, size), buffer.begin());
        rest.remove_prefix(size);
        return size;
      }) {}

XmlReader::~XmlReader() = default;
XmlReader::XmlReader(XmlReader&&) noexcept = default;
XmlReader& XmlReader::operator=(XmlReader&&) noexcept = default;

Result<XmlEvent> XmlReader::next() {
  Parser& parser = *parser_;
  if (parser.pending) return *std::exchange(parser.pending, std::nullopt);
  while (!parser.finished) {
    const int read = xmlTextReaderRead(parser.reader);
    if (read < 0 || !parser.complaint.empty()) return parser.failure();
    if (read == 0) {
      parser.finished = true;
      break;
    }
    TRY(auto event, parser.node());
    if (event) return std::move(*event);
  }
  return XmlEvent{};
}

}  // namespace core
