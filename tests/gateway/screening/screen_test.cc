#include <gtest/gtest.h>

#include "core/json.h"
#include "gateway/screening/answer.h"
#include "gateway/screening/detect.h"
#include "gateway/screening/subjects.h"

// All names are invented.
namespace gateway::screening {
namespace {

std::string refusal_of(std::string_view line) {
  const auto subject = subject_of(line);
  return subject ? "none" : subject.error().reason + " at " + subject.error().at;
}

TEST(Subjects, AreReadFromJson) {
  const auto subject = subject_of(
      R"({"id":"c1","kind":"person","names":["Salim Karimi","سليم"],"birth_dates":["1962-05-04"],)"
      R"("countries":["IR"],"identifiers":[{"kind":"passport","value":"ab 1234567"}],)"
      R"("gender":"male"})");
  ASSERT_TRUE(subject) << to_string(subject.error());
  EXPECT_EQ(subject.value().names.size(), 2u);
  EXPECT_EQ(subject.value().particulars.births.at(0).day, 4);
  EXPECT_EQ(subject.value().particulars.identifiers.at(0).value, "AB1234567");
  EXPECT_EQ(subject.value().particulars.gender, core::names::Gender::Male);
}

TEST(Subjects, WhatIsWrongIsNamed) {
  EXPECT_EQ(refusal_of(R"({"names":["A"]})"), "subject at id");
  EXPECT_EQ(refusal_of(R"({"id":"c1","names":[]})"), "subject at names");
  EXPECT_EQ(refusal_of(R"({"id":"c1","names":[" "]})"), "subject at names");
  EXPECT_EQ(refusal_of(R"({"id":"c1","name":"A"})"), "subject at name");
  EXPECT_EQ(refusal_of(R"({"id":"c1","names":["A"],"kind":"cat"})"), "subject at kind");
  EXPECT_EQ(refusal_of(R"({"id":"c1","names":["A"],"countries":["Iran"]})"),
            "subject at countries");
  EXPECT_EQ(refusal_of(R"({"id":"c1","names":["A"],"birth_dates":["1970-02-31"]})").substr(0, 9),
            "list_date");
  EXPECT_EQ(refusal_of("[]").substr(0, 7), "subject");
  EXPECT_EQ(refusal_of("{").substr(0, 4), "json");
}

TEST(Subjects, OfAFileHaveTheirLines) {
  const auto read = [](std::string_view text) {
    const auto subjects = read_subjects(source_of(text));
    return subjects ? std::to_string(subjects.value().size())
                    : subjects.error().reason + " at " + subjects.error().at;
  };
  EXPECT_EQ(
      read("\xef\xbb\xbf{\"id\":\"a\",\"names\":[\"A\"]}\n\n{\"id\":\"b\",\"names\":[\"B\"]}"),
      "2");
  EXPECT_EQ(read("{\"id\":\"a\",\"names\":[\"A\"]}\n{\"id\":\"a\",\"names\":[\"A\"]}\n"),
            "subject at line 2: id");
  EXPECT_EQ(read("").substr(0, 7), "subject");
  EXPECT_EQ(read(std::string(kSubjectBytesMax + 1, ' ')).substr(0, 7), "subject");
}

TEST(Formats, AreSeenAtTheBeginning) {
  EXPECT_EQ(format_of("<?xml version='1.0'?>\n<!-- x -->\n<Designations>"), "uk-xml");
  EXPECT_EQ(format_of("\xef\xbb\xbf<ns:Sanctions xmlns='x'>"), "ofac-xml");
  EXPECT_EQ(format_of("<export generationDate='x'>"), "eu-xml");
  EXPECT_EQ(format_of("<CONSOLIDATED_LIST>"), "un-xml");
  EXPECT_EQ(format_of("Report Date: 1\nLast Updated,Unique ID,Name 6"), "uk-csv");
  EXPECT_EQ(format_of("authority,reference,name"), "warnings");
  EXPECT_EQ(format_of("<other/>"), "");
  EXPECT_EQ(format_of("101,\"KARIMI, Salim\""), "");
}

List list_of(std::initializer_list<std::pair<const char*, const char*>> entries,
             std::uint8_t version) {
  List list;
  list.format = "warnings";
  list.date = "2026-10-0" + std::to_string(version);
  list.digest.bytes[0] = version;
  for (const auto& [id, name] : entries) {
    Entry entry;
    entry.id = id;
    entry.names.push_back({name, NameKind::Primary, false});
    list.entries.push_back(std::move(entry));
  }
  return list;
}

TEST(Screened, SinceAVersionAreNewAndChangedEntries) {
  const List before = list_of({{"a", "One"}, {"b", "Two"}, {"d", "Four"}}, 1);
  const auto screened =
      screened_since(list_of({{"b", "Zwei"}, {"c", "Three"}, {"d", "Four"}}, 2), before);
  ASSERT_EQ(screened.list.entries.size(), 2u);
  EXPECT_EQ(screened.list.entries[0].id, "b");
  EXPECT_EQ(screened.list.entries[1].id, "c");
  const std::string said = core::json::print(to_json(screened));
  const auto has = [&](std::string_view part) { return said.find(part) != said.npos; };
  EXPECT_TRUE(has(R"("date":"2026-10-02","sha256":"0200)")) << said;
  EXPECT_TRUE(has(R"("entries":3,"repeated":0,"screened":2,)")) << said;
  EXPECT_TRUE(has(R"("previous":{"date":"2026-10-01","sha256":"0100)")) << said;
  EXPECT_TRUE(has(R"("added":["c"],"changed":["b"],"removed":["a"])")) << said;
  EXPECT_EQ(screened_since(list_of({{"a", "One"}}, 1), {}).list.entries.size(), 1u);
}

TEST(Answers, SayWhoAndWhy) {
  const std::vector<List> lists{list_of({{"a", "Salim Karimi"}}, 1)};
  const auto subject = subject_of(R"({"id":"c1","names":["KARIMI, Salim"]})").value();
  const auto matches = Index::create(lists).value().find(core::names::Folder(), subject).value();
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(core::json::print(to_json(matches[0], subject, lists)),
            R"({"subject":"c1","band":"hit","score":"1.000","list":"warnings","entry":"a",)"
            R"("digest":"bbcedba893ac591f1525e331db6befcf2c759848a47ddc3ba497c09190022d36",)"
            R"("listed_name":"Salim Karimi","subject_name":"KARIMI, Salim","aligned":[)"
            R"({"subject":"karimi","listed":"karimi","score":"1.000"},)"
            R"({"subject":"salim","listed":"salim","score":"1.000"}],"subject_only":[],)"
            R"("listed_only":[],"reasons":[]})");
  EXPECT_EQ(score_text(7), "0.007");
}

}  // namespace
}  // namespace gateway::screening
