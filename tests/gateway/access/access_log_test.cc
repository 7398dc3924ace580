#include "gateway/access/access_log.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "core/files.h"
#include "gateway/access/subjects.h"
#include "tests/gateway/access/reading_book.h"

namespace gateway::access {
namespace {

using core::json::Value;
using tests::ReadingBook;

TEST(Purposes, AreAWordAndACase) {
  EXPECT_EQ(parse_purpose("").value().purpose, engine::Purpose::Unspecified);
  EXPECT_EQ(parse_purpose("complaint").value().purpose, engine::Purpose::Complaint);
  const auto why = parse_purpose("regulator CySEC/2026:17.b_c-d").value();
  EXPECT_EQ(why.purpose, engine::Purpose::Regulator);
  EXPECT_EQ(why.reference, "CySEC/2026:17.b_c-d");
  for (const std::string& bad :
       {std::string("curiosity"), std::string("complaint "), std::string("complaint Maria P"),
        std::string("complaint m@x"), std::string("Complaint"), "complaint " + std::string(65, 'a'),
        std::string(" complaint")}) {
    EXPECT_EQ(tests::outcome(parse_purpose(bad)), "InvalidInput/purpose") << bad;
  }
  EXPECT_TRUE(parse_purpose("complaint " + std::string(64, 'a')).has_value());
}

TEST(Names, NeverStandInAQuery) {
  const FindName find = [](std::string_view name) -> core::Result<refs::IdBytes> {
    if (name == "@anna.b") return refs::IdBytes{1};
    return core::not_found("unknown_reference", std::string(name), "");
  };
  const std::string anna = "01" + std::string(30, '0');
  EXPECT_EQ(without_names("account=a:@anna.b:wallet&x=1", find),
            "account=a:" + anna + ":wallet&x=1");
  EXPECT_EQ(without_names("@nobody,@", find), "@?,@?");
  EXPECT_EQ(without_names("", find), "");
}

TEST(Ids, AreThirtyTwoDigitsAndNoMore) {
  const std::string id(32, 'a');
  EXPECT_EQ(ids_in(id).size(), 1u);
  EXPECT_EQ(ids_in("client:" + id + ":wallet " + id).size(), 1u);
  EXPECT_TRUE(ids_in(id + "a").empty());
  EXPECT_TRUE(ids_in(std::string(64, 'b')).empty());
  EXPECT_TRUE(ids_in(id.substr(1)).empty());
  EXPECT_TRUE(ids_in(std::string(32, 'A')).empty());
  EXPECT_TRUE(ids_in("").empty());
}

TEST(AccessLogTest, ABookWithoutOneHasNone) {
  ReadingBook book;
  const std::string folder = book.folder().access();
  std::filesystem::remove_all(folder);
  const auto none = AccessLog::open(book.folder(), book.clock);
  ASSERT_EQ(tests::outcome(none), "a value");
  EXPECT_EQ(none.value(), nullptr);
}

TEST(AccessLogTest, AFolderWithoutItsSpoolIsNoneThatMayBeSilent) {
  ReadingBook book;
  std::filesystem::remove(book.folder().access_spool());
  EXPECT_EQ(book.put_down({"history", ""}), "Unavailable/access_log");
  book.open_log();
  EXPECT_EQ(book.put_down({"history", ""}), "Unavailable/access_log");
}

TEST(AccessLogTest, NamesWhomTheAnswerShows) {
  ReadingBook book;
  const std::string text =
      "{\"subject\":\"" + book.id("@c1") + "\",\"salt\":\"" + std::string(32, 'e') + "\"}";
  EXPECT_EQ(book.put_down({"history", "subject=@c0"}, {text, 5}, "complaint C-1"), "done");
  const auto waiting = book.ask({}).find("waiting")->as_array()->front();
  EXPECT_EQ(waiting.text("query"), "subject=" + book.id("@c0"));
  EXPECT_EQ(*waiting.find("shown"), Value(core::json::Array{book.id("@c0"), book.id("@c1")}));
  EXPECT_EQ(*waiting.find("records"), Value(5));
  EXPECT_EQ(*waiting.find("subjects"), Value(2));
  EXPECT_EQ(waiting.find("bulk"), nullptr);
  EXPECT_EQ(waiting.text("reference"), "C-1");
}

TEST(AccessLogTest, MoreThanCanBeNamedIsABulkRead) {
  ReadingBook book(20);
  std::string sixteen;
  for (int i = 0; i < 16; ++i) sixteen += book.id("@c" + std::to_string(i)) + "\n";
  EXPECT_EQ(book.put_down({"history", "a=1"}, {sixteen, 16}), "done");
  EXPECT_EQ(book.put_down({"history", "a=2"}, {sixteen + book.id("@c19"), 17}), "done");
  ASSERT_EQ(tests::outcome(book.reads->drain()), "a value");
  const auto reads = *book.ask({}).find("reads")->as_array();
  ASSERT_EQ(reads.size(), 2u);
  EXPECT_EQ(*reads[0].find("bulk"), Value(true));
  EXPECT_EQ(reads[0].find("shown")->as_array()->size(), 15u);
  EXPECT_EQ(*reads[0].find("subjects"), Value(17));
  EXPECT_EQ(reads[1].find("shown")->as_array()->size(), 16u);
}

TEST(AccessLogTest, ARecordInBytesIsOfItsSubjects) {
  ReadingBook book;
  Question question{"records/{seq}", "seq=3"};
  question.seq = 3;  // The registration of @c0.
  EXPECT_EQ(book.put_down(question, {"\x01\x02", 1}), "done");
  const auto waiting = book.ask({}).find("waiting")->as_array()->front();
  EXPECT_EQ(*waiting.find("shown"), Value(core::json::Array{book.id("@c0")}));
}

TEST(AccessLogTest, APurposeThatIsNoneIsRefusedAndNothingIsPutDown) {
  ReadingBook book;
  EXPECT_EQ(book.put_down({"history", ""}, {}, "because"), "InvalidInput/purpose");
  EXPECT_TRUE(book.ask({}).find("waiting")->as_array()->empty());
}

// A reading says how many entries it showed, whatever the answer's list is called.
TEST(Entries, AreThoseOfTheAnswersList) {
  for (const std::string list : {"records", "proposals", "people", "periods", "accounts"}) {
    const auto answer = core::json::parse(R"({"a":1,")" + list + R"(":[{},{},{}]})").value();
    EXPECT_EQ(entries_in(answer), 3u) << list;
  }
  EXPECT_EQ(entries_in(core::json::parse(R"({"people":[],"rules":[{},{}]})").value()), 0u);
  EXPECT_EQ(entries_in(core::json::parse(R"({"people":1})").value()), 1u);
}

}  // namespace
}  // namespace gateway::access
