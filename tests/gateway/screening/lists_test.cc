#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>

#include "gateway/screening/dates.h"
#include "gateway/screening/formats.h"
#include "gateway/screening/index.h"
#include "gateway/screening/list.h"

// All names are invented.
namespace gateway::screening {
namespace {

core::Result<List> read(std::string_view format, std::initializer_list<std::string_view> files) {
  std::vector<Source> sources;
  for (const std::string_view file : files) sources.push_back(source_of(file));
  return read_list(format, std::move(sources));
}

// "RUS0001: Salim Nasser KARIMI, Salem ~ 1962-5-4 ..." or the refusal.
std::string told(const core::Result<List>& list) {
  if (!list) return list.error().reason + " at " + list.error().at;
  std::string out = list.value().date;
  for (const Entry& entry : list.value().entries) {
    out += (out.empty() ? "" : "; ") + entry.id + ":";
    for (const ListedName& name : entry.names) out += " [" + name.text + (name.weak ? "~]" : "]");
    for (const auto& birth : entry.particulars.births) {
      out += " " + std::to_string(birth.year_from) + "-" + std::to_string(birth.year_to) + "/" +
             std::to_string(birth.month) + "/" + std::to_string(birth.day);
    }
    for (const std::string& country : entry.particulars.countries) out += " " + country;
    for (const auto& identifier : entry.particulars.identifiers) {
      out += " " + std::string(core::names::identifier_kind_name(identifier.kind)) + "=" +
             identifier.value;
    }
    if (entry.freezes) out += " freeze";
    if (entry.clone) out += " clone";
    if (!entry.listed.empty()) out += " " + entry.listed;
  }
  return out;
}

constexpr std::string_view kUkHeader =
    "\"Last Updated\",\"Unique ID\",\"Name 6\",\"Name 1\",\"Name 2\",\"Name type\","
    "\"Alias strength\",\"Regime Name\",\"Designation Type\",\"Sanctions Imposed\",\"Date "
    "Designated\",\"D.O.B\",\"Nationality(/ies)\",\"Passport number\"\r\n";

std::string uk(const std::string& rows) {
  return "\xef\xbb\xbfReport Date: 01/10/2026\r\n" + std::string(kUkHeader) + rows;
}

TEST(UkCsv, RowsOfOneIdAreOneEntry) {
  EXPECT_EQ(told(read("uk-csv",
                      {uk("15/09/2026,TST0001,KARIMI,Salim,Nasser,Primary Name,,Test,Individual,"
                          "Asset freeze|Travel Ban,16/03/2022,dd/mm/1962,Iran,AB1234567\r\n"
                          "15/09/2026,TST0001,KARIMY,Salem,,Alias,Weak,Test,Individual,"
                          "Asset freeze,16/03/2022,04/05/1962,Iran,\r\n"
                          "15/09/2026,TST0002,\"NORDWIND, \"\"NW\"\"\",,,Primary Name,,Test,Entity,"
                          "Trust services sanctions,01/02/2024,,,\r\n")})),
            "2026-10-01; TST0001: [Salim Nasser KARIMI] [Salem KARIMY~] 1962-1962/0/0 "
            "1962-1962/5/4 IR passport=AB1234567 freeze 2022-03-16; TST0002: [NORDWIND, \"NW\"] "
            "2024-02-01");
}

TEST(UkCsv, SeveralNumbersInOneCellAreSeveral) {
  const auto with = [](const std::string& cell) {
    return told(
        read("uk-csv", {uk("15/09/2026,TST0001,KARIMI,Salim,,Primary Name,,Test,Individual,Asset "
                           "freeze,16/03/2022,,Iran,\"" +
                           cell + "\"\r\n")}));
  };
  const std::string begin = "2026-10-01; TST0001: [Salim KARIMI] IR ";
  const std::string both = "passport=AB1234567 passport=CD7654321 freeze 2022-03-16";
  EXPECT_EQ(with("(1) AB1234567 (2) CD7654321"), begin + both);
  EXPECT_EQ(with("AB1234567; CD7654321"), begin + both);
  EXPECT_EQ(with("AB1234567, CD7654321"), begin + both);
  EXPECT_EQ(with("AB1234567|CD7654321"), begin + both);
  EXPECT_EQ(with("AB1234567\r\nCD7654321"), begin + both);
  EXPECT_EQ(with("AB 1234567 (2)"), begin + "passport=AB12345672 freeze 2022-03-16");
}

TEST(UkCsv, WhatIsWrongIsNamedByItsLine) {
  const std::string row =
      "15/09/2026,TST0001,KARIMI,Salim,,Primary Name,,Test,Individual,Asset freeze,16/03/2022,";
  EXPECT_EQ(told(read("uk-csv", {uk(row + "31/02/1970,,\r\n")})), "list_date at line 3");
  EXPECT_EQ(told(read("uk-csv", {uk(row + "\r\n")})), "list_row at line 3");
  EXPECT_EQ(told(read("uk-csv", {uk(row + ",,\"AB")})), "list_row at line 3");
  EXPECT_EQ(told(read("uk-csv", {uk("a,,KARIMI,Salim,,,,,Individual,,,,,\r\n")})),
            "list_row at line 3");
  EXPECT_EQ(told(read("uk-csv", {uk("a,T1,KARIMI,Salim,,,,,Alien,,,,,\r\n")})),
            "list_row at line 3");
  EXPECT_EQ(told(read("uk-csv", {"a,b\r\n1,2\r\n"})), "list_file at line 1");
  EXPECT_EQ(told(read("uk-csv", {""})), "list_file at line 1");
  EXPECT_EQ(told(read("uk-csv", {uk("")})), "list_file at line 1");
  EXPECT_EQ(told(read("uk-csv", {uk("a,T1,K\xe4rimi,S,,,,,Individual,,,,,\r\n")})),
            "list_encoding at line 3");
  EXPECT_EQ(told(read("no-such", {""})), "list_format at list");
}

TEST(UkCsv, ARowThatStandsTwiceIsCountedAndNotDoubled) {
  const std::string row =
      "15/09/2026,TST0001,KARIMI,Salim,,Primary Name,,Test,Individual,Asset freeze,16/03/2022,,,"
      "\r\n";
  const auto list = read("uk-csv", {uk(row + row)});
  ASSERT_TRUE(list) << to_string(list.error());
  EXPECT_EQ(list.value().repeated, 1u);
  EXPECT_EQ(list.value().entries.size(), 1u);
}

// Sources give as much as they have; a file is the same in pieces of a byte.
TEST(Tables, AreReadInPieces) {
  const auto pieces = [](std::string_view bytes) -> Source {
    return [rest = bytes](std::span<char> buffer) mutable -> core::Result<std::size_t> {
      const std::size_t size = std::min<std::size_t>(rest.size(), 1);
      std::ranges::copy(rest.substr(0, size), buffer.begin());
      rest.remove_prefix(size);
      return size;
    };
  };
  const std::string table =
      "\xef\xbb\xbf"
      "authority,reference,name,website,phone,clone,date\n"
      "FCA,12,Nordwind FX,nordwind.example,,no,2026-05-01\n";
  EXPECT_EQ(told(read_list("warnings", {pieces(table)})), told(read("warnings", {table})));
  EXPECT_EQ(read_list("warnings", {pieces(table)}).value().entries.size(), 1u);
  EXPECT_EQ(told(read_list("warnings", {pieces("\xef\xbb")})), "list_encoding at line 1");
}

// A gigabyte would do no more: rows are made while they are read, and one is held at a time.
TEST(Tables, OfAnyLengthAreReadInBoundedMemory) {
  constexpr std::uint64_t kRows = 100'000;
  std::uint64_t made = 0;
  std::string row = "authority,reference,name,website,phone,clone,date\n";
  std::size_t largest_wanted = 0;
  const Source endless = [&](std::span<char> buffer) -> core::Result<std::size_t> {
    largest_wanted = std::max(largest_wanted, buffer.size());
    if (row.empty() && made++ < kRows) {
      row = "FCA,12,Nordwind FX,nordwind.example,,no,2026-05-01\n";
    }
    const std::size_t size = std::min(buffer.size(), row.size());
    std::ranges::copy(row.substr(0, size), buffer.begin());
    row.erase(0, size);
    return size;
  };
  std::uint64_t taken = 0;
  const auto facts = read_warnings(endless, [&](const Entry& entry) -> core::Result<> {
    taken += entry.names.size();
    return core::ok();
  });
  ASSERT_TRUE(facts) << core::to_string(facts.error());
  EXPECT_EQ(taken, kRows);
  EXPECT_LE(largest_wanted, std::size_t{1} << 17);
}

TEST(UkConList, EndedOnTheTwentyEighthOfJanuary) {
  const std::string rest =
      "\nName 6,Name 1,DOB,Group Type,Alias Type,Regime,Listed On,Group ID\n"
      "KARIMI,Salim,00/00/1962,Individual,Primary name,Test,16/03/2022,14001\n";
  const auto dated = [&](const std::string& date) {
    return "Last Updated," + date + ",,,,,," + rest;
  };
  EXPECT_EQ(told(read("uk-conlist", {dated("28/01/2026")})),
            "2026-01-28; 14001: [Salim KARIMI] 1962-1962/0/0 freeze 2022-03-16");
  EXPECT_EQ(told(read("uk-conlist", {dated("29/01/2026")})), "list_closed at line 1");
}

TEST(UkXml, SaysTheSame) {
  constexpr std::string_view kXml =
      "<Designations><DateGenerated>01/10/2026</DateGenerated><Designation>"
      "<UniqueID>TST0001</UniqueID><Names><Name><Name1>Salim</Name1><Name6>KARIMI</Name6>"
      "<NameType>Primary Name</NameType></Name></Names><NonLatinNames><NonLatinName>"
      "<NameNonLatinScript>سليم كريمي</NameNonLatinScript></NonLatinName></NonLatinNames>"
      "<RegimeName>Test</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>"
      "<SanctionsImposed>Asset freeze</SanctionsImposed><DateDesignated>16/03/2022"
      "</DateDesignated><IndividualDetails><Individual><DOBs><DOB>dd/mm/1962</DOB></DOBs>"
      "</Individual></IndividualDetails></Designation></Designations>";
  EXPECT_EQ(told(read("uk-xml", {kXml})),
            "2026-10-01; TST0001: [Salim KARIMI] [سليم كريمي] 1962-1962/0/0 freeze 2022-03-16");
  EXPECT_EQ(told(read("uk-xml", {kXml.substr(0, kXml.size() - 30)})).substr(0, 3), "xml");
  EXPECT_EQ(told(read("uk-xml", {"<Other/>"})), "list_file at line 1");
  EXPECT_EQ(told(read("uk-xml", {"<!DOCTYPE x [<!ENTITY a 'b'>]><Designations/>"})).substr(0, 3),
            "xml");
}

TEST(OfacCsv, ThreeTablesAreOneList) {
  const std::string_view sdn =
      "101,\"KARIMI, Salim\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 04 "
      "May 1962; nationality Iran; Passport AB1234567 (Iran); a.k.a. 'THE CAT'; Gender Male.\"\r\n"
      "102,\"NORDWIND TRADING\",-0- ,\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a";
  const std::string_view alt = "101,7,\"aka\",\"KARIMY, Salem\",-0- \r\n\x1a";
  const std::string_view add = "102,9,-0- ,\"Limassol\",\"Cyprus\",-0- \r\n\x1a\r\n";
  EXPECT_EQ(told(read("ofac-csv", {sdn, alt, add})),
            "101: [KARIMI, Salim] [THE CAT~] [KARIMY, Salem] 1962-1962/5/4 IR passport=AB1234567 "
            "freeze; 102: [NORDWIND TRADING] freeze");
  EXPECT_EQ(told(read("ofac-csv", {sdn, "999,7,aka,X,-0- \r\n"})), "list_row at line 1");
  EXPECT_EQ(told(read("ofac-csv", {"101,KARIMI\r\n"})), "list_row at line 1");
}

// The closing mark is how a list says that it is whole.
TEST(OfacCsv, ACutFileIsRefusedAndSoAreRowsBehindTheMark) {
  const std::string row =
      "101,\"KARIMI, Salim\",\"individual\",\"TEST\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";
  const std::string mark = "\x1a";
  EXPECT_EQ(told(read("ofac-csv", {row})), "list_file at line 2");
  EXPECT_EQ(told(read("ofac-csv", {row + mark + "\r\n" + row})), "list_file at line 2");
  EXPECT_EQ(told(read("ofac-csv", {row + mark, "101,7,aka,X,-0- \r\n"})), "list_file at line 2");
  EXPECT_EQ(told(read("ofac-csv", {row + mark + "\r\n"})), "101: [KARIMI, Salim] freeze");
}

TEST(OfacXml, TheGraphIsFollowed) {
  constexpr std::string_view kXml =
      "<Sanctions><DateOfIssue><Year>2026</Year><Month>10</Month><Day>1</Day></DateOfIssue>"
      "<ReferenceValueSets><AliasTypeValues><AliasType ID='1'>Name</AliasType></AliasTypeValues>"
      "<PartyTypeValues><PartyType ID='1'>Individual</PartyType></PartyTypeValues>"
      "<PartySubTypeValues><PartySubType ID='4' PartyTypeID='1'>Unknown</PartySubType>"
      "</PartySubTypeValues><NamePartTypeValues><NamePartType ID='20'>Last Name</NamePartType>"
      "<NamePartType ID='21'>First Name</NamePartType></NamePartTypeValues><FeatureTypeValues>"
      "<FeatureType ID='8'>Birthdate</FeatureType></FeatureTypeValues><IDRegDocTypeValues>"
      "<IDRegDocType ID='5'>Passport</IDRegDocType></IDRegDocTypeValues><SanctionsTypeValues>"
      "<SanctionsType ID='3'>Block</SanctionsType></SanctionsTypeValues></ReferenceValueSets>"
      "<IDRegDocuments><IDRegDocument IdentityID='70' "
      "IDRegDocTypeID='5'><IDRegistrationNo>AB1234567"
      "</IDRegistrationNo></IDRegDocument></IDRegDocuments><DistinctParties><DistinctParty>"
      "<Profile ID='101' PartySubTypeID='4'><Identity ID='70'><Alias AliasTypeID='1' "
      "LowQuality='false'><DocumentedName><DocumentedNamePart><NamePartValue NamePartGroupID='1'>"
      "KARIMI</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue "
      "NamePartGroupID='2'>Salim</NamePartValue></DocumentedNamePart></DocumentedName></Alias>"
      "<NamePartGroups><MasterNamePartGroup><NamePartGroup ID='1' NamePartTypeID='20'/>"
      "</MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID='2' NamePartTypeID='21'/>"
      "</MasterNamePartGroup></NamePartGroups></Identity><Feature FeatureTypeID='8'>"
      "<FeatureVersion><DatePeriod><Start><From><Year>1962</Year><Month>1</Month><Day>1</Day>"
      "</From></Start><End><To><Year>1962</Year><Month>12</Month><Day>31</Day></To></End>"
      "</DatePeriod></FeatureVersion></Feature></Profile></DistinctParty></DistinctParties>"
      "<SanctionsEntries><SanctionsEntry ProfileID='101'><SanctionsMeasure SanctionsTypeID='3'/>"
      "</SanctionsEntry></SanctionsEntries></Sanctions>";
  EXPECT_EQ(told(read("ofac-xml", {kXml})),
            "2026-10-01; 101: [Salim KARIMI] 1962-1962/0/0 passport=AB1234567 freeze");
}

TEST(EuXml, AttributesAreRead) {
  EXPECT_EQ(
      told(read("eu-xml", {"<export generationDate='2026-10-01T09:00:00.000+02:00'><sanctionEntity "
                           "euReferenceNumber='EU.1.1' designationDate='2022-03-16'><subjectType "
                           "code='person'/><nameAlias wholeName='Salim Karimi' strong='true' "
                           "gender='M'/><nameAlias wholeName='Salem' strong='false'/><birthdate "
                           "circa='true' year='1962'/><citizenship countryIso2Code='IR'/>"
                           "<identification identificationTypeCode='passport' number='AB1234567'/>"
                           "<regulation programme='TST'/></sanctionEntity></export>"})),
      "2026-10-01; EU.1.1: [Salim Karimi] [Salem~] 1961-1963/0/0 IR passport=AB1234567 "
      "freeze 2022-03-16");
  EXPECT_EQ(told(read("eu-xml", {"<export><sanctionEntity euReferenceNumber='E'><subjectType "
                                 "code='person'/><birthdate year='1970' monthOfYear='2' "
                                 "dayOfMonth='31'/></sanctionEntity></export>"})),
            "list_date at line 1");
}

TEST(UnXml, AliasesHaveQualities) {
  EXPECT_EQ(told(read("un-xml",
                      {"<CONSOLIDATED_LIST dateGenerated='2026-10-01T00:00:00Z'><INDIVIDUALS>"
                       "<INDIVIDUAL><FIRST_NAME>SALIM</FIRST_NAME><SECOND_NAME>KARIMI"
                       "</SECOND_NAME><UN_LIST_TYPE>Test</UN_LIST_TYPE><REFERENCE_NUMBER>TSi.1"
                       "</REFERENCE_NUMBER><LISTED_ON>2022-03-16</LISTED_ON><NATIONALITY><VALUE>"
                       "Iran</VALUE></NATIONALITY><INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY>"
                       "<ALIAS_NAME>Salem; Selim</ALIAS_NAME></INDIVIDUAL_ALIAS>"
                       "<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>"
                       "1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>"
                       "</INDIVIDUAL></INDIVIDUALS><ENTITIES/></CONSOLIDATED_LIST>"})),
            "2026-10-01; TSi.1: [SALIM KARIMI] [Salem~] [Selim~] 1960-1962/0/0 IR freeze "
            "2022-03-16");
}

// Lists write "Permanent banning" where others have no day.
TEST(Tables, WordsInThePlaceOfALastDayLeaveABanOpen) {
  const auto until = [](const std::string& last) {
    const auto list = read("asic-organisations",
                           {"REGISTER_NAME\tBD_ORG_ACN\tBD_ORG_NAME\tBD_ORG_TYPE\tBD_ORG_URL\t"
                            "BD_ORG_START_DT\tBD_ORG_END_DT\tBD_ORG_COMMENT\n"
                            "Banned\t001002003\tNORDWIND\tBanned\t\t16/03/2022\t" +
                            last + "\t\n"});
    return list ? "until " + list.value().entries.front().until : list.error().reason;
  };
  EXPECT_EQ(until("Permanent banning"), "until ");
  EXPECT_EQ(until("17/03/2027"), "until 2027-03-17");
  EXPECT_EQ(until("31/02/2027"), "list_date");
}

TEST(Tables, AsicIscanAndWarningsAreRead) {
  EXPECT_EQ(
      told(read("asic-persons",
                {"\xef\xbb\xbfREGISTER_NAME,BD_PER_NAME,BD_PER_TYPE,BD_PER_DOC_NUM,BD_PER_START_DT,"
                 "BD_PER_END_DT,BD_PER_ADD_LOCAL,BD_PER_ADD_STATE,BD_PER_ADD_PCODE,"
                 "BD_PER_ADD_COUNTRY,BD_PER_COMMENTS\n"
                 "Banned,\"KARIMI, SALIM\",AFS Banned,0123,16/03/2022,,A,NSW,2000,AUSTRALIA,\n"
                 "Banned,\"KARIMI, SALIM\",AFS Banned,0123,16/03/2022,,B,VIC,3000,AUSTRALIA,\n"})),
      "0123 KARIMI, SALIM: [KARIMI, SALIM] 2022-03-16");
  EXPECT_EQ(told(read("asic-organisations",
                      {"REGISTER_NAME\tBD_ORG_ACN\tBD_ORG_NAME\tBD_ORG_TYPE\tBD_ORG_URL\t"
                       "BD_ORG_START_DT\tBD_ORG_END_DT\tBD_ORG_COMMENT\n"
                       "Banned\t001002003\tNORDWIND \"NW\"\tBanned\t\t16/03/2022\t\t\n"})),
            "001002003 NORDWIND \"NW\" 16/03/2022: [NORDWIND \"NW\"] registration=001002003 "
            "2022-03-16");
  EXPECT_EQ(told(read("iscan", {"id,commercial_name,url,nca_name,nca_jurisdiction,categories,"
                                "validation_date\n7,Nordwind FX,https://www.nordwind.example/a,"
                                "CNMV,Spain,Clone of an authorised firm,2026-05-01\n"})),
            "7: [Nordwind FX] website=nordwind.example clone 2026-05-01");
  EXPECT_EQ(told(read("warnings", {"authority,reference,name,website,phone,clone,date\n"
                                   "FCA,12,Nordwind FX,nordwind.example,+44 20 7946 0000,no,"
                                   "2026-05-01\n"})),
            "FCA 12: [Nordwind FX] website=nordwind.example phone=442079460000 2026-05-01");
}

TEST(Dates, AreReadInEveryWriting) {
  const auto birth = [](std::string_view text) {
    const auto read = birth_of(text);
    if (!read) return read.error().reason;
    if (!read.value()) return std::string("none");
    const auto& b = *read.value();
    return std::to_string(b.year_from) + "-" + std::to_string(b.year_to) + "/" +
           std::to_string(b.month) + "/" + std::to_string(b.day);
  };
  EXPECT_EQ(birth("04/05/1962"), "1962-1962/5/4");
  EXPECT_EQ(birth("dd/05/1962"), "1962-1962/5/0");
  EXPECT_EQ(birth("00/00/1962"), "1962-1962/0/0");
  EXPECT_EQ(birth("1962-05-04"), "1962-1962/5/4");
  EXPECT_EQ(birth("4 May 1962"), "1962-1962/5/4");
  EXPECT_EQ(birth("May 1962"), "1962-1962/5/0");
  EXPECT_EQ(birth("circa 1962"), "1961-1963/0/0");
  EXPECT_EQ(birth("1960 to 1962"), "1960-1962/0/0");
  EXPECT_EQ(birth("29/02/1960"), "1960-1960/2/29");
  EXPECT_EQ(birth("dd/mm/yyyy"), "none");
  EXPECT_EQ(birth(""), "none");
  for (const char* const wrong : {"31/02/1970", "29/02/1961", "1962-13-01", "soon", "1/2/3/4"}) {
    EXPECT_EQ(birth(wrong), "list_date") << wrong;
  }
}

List made(std::initializer_list<std::pair<const char*, const char*>> entries) {
  List list;
  list.format = "warnings";
  for (const auto& [id, name] : entries) {
    Entry entry;
    entry.id = id;
    entry.names.push_back({name, NameKind::Primary, false});
    list.entries.push_back(std::move(entry));
  }
  return list;
}

// Rows without end, as an enormous file has them.
Source endless(std::string header, std::function<std::string(std::uint64_t)> row) {
  return [rest = std::move(header), row = std::move(row),
          count = std::uint64_t{0}](std::span<char> buffer) mutable -> core::Result<std::size_t> {
    while (rest.size() < buffer.size()) rest += row(++count);
    std::copy_n(rest.begin(), buffer.size(), buffer.begin());
    rest.erase(0, buffer.size());
    return buffer.size();
  };
}

std::string of_endless(std::string_view format, Source source) {
  std::vector<Source> sources;
  sources.push_back(std::move(source));
  return told(read_list(format, std::move(sources)));
}

TEST(Lists, OfEnormousFilesAreRefusedBeforeTheMemoryIsFull) {
  const std::string header = "authority,reference,name,website,phone,clone,date\n";
  const auto row = [](std::uint64_t id, const std::string& name) {
    return "TEST," + std::to_string(id) + "," + name + ",,,no,2026-10-01\n";
  };
  const auto of_one = [&](std::uint64_t i) { return row(1, "Made Up " + std::to_string(i)); };
  // With its one measure the entry has a part too many at its 10,000th name.
  EXPECT_EQ(of_endless("warnings", endless(header, of_one)), "list_size at line 10001");
  const std::string text(20'000, 'x');
  const auto of_many = [&](std::uint64_t i) { return row(i, text); };
  EXPECT_EQ(of_endless("warnings", endless(header, of_many)).substr(0, 17), "list_size at line");
}

TEST(Lists, OfAGraphWithoutEndAreRefusedToo) {
  const std::string text(20'000, 'x');
  const auto paper = [&](std::uint64_t i) {
    return "<IDRegDocument IdentityID='" + std::to_string(i) + "'><IDRegistrationNo>" + text +
           "</IDRegistrationNo></IDRegDocument>";
  };
  EXPECT_EQ(of_endless("ofac-xml", endless("<Sanctions>", paper)).substr(0, 17),
            "list_size at line");
}

TEST(Delta, SaysWhatANewVersionChanges) {
  const auto changes =
      delta(made({{"a", "One"}, {"b", "Two"}}), made({{"b", "Zwei"}, {"c", "Three"}}));
  EXPECT_EQ(changes.added, std::vector<std::string>{"c"});
  EXPECT_EQ(changes.removed, std::vector<std::string>{"a"});
  EXPECT_EQ(changes.changed, std::vector<std::string>{"b"});
}

Subject subject(std::string name) {
  Subject out;
  out.id = "s1";
  out.names.push_back(std::move(name));
  return out;
}

TEST(Index, FindsTheSurestFirstAndOnlyBands) {
  const std::vector<List> lists{
      made({{"a", "Salim Karimi"}, {"b", "Salim Nasser Karimi"}, {"c", "Walter Lindqvist"}})};
  const Index index = Index::create(lists).value();
  const auto matches = index.find(core::names::Folder(), subject("KARIMI, Salem")).value();
  ASSERT_EQ(matches.size(), 2u);
  EXPECT_EQ(matches[0].entry, 0u);
  EXPECT_EQ(matches[1].entry, 1u);
  EXPECT_GE(matches[0].score, matches[1].score);
  EXPECT_TRUE(index.find(core::names::Folder(), subject("Greta Holm")).value().empty());
}

TEST(Index, WeakNamesAndClonesAreNeverMoreThanAReview) {
  std::vector<List> lists{made({{"a", "Salim Karimi"}})};
  lists[0].entries[0].names[0].weak = true;
  const auto band = [&lists] {
    const Index index = Index::create(lists).value();
    return index.find(core::names::Folder(), subject("Salim Karimi")).value().at(0).band;
  };
  EXPECT_EQ(band(), core::names::Band::Review);
  lists[0].entries[0].names[0].weak = false;
  EXPECT_EQ(band(), core::names::Band::Hit);
  lists[0].entries[0].clone = true;
  EXPECT_EQ(band(), core::names::Band::Review);
}

TEST(Index, AnEqualIdentifierIsFoundWhateverTheName) {
  std::vector<List> lists{made({{"a", "Salim Karimi"}})};
  add_identifier(lists[0].entries[0], core::names::IdentifierKind::Passport, "AB1234567");
  const Index index = Index::create(lists).value();
  Subject other = subject("Greta Holm");
  other.particulars.identifiers = {{core::names::IdentifierKind::Passport, "AB1234567"}};
  const auto matches = index.find(core::names::Folder(), other).value();
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].band, core::names::Band::Hit);
}

TEST(Index, AllCoresGiveTheSameAsOne) {
  const std::vector<List> lists{made({{"a", "Salim Karimi"}, {"b", "Walter Lindqvist"}})};
  const Index index = Index::create(lists).value();
  const std::vector<Subject> subjects{subject("Walter Lindquist"), subject("Greta Holm"),
                                      subject("Salim Karimi")};
  const auto found = index.find_all(subjects).value();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].at(0).entry, 1u);
  EXPECT_TRUE(found[1].empty());
  EXPECT_EQ(found[2].at(0).entry, 0u);
}

}  // namespace
}  // namespace gateway::screening
