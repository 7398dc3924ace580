#include "gateway/screening/commands.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "gateway/screening/answer.h"

// All names are invented. The digests are Python's: hashlib over json.dumps without spaces.
namespace gateway::screening {
namespace {

Entry salim() {
  Entry entry;
  entry.id = "TST0001";
  entry.names = {{"Salim Karimi", NameKind::Primary, false},
                 {"Salem Karimy", NameKind::Alias, true},
                 {"سليم", NameKind::OriginalScript, false}};
  entry.particulars.births = {{1962, 1962, 5, 4}, {1962, 1962, 0, 0}};
  entry.particulars.countries = {"IR"};
  entry.particulars.identifiers = {{core::names::IdentifierKind::Passport, "AB1234567"}};
  entry.particulars.gender = core::names::Gender::Male;
  entry.programme = "Test";
  entry.measures = {"Travel Ban", "Asset freeze"};
  entry.freezes = true;
  entry.listed = "2022-03-16";
  entry.line = 7;
  return entry;
}

std::string digest_text(const Entry& entry) { return core::to_hex(digest_of(entry).bytes); }

TEST(Digests, AreOfWhatTheListSaysInWhateverOrder) {
  const Entry entry = salim();
  EXPECT_EQ(digest_text(entry), "958ef1fc0542f6316358c9fb7333e4a3a1a9d31813b0eb0d07bb22390e99f84b");
  Entry other = entry;
  std::ranges::reverse(other.names);
  std::ranges::reverse(other.particulars.births);
  std::ranges::reverse(other.measures);
  other.line = 8;
  EXPECT_EQ(digest_text(other), digest_text(entry));
}

TEST(Digests, ChangeWithAnythingThatIsSaid) {
  const auto changed = [](auto change) {
    Entry entry = salim();
    change(entry);
    return digest_of(entry) != digest_of(salim());
  };
  EXPECT_TRUE(changed([](Entry& entry) { entry.names.pop_back(); }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.names[1].weak = false; }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.kind = core::names::Kind::Organisation; }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.particulars.births.pop_back(); }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.particulars.countries.emplace_back("SY"); }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.particulars.identifiers.clear(); }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.particulars.gender = {}; }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.programme = "Another"; }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.measures.pop_back(); }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.freezes = false; }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.clone = true; }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.listed.clear(); }));
  EXPECT_TRUE(changed([](Entry& entry) { entry.until = "2027-01-01"; }));
}

TEST(EntryNames, FitWhatCommandsTake) {
  EXPECT_EQ(entry_name("TST0001"), "TST0001");
  EXPECT_EQ(entry_name("004 " + std::string(60, 'K')), "004 " + std::string(60, 'K'));
  const std::string id = std::string(46, 'K') + "é" + std::string(30, 'x');
  EXPECT_EQ(entry_name(id), std::string(46, 'K') + "#59ce0c758fb00f96");
  EXPECT_NE(entry_name(id), entry_name(id + "x"));
}

Subject subject_named(std::string id, std::string name) {
  Subject subject;
  subject.id = std::move(id);
  subject.names.push_back(std::move(name));
  return subject;
}

List version(std::vector<Entry> entries, std::uint8_t number) {
  List list;
  list.format = "uk-csv";
  list.digest.bytes.fill(number);
  list.entries = std::move(entries);
  return list;
}

Entry entry_named(std::string id, std::string name, bool weak = false) {
  Entry entry;
  entry.id = std::move(id);
  entry.names.push_back({std::move(name), NameKind::Primary, weak});
  return entry;
}

std::vector<std::vector<Match>> found_in(const std::vector<List>& lists,
                                         const std::vector<Subject>& subjects) {
  return Index::create(lists).value().find_all(subjects).value();
}

TEST(Commands, SayWhatTheListSaysOfEachSubject) {
  std::vector<List> lists{
      version({entry_named("a", "Salim Karimi"), entry_named("b", "Salim Karimi", true)}, 0x11),
      version({entry_named("c", "Salim Karimi")}, 0x22)};
  lists[1].format = "un-xml";
  const std::vector<Subject> subjects{subject_named("@salim", "KARIMI, Salim"),
                                      subject_named("@walter", "Walter Lindqvist")};
  const auto found = found_in(lists, subjects);
  const auto said = [&](std::size_t subject, std::size_t list) {
    return core::json::print(
        subject_command(subjects[subject], found[subject], lists, list, "@ops"));
  };
  const std::string ones(64, '1');
  EXPECT_EQ(said(0, 0),
            R"({"command":"record_screening","actor":"@ops","party":"@salim","list":"uk-csv",)"
            R"("version":")" +
                ones + R"(","matcher":"names/2","candidates":[{"entry":"a","digest":")" +
                digest_text(lists[0].entries[0]) + R"(","score":1000},{"entry":"b","digest":")" +
                digest_text(lists[0].entries[1]) + R"(","score":1000,"weak":true}]})");
  EXPECT_EQ(said(1, 0),
            R"({"command":"record_screening","actor":"@ops","party":"@walter","list":"uk-csv",)"
            R"("version":")" +
                ones + R"(","matcher":"names/2"})");
  EXPECT_NE(said(0, 1).find(R"("candidates":[{"entry":"c",)"), std::string::npos);
  EXPECT_EQ(core::json::print(list_command(lists[0], {20000}, "@ops")),
            R"({"command":"record_screening_list","actor":"@ops","list":"uk-csv","version":")" +
                ones + R"(","published":"2024-10-04","names":2})");
}

TEST(Commands, SayThatAnIdentifierIsEqual) {
  const std::vector<List> lists{version({salim()}, 1)};
  Subject other = subject_named("@walter", "Walter Lindqvist");
  other.particulars.identifiers = {{core::names::IdentifierKind::Passport, "AB1234567"}};
  const auto found = found_in(lists, {other});
  const std::string said = core::json::print(subject_command(other, found[0], lists, 0, "@ops"));
  EXPECT_NE(said.find(R"("score":0,"identifier":true}])"), std::string::npos) << said;
}

// "@salim a, @walter c": who may have been whom, and is not any more.
std::string cleared_by(List before, List after, const std::vector<Subject>& subjects) {
  auto screened = screened_since(std::move(after), std::move(before));
  const std::vector<List> lists{std::move(screened.list)};
  const std::vector<List> gone{std::move(screened.gone)};
  const auto all = cleared(found_in(gone, subjects), gone, found_in(lists, subjects), lists);
  std::string out;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (const Match& match : all[i]) {
      out += (out.empty() ? "" : ", ") + subjects[i].id + " " + gone[0].entries[match.entry].id;
    }
  }
  return out;
}

TEST(Cleared, IsWhoTheNewVersionDoesNotNameAnyMore) {
  const std::vector<Subject> subjects{subject_named("@salim", "KARIMI, Salim"),
                                      subject_named("@walter", "Walter Lindqvist")};
  const List before =
      version({entry_named("a", "Salim Karimi"), entry_named("b", "Salim Karimi"),
               entry_named("c", "Walter Lindqvist"), entry_named("d", "Somebody Else")},
              1);
  // Gone; named otherwise; the same with another word, still like him; as it was.
  const List after =
      version({entry_named("b", "Igor Petrov"), entry_named("c", "Walter A. Lindqvist"),
               entry_named("d", "Somebody Else")},
              2);
  EXPECT_EQ(cleared_by(before, after, subjects), "@salim a, @salim b");
  EXPECT_EQ(cleared_by(before, before, subjects), "");
}

}  // namespace
}  // namespace gateway::screening
