#include "gateway/registers/asic/asic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/registers/asic/columns.h"
#include "tests/gateway/registers/evidence_text.h"
#include "tests/support/outcome.h"

namespace gateway::registers::asic {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

template <class Columns>
std::string header(const Columns& columns, char separator) {
  std::string out;
  for (const auto column : columns)
    out += (out.empty() ? "" : std::string(1, separator)) + std::string(column);
  return out + "\n";
}

std::string licence(const std::string& number, const std::string& name,
                    const std::string& start = "02/05/2002") {
  return "AFS Licence," + number + "," + name + ",85007186003," + start +
         ",,,,,,,,to retail clients.\n";
}

std::string state(const std::string& rows, const std::string& number = "218600") {
  std::istringstream file(header(kLicenseeColumns, ',') + rows);
  const auto evidence = read_licensee(file, number);
  if (!evidence) return evidence.error().reason + " at " + evidence.error().at;
  return tests::state_of(evidence.value());
}

TEST(AsicLicensees, ARowTwiceIsReadOnceAndTwoThatDifferAreDoubted) {
  const std::string row = licence("218600", "IPX PTY LTD");
  EXPECT_EQ(state(row), "found complete");
  EXPECT_EQ(state(row + row), "found complete");
  EXPECT_EQ(state(row + licence("218600", "IPY PTY LTD")), "found partial");
  EXPECT_EQ(state(licence("218601", "IPX PTY LTD")), "not_found complete");
}

TEST(AsicLicensees, WhatIsWrongIsNamedByItsLine) {
  EXPECT_EQ(state(licence("218600", "X LTD", "31/02/2002")),
            "register_date at line 2: AFS_LIC_START_DT");
  EXPECT_EQ(state(licence("218600", "X LTD") + licence("21A", "Y LTD")),
            "register_reference at line 3: AFS_LIC_NUM");
  EXPECT_EQ(state(licence("218600", "X LTD", "2002-05-02")),
            "register_date at line 2: AFS_LIC_START_DT");  // An answer's form, and no list's.
  EXPECT_EQ(state("AFS Licence,218600\n"), "register_table at line 2");
  EXPECT_EQ(state("", "12"), "identifier_length at afsl");
}

TEST(AsicLicensees, ANameThatMayBeAPersonsStandsInNoFact) {
  std::istringstream company(header(kLicenseeColumns, ',') + licence("218600", "IPX PTY LTD"));
  EXPECT_TRUE(tests::has(read_licensee(company, "218600").value().facts.front(), "licensee",
                         "IPX PTY LTD"));
  std::istringstream person(header(kLicenseeColumns, ',') + licence("218600", "\"Limited, Ida\""));
  const auto licensee = read_licensee(person, "218600").value();
  for (const auto& value : licensee.facts.front().values) {
    EXPECT_NE(value.key, "licensee");
  }
}

std::string person(const std::string& document, const std::string& to,
                   const std::string& locality) {
  return "Banned & Disqualified Persons,\"MOE, MAX\",AFS Banned & Disqualified," + document +
         ",01/02/2020," + to + "," + locality + ",NSW,2000,Australia,\n";
}

TEST(AsicBanned, OnePersonAtTwoAddressesIsOneBan) {
  std::istringstream file(header(kBannedPersonColumns, ',') + person("027", "", "SYDNEY") +
                          person("027", "", "PERTH") + person("028", "01/02/2025", "SYDNEY"));
  const auto read = read_banned_person(file, "027").value();
  EXPECT_THAT(tests::facts_of(read, "asic.banned_person"),
              ElementsAre("asic.banned_person document_number=027, type=AFS Banned & Disqualified "
                          "from 2020-02-01"));
}

TEST(AsicBanned, EveryRowIsGivenForScreeningWithItsName) {
  std::istringstream file(header(kBannedPersonColumns, ',') + person("027", "", "SYDNEY") +
                          person("028", "01/02/2025", "PERTH"));
  std::vector<std::string> given;
  ASSERT_TRUE(read_banned_persons(file, [&](const BannedPerson& banned) {
                given.push_back(banned.place + " " + banned.name + " " + banned.locality +
                                (banned.to ? " ended" : ""));
                return core::ok();
              }).has_value());
  EXPECT_THAT(given, ElementsAre("line 2 MOE, MAX SYDNEY", "line 3 MOE, MAX PERTH ended"));
}

TEST(AsicBanned, AWrongDayOrABanThatEndsFirstIsSeen) {
  std::istringstream wrong(header(kBannedPersonColumns, ',') +
                           person("027", "31/02/2025", "SYDNEY"));
  EXPECT_EQ(read_banned_person(wrong, "1").error().at, "line 2: BD_PER_END_DT");
  std::istringstream first(header(kBannedPersonColumns, ',') +
                           person("027", "01/02/2019", "SYDNEY"));
  EXPECT_EQ(tests::state_of(read_banned_person(first, "027").value()), "found partial");
}

// Lists write "Permanent banning" where others have no day.
TEST(AsicBanned, WordsInThePlaceOfALastDayLeaveTheBanOpen) {
  std::istringstream file(header(kBannedPersonColumns, ',') +
                          person("#027", "Permanent banning", "SYDNEY"));
  EXPECT_THAT(tests::facts_of(read_banned_person(file, "27").value(), "asic.banned_person"),
              ElementsAre("asic.banned_person document_number=#027, ending=Permanent banning, "
                          "type=AFS Banned & Disqualified from 2020-02-01"));
}

TEST(AsicBanned, OrganisationsAreFoundByAcn) {
  std::istringstream file(
      header(kBannedOrganisationColumns, '\t') +
      "Banned Organisations\t006759871\tHERON \"X\" PTY LTD\tBanned\t\t05/06/2021\t\t\n");
  const auto read = read_banned_organisation(file, "6759871").value();
  EXPECT_THAT(tests::facts_of(read, "asic.banned_organisation"),
              ElementsAre("asic.banned_organisation acn=006759871, organisation_name=HERON \"X\" "
                          "PTY LTD, type=Banned "
                          "from 2021-06-05"));
}

std::string representative(const std::string& status, const std::string& end,
                           const std::string& flag) {
  std::string row = "AFS Representative\t001\t000218600\tMOE, MAX\t\t\t\t01/07/2021\t" + status +
                    "\t" + end + "\t\t\t\t\t\tN\t000218600";
  for (std::size_t i = kFirstFlag; i <= kLastFlag; ++i)
    row += i == kFirstFlag ? "\t" + flag : "\t0";
  return row + "\tY\t\n";
}

TEST(AsicRepresentatives, AContradictionIsDoubtedAndAnUnknownFlagIsResidue) {
  const auto read = [](const std::string& row) {
    std::istringstream file(header(kRepresentativeColumns, '\t') + row);
    return read_representative(file, "1").value();
  };
  EXPECT_EQ(tests::state_of(read(representative("Current", "", "1"))), "found complete");
  EXPECT_EQ(tests::state_of(read(representative("Current", "01/01/2022", "1"))), "found partial");
  EXPECT_THAT(
      tests::facts_of(read(representative("Current", "", "Q")), "asic.authorised_representative"),
      Contains(HasSubstr("residue FIN Q")));
  for (const auto& fact : read(representative("Current", "", "1")).facts) {
    EXPECT_EQ(tests::text_of(fact).find("MOE"), std::string::npos);
  }
}

TEST(AsicLists, AFileIsKnownByItsFirstLine) {
  std::istringstream licensees(header(kLicenseeColumns, ','));
  EXPECT_EQ(which_list(licensees).value(), List::Licensees);
  // Representatives have a column with their licence's number.
  std::istringstream representatives(header(kRepresentativeColumns, '\t'));
  EXPECT_EQ(which_list(representatives).value(), List::Representatives);
  std::istringstream other("NAME,NUMBER\n");
  EXPECT_EQ(tests::outcome(which_list(other)), "InvalidInput/register_table");
}

}  // namespace
}  // namespace gateway::registers::asic
