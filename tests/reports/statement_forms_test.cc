// The two forms of a statement: what stands in the JSON and on the page.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/html.h"
#include "core/json.h"
#include "reports/html_page.h"
#include "tests/reports/cases.h"

namespace reports {
namespace {

using testing::HasSubstr;
using testing::Not;
using tests::Book;
using tests::build;
using tests::february;

Statement statement_in(std::string_view language, bool simulated = false) {
  Book book(engine::Model::Pamm, simulated);
  tests::start_pool(book);
  tests::roll_pool(book);
  auto request = february(book);
  request.language = language;
  return build(book, request).value();
}

std::string page_in(std::string_view language) {
  return statement_html(statement_in(language)).value();
}

TEST(StatementJson, IsCanonicalJson) {
  const std::string text = statement_json(statement_in("en"));
  const auto parsed = core::json::parse(text);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(core::json::print_pretty(parsed.value()), text);
}

TEST(StatementJson, GivesTheIdentityAsDecimalStrings) {
  const auto parsed = core::json::parse(statement_json(statement_in("en"))).value();
  const core::json::Value& bridge = *parsed.find("bridge");
  EXPECT_EQ(core::json::print(bridge),
            R"({"nav_open":"980.00","net_flows":"-100.00","realised":"9.87",)"
            R"("change_unrealised":"4.90","income":"-0.49","adjustments":"0.00",)"
            R"("fees_charged":"3.99","nav_close":"890.29","result":"10.29",)"
            R"("rebased_to_unrealised":"-0.40"})");
}

TEST(StatementJson, HasEveryItemOfTheLaw) {
  const auto parsed = core::json::parse(statement_json(statement_in("en"))).value();
  for (const std::string_view member :
       {"firm", "account", "nav", "positions", "cash", "performance", "fees",
        "breakdown_on_request", "benchmark", "income", "corporate_actions", "transactions"}) {
    EXPECT_NE(parsed.find(member), nullptr) << member;
  }
  EXPECT_EQ(parsed.find("performance")->find("time_weighted")->text("rate"), "0.01050000");
  EXPECT_EQ(parsed.find("performance")->find("time_weighted")->text("percent"), "1.05");
  EXPECT_TRUE(parsed.find("benchmark")->find("id")->is_null());
  EXPECT_FALSE(parsed.find("benchmark")->text("reason").empty());
}

TEST(StatementJson, SaysThatABookIsSimulated) {
  const auto real = core::json::parse(statement_json(statement_in("en"))).value();
  const auto simulated = core::json::parse(statement_json(statement_in("en", true))).value();
  EXPECT_FALSE(*real.find("simulated")->as_bool());
  EXPECT_TRUE(*simulated.find("simulated")->as_bool());
}

TEST(StatementForms, AreTheSameBytesForTheSameRequest) {
  for (const std::string_view language : {"en", "el"}) {
    const auto first = render_statement(statement_in(language)).value();
    const auto second = render_statement(statement_in(language)).value();
    EXPECT_EQ(first.json, second.json);
    EXPECT_EQ(first.html, second.html);
    EXPECT_EQ(first.json_digest, core::sha256(core::as_bytes(first.json)));
    EXPECT_EQ(first.html_digest, core::sha256(core::as_bytes(first.html)));
  }
}

// Holds bytes against the file of that name; a difference leaves what came out beside it in /tmp.
void expect_golden(const std::string& name, const std::string& bytes) {
  std::ifstream file("tests/golden/reports/" + name, std::ios::binary);
  const std::string expected{std::istreambuf_iterator<char>(file), {}};
  if (bytes == expected) return;
  const std::string actual = testing::TempDir() + name;
  std::ofstream(actual, std::ios::binary) << bytes;
  ADD_FAILURE() << "tests/golden/reports/" << name << " differs from " << actual
                << "; if it should, raise kStatementVersion and copy it.";
}

// A change of these bytes is a change of kStatementVersion, once a version is released.
TEST(StatementForms, HaveTheBytesOfTheirVersion) {
  Statement english = statement_in("en", true);
  Statement greek = statement_in("el", true);
  // The root follows from the records, whose format is not this test's business.
  english.root = core::sha256(core::as_bytes("root"));
  greek.root = english.root;
  expect_golden("statement_en.json", statement_json(english));
  expect_golden("statement_en.html", statement_html(english).value());
  expect_golden("statement_el.html", statement_html(greek).value());
}

TEST(StatementPage, NeedsNothingFromElsewhere) {
  const std::string page = page_in("en");
  for (const std::string_view banned :
       {"<script", "<link", "<img", "<iframe", "src=", "href=", "url(", "@import", "onload"}) {
    EXPECT_THAT(page, Not(HasSubstr(banned)));
  }
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(StatementPage, HasFiguresForPeople) {
  const std::string page = page_in("en");
  EXPECT_THAT(page, HasSubstr("<html lang=\"en\">"));
  EXPECT_THAT(page, HasSubstr("890.29\u00A0EUR"));
  EXPECT_THAT(page, HasSubstr("1.05%"));
  EXPECT_THAT(page, HasSubstr("1 February 2026 – 28 February 2026"));
  EXPECT_THAT(page, HasSubstr("A more detailed breakdown is provided on request."));
}

TEST(StatementPage, NamesTheRecordOfEachLine) {
  const Statement statement = statement_in("en");
  const std::string page = statement_html(statement).value();
  for (const FeeLine& line : statement.fees) {
    EXPECT_THAT(page, HasSubstr("#" + std::to_string(line.evidence.seq) + "</td>"));
  }
}

TEST(StatementPage, NamesTheDigestOfTheJsonForm) {
  const auto files = render_statement(statement_in("en")).value();
  EXPECT_THAT(files.html, HasSubstr(core::to_hex(files.json_digest.bytes)));
}

TEST(StatementPage, HasTablesThatAProgramCanRead) {
  const std::string page = page_in("en");
  const auto tables = core::parse_html_tables(core::as_bytes(page)).value();
  EXPECT_GT(tables.rows.size(), 30u);
  EXPECT_THAT(page, HasSubstr("<caption>"));
  EXPECT_THAT(page, HasSubstr("scope=\"col\""));
  EXPECT_THAT(page, HasSubstr("scope=\"row\""));
}

TEST(StatementPage, SpeaksGreek) {
  const std::string page = page_in("el");
  EXPECT_THAT(page, HasSubstr("<html lang=\"el\">"));
  for (const std::string_view label :
       {"Περιοδική κατάσταση", "Τελική αξία", "Αμοιβή διαχείρισης", "Αμοιβή απόδοσης", "Εξαγορά",
        "Συναλλαγές", "Τεκμηρίωση", "28 Φεβρουαρίου 2026", "890,29\u00A0EUR"}) {
    EXPECT_THAT(page, HasSubstr(label));
  }
  for (const std::string_view english :
       {"Closing value", "Management fee", "Redemption", "Notes"}) {
    EXPECT_THAT(page, Not(HasSubstr(english)));
  }
}

TEST(StatementPage, NeverPrintsNegativeZero) {
  Book book(engine::Model::Pamm);
  auto request = february(book);
  for (const std::string_view language : {"en", "el"}) {
    request.language = language;
    const std::string page = statement_html(build(book, request).value()).value();
    EXPECT_THAT(page, Not(HasSubstr("-0.00")));
    EXPECT_THAT(page, Not(HasSubstr("-0,00")));
  }
  EXPECT_THAT(page_in("el"), Not(HasSubstr("-0,00<")));
  EXPECT_THAT(page_in("en"), Not(HasSubstr("-0.00<")));
}

TEST(StatementPage, SaysThatABookIsSimulated) {
  EXPECT_THAT(statement_html(statement_in("en", true)).value(), HasSubstr("SIMULATED BOOK"));
  EXPECT_THAT(statement_html(statement_in("el", true)).value(), HasSubstr("ΠΡΟΣΟΜΟΙΩΣΗ"));
  EXPECT_THAT(page_in("en"), Not(HasSubstr("SIMULATED")));
}

TEST(StatementPage, MarksWhatComplianceMustConfirm) {
  EXPECT_THAT(page_in("en"), HasSubstr("to be confirmed by compliance"));
}

TEST(StatementPage, EscapesWhatPlatformsCallThings) {
  Book book(engine::Model::Pamm);
  tests::start_pool(book);
  book.deal({.ticket = "<script>alert(1)</script>", .symbol = "A&B \"x\" 'y'"},
            tests::instant("2026-02-03T12:00:00Z"));
  const std::string page = statement_html(build(book, february(book)).value()).value();
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page, HasSubstr("A&amp;B &quot;x&quot; &#39;y&#39;"));
}

TEST(StatementPage, RefusesAZoneThatDoesNotExist) {
  Statement statement = statement_in("en");
  statement.profile.time_zone = "Atlantis/Capital";
  EXPECT_EQ(statement_html(statement).error().reason, "time_zone");
}

TEST(HtmlEscape, ReplacesWhatCouldRearrangeOrHideText) {
  EXPECT_EQ(html_escape("a\u202Eb"), "a\uFFFDb");
  EXPECT_EQ(html_escape("a\u2066b\u2069"), "a\uFFFDb\uFFFD");
  EXPECT_EQ(html_escape(std::string_view("a\0b\x1b", 4)), "a\uFFFDb\uFFFD");
  EXPECT_EQ(html_escape("Άλφα – 1\u00A0EUR"), "Άλφα – 1\u00A0EUR");
}

TEST(HtmlTable, SaysSoWhenItIsEmpty) {
  EXPECT_EQ(HtmlTable({"x", {}}, {{"a"}}).finish("None <here>."),
            "<p class=\"none\">None &lt;here&gt;.</p>\n");
}

}  // namespace
}  // namespace reports
