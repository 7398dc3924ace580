#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "gateway/registers/asic/asic.h"
#include "tests/gateway/registers/evidence_text.h"

namespace gateway::registers::asic {
namespace {

using engine::Evidence;
using engine::Fact;
using testing::Contains;
using testing::HasSubstr;
using tests::has;

class AsicSample : public tests::RegisterSample {
 protected:
  Evidence licensee(const std::string& afsl) const {
    std::ifstream file(path("asic/asic_afs_licensee.csv"), std::ios::binary);
    auto read = read_licensee(file, afsl);
    EXPECT_TRUE(read.has_value()) << core::to_string(read.error());
    return read ? std::move(read.value()) : Evidence{};
  }
};

// The facts of a limb and product for a sort of client.
std::vector<Fact> limbs(const Evidence& evidence, std::string_view limb, std::string_view product,
                        std::string_view client) {
  std::vector<Fact> out;
  for (const Fact& fact : evidence.facts) {
    if (has(fact, "limb", limb) && has(fact, "product", product) && has(fact, "client", client)) {
      out.push_back(fact);
    }
  }
  return out;
}

std::string restriction(const Fact& fact) {
  for (const auto& value : fact.values) {
    if (value.key == "restriction") return value.value;
  }
  return "";
}

constexpr std::string_view kBehalf = "deal on behalf of another person";
constexpr std::string_view kForex = "foreign exchange contracts";

TEST_F(AsicSample, Licence218770MayUseForexForHedgingAlone) {
  const auto read = licensee("218770");
  EXPECT_EQ(tests::state_of(read), "found complete");
  for (const std::string_view client : {"retail", "wholesale"}) {
    const auto forex = limbs(read, kBehalf, kForex, client);
    ASSERT_EQ(forex.size(), 1u);
    EXPECT_THAT(restriction(forex.front()), HasSubstr("(hedging)"));
    EXPECT_THAT(restriction(forex.front()),
                HasSubstr("avoiding or limiting the financial consequences"));
    const auto derivatives = limbs(read, kBehalf, "derivatives", client);
    ASSERT_EQ(derivatives.size(), 1u);
    EXPECT_EQ(restriction(derivatives.front()), "");
    EXPECT_FALSE(derivatives.front().residue.has_value());
  }
  // Debentures follow the hedging words without a mark between them; they are not part of these.
  EXPECT_EQ(
      limbs(read, kBehalf,
            "debentures, stocks or bonds issued or proposed to be issued by a government", "retail")
          .size(),
      1u);
}

TEST_F(AsicSample, Licence221146ServesWholesaleClientsAloneInForexAndMda) {
  const auto read = licensee("221146");
  EXPECT_EQ(limbs(read, kBehalf, kForex, "wholesale").size(), 1u);
  EXPECT_TRUE(limbs(read, kBehalf, kForex, "retail").empty());
  constexpr std::string_view kMda =
      "interests in managed investment schemes limited to MDA services";
  EXPECT_EQ(limbs(read, "issue/deal", kMda, "wholesale").size(), 1u);
  EXPECT_TRUE(limbs(read, "issue/deal", kMda, "retail").empty());
  EXPECT_EQ(limbs(read, "issue/deal", "derivatives", "retail").size(), 1u);
}

TEST_F(AsicSample, ClientsAtTheEndAreThoseOfEveryLimb) {
  const auto read = licensee("222444");  // Travelex: "to retail and wholesale clients."
  for (const std::string_view client : {"retail", "wholesale"}) {
    EXPECT_EQ(limbs(read, "issue/deal", kForex, client).size(), 1u);
    EXPECT_EQ(limbs(read, "issue / make a market", kForex, client).size(), 2u);
    EXPECT_EQ(limbs(read, "provide financial product advice", "derivatives", client).size(), 1u);
  }
  EXPECT_TRUE(limbs(read, kBehalf, kForex, "retail").empty());
}

TEST_F(AsicSample, TheNewerGrammarNamesClientsBesideEachProduct) {
  const auto read = licensee("221315");
  EXPECT_EQ(limbs(read, kBehalf, kForex, "wholesale").size(), 1u);
  EXPECT_TRUE(limbs(read, kBehalf, kForex, "retail").empty());
  for (const Fact& fact : read.facts)
    EXPECT_FALSE(fact.residue.has_value()) << tests::text_of(fact);
}

TEST_F(AsicSample, EmployeesAreARestrictionOfRetailAlone) {
  const auto read = licensee("219582");
  const auto retail = limbs(read, kBehalf, "securities", "retail");
  ASSERT_EQ(retail.size(), 1u);
  EXPECT_EQ(restriction(retail.front()), "limited to employees and officers of the licensee");
  EXPECT_EQ(restriction(limbs(read, kBehalf, "securities", "wholesale").at(0)), "");
  EXPECT_EQ(restriction(limbs(read, kBehalf, "derivatives", "wholesale").at(0)),
            "limited to old law securities options contracts and warrants");
}

// "limited to financial products other than: derivatives; ..." stands after the products.
TEST_F(AsicSample, AnExclusionThatIsOddIsResidueAndNoProduct) {
  const auto read = licensee("218678");
  std::size_t market = 0;
  for (const Fact& fact : read.facts) {
    if (!has(fact, "limb", "issue / make a market") || has(fact, "limb", "issue/deal")) continue;
    ++market;
    ASSERT_TRUE(fact.residue.has_value());
    EXPECT_THAT(*fact.residue, HasSubstr("limited to financial products other than"));
  }
  EXPECT_EQ(market, 2u);
}

TEST_F(AsicSample, ATypoIsReadAndShown) {
  const auto read = licensee("222055");
  EXPECT_EQ(limbs(read, kBehalf, kForex, "retail").size(), 1u);
  EXPECT_THAT(read.remarks, Contains(HasSubstr("produc by")));
}

TEST_F(AsicSample, EveryLicenceOfTheSampleIsReadAndTheNumberIsComparedWithoutZeros) {
  std::ifstream file(path("asic/asic_afs_licensee.csv"), std::ios::binary);
  EXPECT_EQ(tests::state_of(read_licensee(file, "000218770").value()), "found complete");
  std::ifstream again(path("asic/asic_afs_licensee.csv"), std::ios::binary);
  EXPECT_EQ(tests::state_of(read_licensee(again, "999999").value()), "not_found complete");
}

TEST_F(AsicSample, ARepresentativeIsCurrentOrCeased) {
  std::ifstream file(path("asic/asic_afs_auth_rep.csv"), std::ios::binary);
  const auto current = read_representative(file, "001289424").value();
  EXPECT_EQ(tests::facts_of(current, "asic.authorised_representative"),
            std::vector<std::string>{
                "asic.authorised_representative appointed_by=466893, authority=FIN, "
                "authority=ARRANGE_APPLY, licence_number=466893, representative_number=1289424, "
                "same_authority=Y, status=Current from 2021-07-01"});
  std::ifstream again(path("asic/asic_afs_auth_rep.csv"), std::ios::binary);
  const auto ceased = read_representative(again, "1302107").value();
  EXPECT_THAT(tests::facts_of(ceased, "asic.authorised_representative"),
              Contains(HasSubstr("status=Ceased from 2022-04-11 to 2024-09-25")));
}

TEST_F(AsicSample, EachListIsKnownByItsColumns) {
  std::ifstream licensees(path("asic/asic_afs_licensee.csv"), std::ios::binary);
  EXPECT_EQ(which_list(licensees).value(), List::Licensees);
  std::ifstream representatives(path("asic/asic_afs_auth_rep.csv"), std::ios::binary);
  EXPECT_EQ(which_list(representatives).value(), List::Representatives);
}

TEST_F(AsicSample, TheBannedListsHaveTheirColumns) {
  std::ifstream persons(path("asic/asic_banned_persons_header.csv"), std::ios::binary);
  EXPECT_EQ(which_list(persons).value(), List::BannedPersons);
  EXPECT_EQ(tests::state_of(read_banned_person(persons, "1").value()), "not_found complete");
  std::ifstream organisations(path("asic/asic_banned_orgs_header.csv"), std::ios::binary);
  EXPECT_EQ(which_list(organisations).value(), List::BannedOrganisations);
  EXPECT_EQ(tests::state_of(read_banned_organisation(organisations, "1").value()),
            "not_found complete");
}

}  // namespace
}  // namespace gateway::registers::asic
