#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/columns.h"
#include "tests/gateway/registers/evidence_text.h"
#include "tests/support/outcome.h"

namespace gateway::registers::asic {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

using Values = std::map<std::string, std::string>;  // Of a record, as JSON.

// A page of datastore_search.
struct AnswerPage {
  std::vector<std::string_view> columns;
  std::vector<Values> records;
  std::string filters = R"({"AFS_LIC_NUM":"218600"})";
  std::string total = "1";
  std::string more;  // Members of the result.
  std::string key_type = "text";

  std::string body() const {
    std::string fields = R"({"id":"_id","type":"int"})";
    for (const auto column : columns) {
      const bool is_key = filters.find(column) != filters.npos;
      fields += R"(,{"id":")" + std::string(column) + R"(","type":")" +
                (is_key ? key_type : "text") + "\"}";
    }
    std::string rows;
    for (const Values& record : records) {
      std::string row;
      for (const auto& [name, value] : record)
        row += (row.empty() ? "\"" : ",\"") + name + "\":" + value;
      rows += (rows.empty() ? "{" : ",{") + row + "}";
    }
    return R"({"help":"https://elsewhere.example/","success":true,"result":{"resource_id":"r","fields":[)" +
           fields + "],\"records\":[" + rows + "]" +
           (filters.empty() ? "" : ",\"filters\":" + filters) +
           (total.empty() ? "" : ",\"total\":" + total) + more +
           R"(,"_links":{"next":"/api/3/action/datastore_search?offset=1"}}})";
  }
};

template <class Columns>
AnswerPage page_of(const Columns& columns, std::vector<Values> records) {
  AnswerPage page;
  page.columns.assign(columns.begin(), columns.end());
  for (std::size_t i = 0; i < records.size(); ++i) {
    for (const auto column : columns) records[i].try_emplace(std::string(column), "\"\"");
    records[i].try_emplace("_id", std::to_string(i + 1));
  }
  page.records = std::move(records);
  page.total = std::to_string(page.records.size());
  return page;
}

constexpr const char* kConditions =
    R"("This licence authorises the licensee to carry on a financial services business to:~)"
    R"(deal in a financial product by:~applying for, acquiring, varying or disposing of a )"
    R"(financial product on behalf of another person in respect of the following classes of )"
    R"(products:~derivatives;~to retail clients.")";

Values licence_record(const std::string& number = "\"218600\"") {
  return {{"REGISTER_NAME", "\"AFS Licence\""},
          {"AFS_LIC_NUM", number},
          {"AFS_LIC_NAME", "\"IPX PTY LTD\""},
          {"AFS_LIC_START_DT", "\"02/05/2002\""},
          {"AFS_LIC_LAT", "-33.86"},
          {"AFS_LIC_LNG", "null"},
          {"AFS_LIC_CONDITION", kConditions}};
}

AnswerPage licences(std::vector<Values> records) {
  return page_of(kLicenseeColumns, std::move(records));
}

std::string outcome_of(const std::vector<std::string>& bodies,
                       const std::string& reference = "218600") {
  const auto evidence = read_answers(reference, tests::answers(bodies));
  if (!evidence) return evidence.error().reason + " at " + evidence.error().at;
  return tests::state_of(evidence.value());
}

std::vector<std::string> remarks_of(const std::vector<std::string>& bodies,
                                    const std::string& reference = "218600") {
  return read_answers(reference, tests::answers(bodies)).value().remarks;
}

TEST(AsicAnswers, ALicenceSaysWhatItsRowInTheFileSays) {
  const auto answered =
      read_answers("000218600", tests::answers({licences({licence_record()}).body()})).value();
  EXPECT_EQ(tests::state_of(answered), "found complete");
  EXPECT_EQ(answered.reference, "218600");
  std::string conditions(kConditions);
  std::istringstream file(
      "REGISTER_NAME,AFS_LIC_NUM,AFS_LIC_NAME,AFS_LIC_ABN_ACN,AFS_LIC_START_DT,AFS_LIC_PRE_FSR,"
      "AFS_LIC_ADD_LOCAL,AFS_LIC_ADD_STATE,AFS_LIC_ADD_PCODE,AFS_LIC_ADD_COUNTRY,AFS_LIC_LAT,"
      "AFS_LIC_LNG,AFS_LIC_CONDITION\nAFS Licence,218600,IPX PTY LTD,,02/05/2002,,,,,,-33.86,," +
      conditions + "\n");
  const auto read = read_licensee(file, "218600").value();
  EXPECT_EQ(tests::facts_of(answered, "asic.afsl.licence"),
            tests::facts_of(read, "asic.afsl.licence"));
  EXPECT_EQ(tests::facts_of(answered, "asic.afsl.limb"), tests::facts_of(read, "asic.afsl.limb"));
  EXPECT_EQ(answered.facts.size(), read.facts.size());
  EXPECT_EQ(answered.remarks, read.remarks);
  EXPECT_EQ(answered.parser, read.parser);
  EXPECT_THAT(tests::facts_of(answered, "asic.afsl.limb"),
              Contains(HasSubstr("product=derivatives")));
}

TEST(AsicAnswers, NumbersAndDaysMayStandInOtherForms) {
  Values record = licence_record("218600");
  record["AFS_LIC_START_DT"] = "\"2002-05-04T00:00:00\"";
  const auto answered = read_answers("218600", tests::answers({licences({record}).body()})).value();
  EXPECT_EQ(tests::facts_of(answered, "asic.afsl.licence"),
            std::vector<std::string>{
                "asic.afsl.licence licence_number=218600, licensee=IPX PTY LTD from 2002-05-04"});
  EXPECT_THAT(answered.remarks, Contains(HasSubstr("holds days as moments")));
  record["AFS_LIC_START_DT"] = "\"2002-02-31T00:00:00\"";
  EXPECT_EQ(outcome_of({licences({record}).body()}),
            "register_date at body 1: record 1: AFS_LIC_START_DT");
  record["AFS_LIC_START_DT"] = "\"2002-05-04T10:00:00\"";
  EXPECT_EQ(outcome_of({licences({record}).body()}),
            "register_date at body 1: record 1: AFS_LIC_START_DT");
}

TEST(AsicAnswers, WhatIsWrongIsNamedByBodyAndRecord) {
  const std::string good = licences({licence_record()}).body();
  auto second = licences({licence_record()});
  second.records[0]["_id"] = "2";
  second.records.push_back(licence_record("\"21A\""));
  for (const auto column : kLicenseeColumns) {
    second.records[1].try_emplace(std::string(column), "\"\"");
  }
  EXPECT_EQ(outcome_of({good, second.body()}),
            "register_reference at body 2: record 2: AFS_LIC_NUM");
  second.records[1]["AFS_LIC_NUM"] = "[1]";
  EXPECT_EQ(outcome_of({second.body()}), "register_body at body 1: record 2: AFS_LIC_NUM");
  second.records[1].erase("AFS_LIC_NUM");
  EXPECT_EQ(outcome_of({second.body()}), "register_body at body 1: record 2: AFS_LIC_NUM");
  second.records[1] = second.records[0];
  second.records[1]["AFS_LIC_STATUS"] = "\"Suspended\"";
  EXPECT_EQ(outcome_of({second.body()}), "register_body at body 1: record 2: AFS_LIC_STATUS");
}

TEST(AsicAnswers, TheColumnsAreTheListsAndNoOthers) {
  auto page = licences({});
  page.columns.push_back("rank");
  EXPECT_NE(outcome_of({page.body()}), "register_body at body 1: result: fields");
  page.columns.push_back("AFS_LIC_STATUS");
  EXPECT_EQ(outcome_of({page.body()}), "register_body at body 1: result: fields");
  page = licences({});
  page.columns.pop_back();
  EXPECT_EQ(outcome_of({page.body()}), "register_body at body 1: result: fields");
  page.columns = {"NAME"};
  EXPECT_EQ(outcome_of({page.body()}), "register_body at body 1: result: fields");
  // A page of another list beside it.
  auto other = page_of(kBannedOrganisationColumns, {});
  other.filters = R"({"BD_ORG_ACN":"218600"})";
  EXPECT_EQ(outcome_of({licences({}).body(), other.body()}),
            "register_body at body 2: result: fields");
  EXPECT_EQ(tests::outcome(read_answers("218600", tests::answers({licences({}).body()}),
                                        List::Representatives)),
            "InvalidInput/register_body");
}

TEST(AsicAnswers, WhatIsNoAnswerIsRefused) {
  const std::string good = licences({licence_record()}).body();
  EXPECT_EQ(outcome_of({"{}"}), "register_body at body 1: success");
  EXPECT_EQ(outcome_of({R"({"success":1})"}), "register_body at body 1: success");
  EXPECT_EQ(outcome_of({R"({"success":true})"}), "register_body at body 1: result");
  EXPECT_EQ(outcome_of({good.substr(0, good.size() - 1)}).substr(0, 4), "json");
  auto page = licences({licence_record()});
  for (const char* total : {"", "-1", "\"1\"", "null", "1.5"}) {
    page.total = total;
    EXPECT_EQ(outcome_of({page.body()}), "register_body at body 1: result: total") << total;
  }
  page = licences({licence_record()});
  page.filters = "[]";
  EXPECT_EQ(outcome_of({page.body()}), "found complete");  // Nothing in it: not filtered.
  page.filters = "[1]";
  EXPECT_EQ(outcome_of({page.body()}), "register_body at body 1: result: filters");
  EXPECT_EQ(outcome_of({}), "register_reference at ");
}

TEST(AsicAnswers, AFailedCallIsNoAbsence) {
  const std::string failed =
      R"({"success":false,"error":{"__type":"Not Found Error","message":"Resource \"x\" was not found."}})";
  EXPECT_EQ(outcome_of({failed}), "could_not_ask partial");
  EXPECT_THAT(remarks_of({failed}), ElementsAre(HasSubstr("Resource \"x\" was not found.")));
  auto answers = tests::answers({"<html>"});
  answers[0].http_status = 503;
  EXPECT_EQ(tests::state_of(read_answers("218600", answers, List::Licensees).value()),
            "could_not_ask partial");
  // The form that was answered has no rows, and the other was not answered.
  EXPECT_EQ(outcome_of({licences({}).body(), failed}), "could_not_ask partial");
  EXPECT_EQ(outcome_of({licences({licence_record()}).body(), failed}), "found partial");
}

TEST(AsicAnswers, RowsAreCountedOverAllPages) {
  auto first = licences({licence_record(), licence_record()});
  auto second = licences({licence_record()});
  first.total = second.total = "3";
  second.records[0]["_id"] = "3";
  EXPECT_EQ(outcome_of({second.body(), first.body()}), "found complete");
  EXPECT_EQ(outcome_of({first.body()}), "found partial");
  EXPECT_THAT(remarks_of({first.body()}), Contains(HasSubstr("2 of 3 rows are there")));
  second.total = "4";
  EXPECT_THAT(remarks_of({first.body(), second.body()}),
              Contains(HasSubstr("one and the same total")));
  second.total = "3";
  second.records[0]["_id"] = "2";
  EXPECT_EQ(outcome_of({first.body(), second.body()}), "found partial");
  EXPECT_THAT(remarks_of({first.body(), second.body()}),
              Contains(HasSubstr("body 2: record 1: the row is there twice")));
  second.records[0]["AFS_LIC_ADD_LOCAL"] = "\"PERTH\"";  // The store's number counts.
  EXPECT_THAT(remarks_of({first.body(), second.body()}),
              Contains(HasSubstr("2 of 3 rows are there")));
  // More than there should be.
  first.total = "1";
  EXPECT_THAT(remarks_of({first.body()}), Contains(HasSubstr("2 of 1 rows are there")));
}

TEST(AsicAnswers, RowsWithoutANumberOfTheStoresAreKnownByWhatTheySay) {
  auto page = licences({licence_record(), licence_record()});
  for (Values& record : page.records) record.erase("_id");
  EXPECT_EQ(outcome_of({page.body()}), "found partial");
  page.records[1]["AFS_LIC_ADD_LOCAL"] = "\"PERTH\"";
  EXPECT_THAT(remarks_of({page.body()}),
              Contains(HasSubstr("the licence stands twice and differs")));
}

TEST(AsicAnswers, AnEstimateOrANarrowerQuestionIsDoubted) {
  auto page = licences({licence_record()});
  page.more = R"(,"total_was_estimated":false,"q":"","distinct":false)";
  EXPECT_EQ(outcome_of({page.body()}), "found complete");
  for (const char* more :
       {R"(,"total_was_estimated":true)", R"(,"q":"IPX")", R"(,"distinct":true)"}) {
    page.more = more;
    EXPECT_EQ(outcome_of({page.body()}), "found partial") << more;
  }
  page.more = "";
  page.filters = R"({"AFS_LIC_NUM":"218600","AFS_LIC_ADD_STATE":"NSW"})";
  EXPECT_EQ(outcome_of({page.body()}), "found partial");
}

TEST(AsicAnswers, ThereIsNoneIfTheNumberWasAskedForInEachForm) {
  auto bare = licences({});
  auto padded = licences({});
  padded.filters = R"({"AFS_LIC_NUM":"000218600"})";
  EXPECT_EQ(outcome_of({bare.body(), padded.body()}), "not_found complete");
  EXPECT_EQ(outcome_of({bare.body()}), "not_found partial");
  EXPECT_EQ(outcome_of({padded.body()}), "not_found partial");
  // A column of numbers has one form.
  bare.key_type = "numeric";
  EXPECT_EQ(outcome_of({bare.body()}), "not_found complete");
  // Rows of others, without a word of what was asked.
  auto silent = licences({licence_record("\"218601\"")});
  silent.filters = "";
  EXPECT_EQ(outcome_of({silent.body()}), "not_found partial");
}

TEST(AsicAnswers, AnAnswerAboutAnotherIsNoAbsence) {
  EXPECT_EQ(outcome_of({licences({licence_record()}).body()}, "218601"),
            "register_reference at body 1: result: filters");
}

TEST(AsicAnswers, ARepresentativesNumberIsPadded) {
  auto page = page_of(kRepresentativeColumns, {{{"AFS_REP_NUM", "\"001289424\""},
                                                {"AFS_LIC_NUM", "466893"},
                                                {"AFS_REP_STATUS", "\"Current\""},
                                                {"AFS_REP_START_DT", "\"01/07/2021\""},
                                                {"AFS_REP_END_DT", "null"},
                                                {"FIN", "1"},
                                                {"DEAL", "\"0\""},
                                                {"WSALE", "\"1\""}}});
  page.filters = R"({"AFS_REP_NUM":"001289424"})";
  const auto answered = read_answers("1289424", tests::answers({page.body()})).value();
  EXPECT_EQ(tests::state_of(answered), "found complete");
  EXPECT_THAT(tests::facts_of(answered, "asic.authorised_representative"),
              ElementsAre("asic.authorised_representative authority=FIN, authority=WSALE, "
                          "licence_number=466893, representative_number=1289424, status=Current "
                          "from 2021-07-01"));
}

TEST(AsicAnswers, ABanIsFoundHoweverItsDocumentIsWritten) {
  auto page = page_of(kBannedPersonColumns, {{{"BD_PER_NAME", "\"MOE, MAX\""},
                                              {"BD_PER_TYPE", "\"Disq. Director\""},
                                              {"BD_PER_DOC_NUM", "\"#031925499\""},
                                              {"BD_PER_START_DT", "\"03/09/2025\""},
                                              {"BD_PER_END_DT", "\"Permanent banning\""}}});
  page.filters = R"({"BD_PER_DOC_NUM":"#031925499"})";
  for (const char* reference : {"#031925499", "031925499", "31925499"}) {
    const auto answered = read_answers(reference, tests::answers({page.body()})).value();
    EXPECT_THAT(tests::facts_of(answered, "asic.banned_person"),
                ElementsAre("asic.banned_person document_number=#031925499, ending=Permanent "
                            "banning, type=Disq. Director from 2025-09-03"));
  }
  page.filters = R"({"BD_PER_DOC_NUM":"031925498"})";
  EXPECT_EQ(outcome_of({page.body()}, "031925499"),
            "register_reference at body 1: result: filters");
}

TEST(AsicAnswers, ABannedOrganisationIsFoundByAcn) {
  auto page = page_of(kBannedOrganisationColumns, {{{"BD_ORG_ACN", "\"006759871\""},
                                                    {"BD_ORG_NAME", "\"HERON PTY LTD\""},
                                                    {"BD_ORG_START_DT", "\"05/06/2021\""}}});
  page.filters = R"({"BD_ORG_ACN":"006759871"})";
  const auto answered = read_answers("6759871", tests::answers({page.body()})).value();
  EXPECT_THAT(tests::facts_of(answered, "asic.banned_organisation"),
              ElementsAre("asic.banned_organisation acn=006759871, organisation_name=HERON PTY LTD "
                          "from 2021-06-05"));
}

TEST(AsicAnswers, TheNumberIsAskedForInTheFormsOfTheLists) {
  EXPECT_THAT(question_of(List::Licensees, "000218770").value().forms,
              ElementsAre("218770", "000218770"));
  EXPECT_THAT(question_of(List::Representatives, "1289424").value().forms,
              ElementsAre("001289424", "1289424"));
  EXPECT_THAT(question_of(List::BannedPersons, "31925499").value().forms,
              ElementsAre("#031925499", "031925499", "#31925499", "31925499"));
  EXPECT_THAT(question_of(List::BannedPersons, "#7E1").value().forms, ElementsAre("#7E1", "7E1"));
  EXPECT_THAT(question_of(List::BannedOrganisations, "081402379").value().forms,
              ElementsAre("081402379", "81402379"));
  EXPECT_EQ(question_of(List::BannedPersons, "1").value().column, "BD_PER_DOC_NUM");
  EXPECT_EQ(tests::outcome(question_of(List::Licensees, "12")), "InvalidInput/identifier_length");
  EXPECT_EQ(tests::outcome(question_of(List::Representatives, "x")),
            "InvalidInput/register_reference");
  EXPECT_EQ(list_named("banned_persons"), List::BannedPersons);
  EXPECT_FALSE(list_named("").has_value());
}

TEST(AsicAnswers, AnAnswerIsTakenForNoList) {
  std::istringstream answer("\xef\xbb\xbf \n{\"success\":true}");
  EXPECT_TRUE(is_answer(answer));
  std::istringstream list("REGISTER_NAME,AFS_LIC_NUM\n");
  EXPECT_FALSE(is_answer(list));
  std::istringstream nothing("");
  EXPECT_FALSE(is_answer(nothing));
}

}  // namespace
}  // namespace gateway::registers::asic
