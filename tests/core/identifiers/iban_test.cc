#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <utility>

#include "core/identifiers/iban_registry.h"
#include "core/identifiers/identifiers.h"
#include "core/identifiers/mod97.h"
#include "tests/support/outcome.h"

namespace core::identifiers {
namespace {

std::string iban(std::string_view text) { return tests::outcome(check_iban(text)); }

// Source: the examples of the IBAN registry that SWIFT publishes.
constexpr std::string_view kExamples[] = {"AD1200012030200359100100",
                                          "AE070331234567890123456",
                                          "AL47212110090000000235698741",
                                          "AT611904300234573201",
                                          "AZ21NABZ00000000137010001944",
                                          "BA391290079401028494",
                                          "BE68539007547034",
                                          "BG80BNBG96611020345678",
                                          "BH67BMAG00001299123456",
                                          "BI4210000100010000332045181",
                                          "BR1800360305000010009795493C1",
                                          "BY13NBRB3600900000002Z00AB00",
                                          "CH9300762011623852957",
                                          "CR05015202001026284066",
                                          "CY17002001280000001200527600",
                                          "CZ6508000000192000145399",
                                          "DE89370400440532013000",
                                          "DJ2100010000000154000100186",
                                          "DK5000400440116243",
                                          "DO28BAGR00000001212453611324",
                                          "EE382200221020145685",
                                          "EG380019000500000000263180002",
                                          "ES9121000418450200051332",
                                          "FI2112345600000785",
                                          "FK88SC123456789012",
                                          "FO6264600001631634",
                                          "FR1420041010050500013M02606",
                                          "GB29NWBK60161331926819",
                                          "GE29NB0000000101904917",
                                          "GI75NWBK000000007099453",
                                          "GL8964710001000206",
                                          "GR1601101250000000012300695",
                                          "GT82TRAJ01020000001210029690",
                                          "HN88CABF00000000000250005469",
                                          "HR1210010051863000160",
                                          "HU42117730161111101800000000",
                                          "IE29AIBK93115212345678",
                                          "IL620108000000099999999",
                                          "IQ98NBIQ850123456789012",
                                          "IS140159260076545510730339",
                                          "IT60X0542811101000000123456",
                                          "JO94CBJO0010000000000131000302",
                                          "KW81CBKU0000000000001234560101",
                                          "KZ86125KZT5004100100",
                                          "LB62099900000001001901229114",
                                          "LC55HEMM000100010012001200023015",
                                          "LI21088100002324013AA",
                                          "LT121000011101001000",
                                          "LU280019400644750000",
                                          "LV80BANK0000435195001",
                                          "LY83002048000020100120361",
                                          "MC1112739000700011111000h79",
                                          "MD24AG000225100013104168",
                                          "ME25505000012345678951",
                                          "MK07250120000058984",
                                          "MN121234123456789123",
                                          "MR1300020001010000123456753",
                                          "MT84MALT011000012345MTLCAST001S",
                                          "MU17BOMM0101101030300200000MUR",
                                          "NI45BAPR00000013000003558124",
                                          "NL91ABNA0417164300",
                                          "NO9386011117947",
                                          "OM810180000001299123456",
                                          "PK36SCBL0000001123456702",
                                          "PL61109010140000071219812874",
                                          "PS92PALS000000000400123456702",
                                          "PT50000201231234567890154",
                                          "QA58DOHB00001234567890ABCDEFG",
                                          "RO49AAAA1B31007593840000",
                                          "RS35260005601001611379",
                                          "RU0304452522540817810538091310419",
                                          "SA0380000000608010167519",
                                          "SC18SSCB11010000000000001497USD",
                                          "SD8811123456789012",
                                          "SE4550000000058398257466",
                                          "SI56191000000123438",
                                          "SK3112000000198742637541",
                                          "SM86U0322509800000000270100",
                                          "SO211000001001000100141",
                                          "ST23000100010051845310146",
                                          "SV62CENR00000000000000700025",
                                          "TL380080012345678910157",
                                          "TN5910006035183598478831",
                                          "TR330006100519786457841326",
                                          "UA213223130000026007233566001",
                                          "VA59001123000012345678",
                                          "VG96VPVG0000012345678901",
                                          "XK051212012345678906",
                                          "YE15CBYE0001018861234567891234"};

TEST(Iban, TheExamplesOfTheRegistryAreAccepted) {
  for (const std::string_view text : kExamples) EXPECT_EQ(iban(text), "a value") << text;
}

TEST(Iban, EveryCountryOfTheRegistryHasAnExample) {
  ASSERT_EQ(std::size(kExamples), std::size(kIbanCountries));
  for (std::size_t i = 0; i < std::size(kExamples); ++i) {
    EXPECT_EQ(kExamples[i].substr(0, 2), kIbanCountries[i].code);
  }
}

TEST(Iban, AChangedOrSwappedDigitIsRefused) {
  const std::string good = "DE89370400440532013000";
  for (std::size_t i = 2; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == '9' ? '0' : static_cast<char>(changed[i] + 1);
    EXPECT_EQ(iban(changed), "InvalidInput/identifier_check") << changed;
    if (i < 5 || good[i] == good[i - 1]) continue;
    changed = good;
    std::swap(changed[i], changed[i - 1]);
    EXPECT_EQ(iban(changed), "InvalidInput/identifier_check") << changed;
  }
}

TEST(Iban, AnotherLengthIsRefusedThoughTheCheckDigitsFit) {
  EXPECT_EQ(iban("AD48000120302003591001"), "InvalidInput/identifier_length");
  EXPECT_EQ(iban("AT93190430023457320199"), "InvalidInput/identifier_length");
  EXPECT_EQ(iban("BE365390075470341234"), "InvalidInput/identifier_length");
  EXPECT_EQ(iban("BA3012900794010284"), "InvalidInput/identifier_length");
  for (const char* text : {"", "D", "DE8", "DE89"}) {
    EXPECT_EQ(iban(text), "InvalidInput/identifier_length") << text;
  }
}

TEST(Iban, AnotherSortOfCharacterIsRefusedThoughTheCheckDigitsFit) {
  EXPECT_EQ(iban("BG93BNBG96611A20345678"), "InvalidInput/identifier_character");
  EXPECT_EQ(iban("GI22NW3K000000007099453"), "InvalidInput/identifier_character");
  EXPECT_EQ(iban("NL5630030A17164300"), "InvalidInput/identifier_character");
}

TEST(Iban, OnlyTheElectronicFormIsRead) {
  EXPECT_EQ(iban("DE89 3704 0044 0532 0130 00"), "InvalidInput/identifier_length");
  EXPECT_EQ(iban("GB29nwbk60161331926819"), "InvalidInput/identifier_character");
  EXPECT_EQ(iban("de89370400440532013000"), "InvalidInput/identifier_character");
  EXPECT_EQ(iban("DEA9370400440532013000"), "InvalidInput/identifier_character");
}

TEST(Iban, ACountryWithoutIbansIsRefused) {
  for (const char* text : {"US64SVBKUS6S3300958879", "QQ9312345678", "XX431234"}) {
    EXPECT_EQ(iban(text), "InvalidInput/identifier_country") << text;
  }
}

TEST(Iban, CheckDigitsBeyondTheirRangeAreRefusedThoughTheRemainderFits) {
  int seen = 0;
  for (int account = 0; account < 1000; ++account) {
    const std::string digits = std::to_string(1'000'000'000'000'000 + account);
    for (const char* bad : {"00", "01", "99"}) {
      if (mod97(std::string(digits) + "AT" + bad) != 1) continue;
      ++seen;
      EXPECT_EQ(iban(std::string("AT") + bad + digits), "InvalidInput/identifier_check");
    }
  }
  EXPECT_GT(seen, 20);
}

TEST(IbanRegistry, LengthsAreThoseOfTheForms) {
  for (const IbanCountry& country : kIbanCountries) {
    std::size_t size = 4;
    std::size_t count = 0;
    for (const char c : country.form) {
      if (c >= '0' && c <= '9') {
        count = count * 10 + static_cast<std::size_t>(c - '0');
      } else if (c != ' ') {
        EXPECT_NE(std::string_view("nac").find(c), std::string_view::npos) << country.code;
        size += std::exchange(count, 0);
      }
    }
    EXPECT_EQ(size, country.size) << country.code;
    EXPECT_LE(size, 34u) << country.code;  // ISO 13616: at most 34 characters.
  }
}

}  // namespace
}  // namespace core::identifiers
