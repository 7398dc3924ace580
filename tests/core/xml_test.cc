#include "core/xml.h"

#include <gtest/gtest.h>

#include <string>

#include "core/xml_guard.h"

namespace core {
namespace {

// The events as one line: "<a x=1> text </a>".
std::string events_of(std::string_view document) {
  XmlReader reader(as_bytes(document));
  std::string out;
  while (true) {
    const auto event = reader.next();
    if (!event) return out + "!" + event.error().reason + " at " + event.error().at;
    switch (event.value().kind) {
      case XmlEvent::Kind::Start:
        out += "<" + event.value().name;
        for (const auto& [name, value] : event.value().attributes) out += " " + name + "=" + value;
        out += ">";
        break;
      case XmlEvent::Kind::End:
        out += "</" + event.value().name + ">";
        break;
      case XmlEvent::Kind::Text:
        out += event.value().text;
        break;
      case XmlEvent::Kind::Finished:
        return out;
    }
  }
}

TEST(Xml, ElementsAttributesAndTextsComeInOrder) {
  EXPECT_EQ(events_of("<?xml version='1.0'?>\n<a>\n <b x='1' y=\"&lt;\">t&amp;u</b><c/></a>"),
            "<a><b x=1 y=<>t&u</b><c></c></a>");
}

TEST(Xml, PrefixesAreLeftOut) {
  EXPECT_EQ(events_of("<g:a xmlns:g='urn:x'><g:b/></g:a>"), "<a g=urn:x><b></b></a>");
}

TEST(Xml, ItSaysTheLineAtWhichItBreaks) {
  EXPECT_TRUE(events_of("<a>\n<b></a>").ends_with("!xml at line 2"));
  EXPECT_TRUE(events_of("<a>\n<b>").ends_with("!xml at line 2"));
  EXPECT_EQ(events_of(""), "!xml at line 1");
}

TEST(Xml, EntitiesOfItsOwnAreRefused) {
  EXPECT_EQ(events_of("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "!xml at line 1");
  std::string bomb = "<!DOCTYPE a [<!ENTITY e0 'xxxxxxxxxx'>";
  for (int i = 1; i < 30; ++i) {
    bomb += "<!ENTITY e" + std::to_string(i) + " '";
    for (int j = 0; j < 10; ++j) bomb += "&e" + std::to_string(i - 1) + ";";
    bomb += "'>";
  }
  EXPECT_EQ(events_of(bomb + "]><a>&e29;</a>"), "!xml at line 1");
  EXPECT_EQ(events_of("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "!xml at line 1");
}

TEST(Xml, WhatStandsTooDeepIsRefused) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  EXPECT_TRUE(events_of(deep).ends_with("!xml at line 1"));
}

TEST(Xml, ADocumentIsReadInPieces) {
  const std::string document = "<a><b>" + std::string(100'000, 'x') + "</b></a>";
  std::size_t at = 0;
  XmlReader reader([&](std::span<char> buffer) -> Result<std::size_t> {
    const std::size_t size = std::min<std::size_t>({buffer.size(), document.size() - at, 7});
    std::copy_n(document.begin() + static_cast<std::ptrdiff_t>(at), size, buffer.begin());
    at += size;
    return size;
  });
  std::size_t text = 0;
  while (true) {
    const auto event = reader.next();
    ASSERT_TRUE(event) << to_string(event.error());
    if (event.value().kind == XmlEvent::Kind::Finished) break;
    text += event.value().text.size();
  }
  EXPECT_EQ(text, 100'000u);
}

// What libxml2 would build whole before we see it.
TEST(Xml, MarkupAndTextsThatDoNotEndAreRefused) {
  const std::string markup(kXmlMarkupBytesMax, 'x');
  const std::string half = markup.substr(0, markup.size() / 2);
  const std::string text(kXmlTextBytesMax / 2 + 1, 'x');
  std::string comments;
  while (comments.size() <= kXmlTextBytesMax) comments += "<!--" + half + "-->";
  std::string short_ones;  // libxml2 makes a node of each.
  for (std::size_t i = 0; i < kXmlTextBytesMax / 64; ++i) short_ones += "<!---->";
  for (const std::string& hostile :
       {"<!--" + markup + "-->", "<?x " + markup + "?>", "<b " + markup + "='1'/>",
        "<b c='" + markup + "'/>", "<b c=\"'>" + markup + "\"/>", text + text,
        text + "<![CDATA[" + text + "]]>", "<![CDATA[" + text + "]]><![CDATA[" + text + "]]>",
        text + "<!---->" + text, text + "<?x?>" + text, comments, short_ones,
        "<!-- - -- " + markup + "->", "<?x ?-> " + markup + ">"}) {
    EXPECT_EQ(events_of("<a>" + hostile + "</a>").substr(0, 3), "<a>") << hostile.substr(0, 20);
    EXPECT_TRUE(events_of("<a>" + hostile + "</a>").ends_with("!xml at line 1"))
        << hostile.substr(0, 20);
  }
  EXPECT_TRUE(events_of("<a>" + text + "<b/>" + text + "</a>").ends_with("</a>"));
  EXPECT_EQ(events_of("<a><!--" + half + "--><!--" + half + "--></a>"), "<a></a>");
}

TEST(Xml, WhatLooksLikeMarkupIsNone) {
  EXPECT_EQ(events_of("<a b='>' c=\"'<x\"/>").substr(0, 5), "!xml ");
  EXPECT_EQ(events_of("<a b='>' c=\"'>\"><![CDATA[<!-- ]] ]>]]]><!-- <b '--><?x '?>t</a>"),
            "<a b=> c='>><!-- ]] ]>]t</a>");
}

TEST(Xml, OtherEncodingsAreRefused) {
  EXPECT_EQ(events_of(std::string("\xff\xfe<\0a\0/\0>\0", 10)), "!xml at line 1");
  EXPECT_EQ(events_of("<?xml version='1.0' encoding='UTF-7'?><a/>"), "!xml at line 1");
  EXPECT_EQ(events_of("<?xml version='1.0' encoding=\"IBM037\"?><a/>"), "!xml at line 1");
  EXPECT_EQ(events_of("<?xml\tversion='1.0'\nencoding =\r'UTF-7' ?><a/>"), "!xml at line 1");
  EXPECT_EQ(events_of("<?xml version='1.0' " + std::string(200, ' ') + "encoding='UTF-7'?><a/>"),
            "!xml at line 1");
  EXPECT_EQ(events_of("<?xml version='1.0' encoding='UTF-8'?><a/>"), "<a></a>");
  EXPECT_EQ(events_of("<?xml-stylesheet encoding='x'?><a/>"), "<a></a>");
  EXPECT_EQ(events_of("<?xml version='1.0' encoding='ISO-8859-1'?><a>\xfc</a>"), "<a>\xc3\xbc</a>");
}

TEST(Xml, WhatTheSourceSaysIsPassedOn) {
  XmlReader reader([](std::span<char>) -> Result<std::size_t> {
    return unavailable("io", "", "The disk is gone.");
  });
  const auto event = reader.next();
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().reason, "io");
}

}  // namespace
}  // namespace core
