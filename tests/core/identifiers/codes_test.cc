#include <gtest/gtest.h>

#include <string>

#include "core/identifiers/identifiers.h"
#include "tests/support/outcome.h"

namespace core::identifiers {
namespace {

using tests::outcome;

// Source: the examples of ISO 9362 and of banks' own pages.
TEST(Bic, EightOrElevenCharacters) {
  for (const char* good : {"DEUTDEFF", "DEUTDEFF500", "NEDSZAJJXXX", "UBSWCHZH80A"}) {
    EXPECT_EQ(outcome(check_bic(good)), "a value") << good;
  }
  EXPECT_EQ(outcome(check_bic("DEUTDEFF5")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_bic("deutdeff")), "InvalidInput/identifier_character");
  EXPECT_EQ(outcome(check_bic("DEUT1EFF")), "InvalidInput/identifier_character");
  EXPECT_EQ(outcome(check_bic("DEUTQQFF")), "InvalidInput/identifier_country");
}

// Source: ISO 10383, list of market identifier codes.
TEST(Mic, FourCapitalLettersAndDigits) {
  for (const char* good : {"XLON", "XNYS", "360T", "BMTF"})
    EXPECT_EQ(outcome(check_mic(good)), "a value");
  EXPECT_EQ(outcome(check_mic("XLO")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_mic("XLo1")), "InvalidInput/identifier_character");
}

// Source: ISO 10962: common shares, a bond, a call option, a financial future, a contract for
// differences.
TEST(Cfi, CategoryAndItsGroup) {
  for (const char* good : {"ESVUFR", "DBFTFB", "OCASPS", "FFICSX", "JESXCC"}) {
    EXPECT_EQ(outcome(check_cfi(good)), "a value") << good;
  }
  EXPECT_EQ(outcome(check_cfi("ESVUF")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_cfi("XSVUFR")), "InvalidInput/identifier_character");
  EXPECT_EQ(outcome(check_cfi("ERVUFR")), "InvalidInput/identifier_character");
  EXPECT_EQ(outcome(check_cfi("ESVUF1")), "InvalidInput/identifier_character");
}

// Source: the Financial Services Register: Barclays Bank Plc is 122702.
TEST(Frn, SixOrSevenDigits) {
  for (const char* good : {"122702", "552016", "1004478"})
    EXPECT_EQ(outcome(check_frn(good)), "a value");
  EXPECT_EQ(outcome(check_frn("12270")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_frn("12270211")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_frn("012702")), "InvalidInput/identifier_character");
  EXPECT_EQ(outcome(check_frn("12270A")), "InvalidInput/identifier_character");
}

// Source: ASIC's list of licensees.
TEST(Afsl, SixDigits) {
  for (const char* good : {"218770", "221146"}) EXPECT_EQ(outcome(check_afsl(good)), "a value");
  EXPECT_EQ(outcome(check_afsl("000218770")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_afsl("018770")), "InvalidInput/identifier_character");
}

// Source: licence numbers as CySEC prints them.
TEST(CifNumber, NumberAndYear) {
  for (const char* good : {"109/10", "030/04", "1/04"}) {
    EXPECT_EQ(outcome(check_cif_number(good)), "a value") << good;
  }
  EXPECT_EQ(outcome(check_cif_number("1234/10")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_cif_number("/10")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_cif_number("109/2010")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_cif_number("109-10")), "InvalidInput/identifier_length");
  EXPECT_EQ(outcome(check_cif_number("109/1x")), "InvalidInput/identifier_character");
  EXPECT_EQ(outcome(check_cif_number("x09/10")), "InvalidInput/identifier_character");
}

}  // namespace
}  // namespace core::identifiers
