#include "jurisdictions/profiles.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

namespace jurisdictions {
namespace {

TEST(Profiles, AreNamedAsTheEngineNamesJurisdictions) {
  const auto& names = core::EnumNames<engine::Jurisdiction>::names;
  ASSERT_EQ(profiles().size(), names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(profiles()[i].id, names[i]);
    EXPECT_EQ(profile_of(static_cast<engine::Jurisdiction>(i)).id, names[i]);
    EXPECT_EQ(find_profile(names[i]).value().id, names[i]);
  }
}

TEST(Profiles, RefusesOneThatIsNotKnown) {
  EXPECT_EQ(tests::outcome(find_profile("sec")), "NotFound/unknown_profile");
  EXPECT_EQ(tests::outcome(find_profile("")), "NotFound/unknown_profile");
  EXPECT_EQ(tests::outcome(find_profile("CYSEC")), "NotFound/unknown_profile");
}

TEST(Profiles, CiteEachRuleWithDateAndSource) {
  for (const reports::Profile& profile : profiles()) {
    SCOPED_TRACE(profile.id);
    ASSERT_FALSE(profile.citations.empty());
    for (const reports::Citation& citation : profile.citations) {
      EXPECT_FALSE(citation.text.en.empty());
      EXPECT_FALSE(citation.text.el.empty());
      EXPECT_TRUE(citation.source.starts_with("https://"));
      EXPECT_GE(citation.in_force, core::parse_date("2016-01-01").value());
      EXPECT_GE(citation.checked, citation.in_force);
    }
  }
}

TEST(Profiles, HaveEveryTextInBothLanguages) {
  for (const reports::Profile& profile : profiles()) {
    SCOPED_TRACE(profile.id);
    std::vector<reports::Text> texts{profile.title, profile.frequency_reason};
    for (const reports::Note& note : profile.notes) texts.push_back(note.text);
    for (const reports::Text& text : texts) {
      EXPECT_FALSE(text.en.empty());
      EXPECT_FALSE(text.el.empty());
    }
  }
}

TEST(Profiles, NameALanguageAndAZoneThatExist) {
  for (const reports::Profile& profile : profiles()) {
    SCOPED_TRACE(profile.id);
    EXPECT_TRUE(reports::find_language(profile.language).has_value());
    EXPECT_TRUE(core::local_date(profile.time_zone, core::Instant{0}).has_value());
  }
}

TEST(Profiles, AreMonthlyWhereLeverageIsAndQuarterlyInAustralia) {
  EXPECT_EQ(find_profile("cysec").value().frequency, reports::Frequency::Monthly);
  EXPECT_EQ(find_profile("fca").value().frequency, reports::Frequency::Monthly);
  EXPECT_EQ(find_profile("offshore").value().frequency, reports::Frequency::Monthly);
  EXPECT_EQ(find_profile("asic").value().frequency, reports::Frequency::Quarterly);
}

TEST(Profiles, CiteTheHandbookAndNotTheRevokedRegulationInTheUnitedKingdom) {
  const auto fca = find_profile("fca").value();
  EXPECT_TRUE(fca.citations.front().text.en.find("COBS 16A") != std::string_view::npos);
  EXPECT_EQ(core::to_string(fca.citations.front().in_force), "2025-10-23");
}

TEST(Profiles, MarkAustralianWordingAsUncertain) {
  const auto asic = find_profile("asic").value();
  for (const reports::Citation& citation : asic.citations) {
    EXPECT_TRUE(citation.uncertain);
  }
}

}  // namespace
}  // namespace jurisdictions
