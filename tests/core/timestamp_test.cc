#include "core/timestamp.h"

#include <gtest/gtest.h>

#include "tests/support/outcome.h"

// That good replies hold and bad ones do not is tested with an authority made with openssl:
// tests/scripts/stamp_test.sh.
namespace core {
namespace {

using tests::outcome;

// A root that has signed nothing.
constexpr std::string_view kRoot = R"(-----BEGIN CERTIFICATE-----
MIIBPjCB8aADAgECAhQ3FyKBVMyIwmRiohnjtu+5HZreDjAFBgMrZXAwFDESMBAG
A1UEAwwJVGVzdCBSb290MCAXDTI2MTEyNjAyMjg0MloYDzIxMjYxMTAyMDIyODQy
WjAUMRIwEAYDVQQDDAlUZXN0IFJvb3QwKjAFBgMrZXADIQAOT2aplt9BpQzyVJ2b
1v7cyzExIGIg9V89dIon4+fXYaNTMFEwHQYDVR0OBBYEFBM7up71It6vyHHoEjFc
hasAf8vuMB8GA1UdIwQYMBaAFBM7up71It6vyHHoEjFchasAf8vuMA8GA1UdEwEB
/wQFMAMBAf8wBQYDK2VwA0EAA41bxgVitmBAlR7zwm/mniUo4NEDZzjZPeWS8q7P
qkiCpJqoxL8O4UoPbkbFwPASGfzNrc3RJbLjZUcfhthQBw==
-----END CERTIFICATE-----
)";

Bytes request() {
  return timestamp_request(sha256(as_bytes("x")), {0x01, 2, 3, 4, 5, 6, 7, 8});
}

TEST(TimestampRequest, IsWhatOpensslMakes) {
  EXPECT_EQ(to_hex(request()),
            "30430201013031300d060960864801650304020105000420"
            "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
            "020802020304050607080101ff");
}

TEST(TimestampRequest, HasOneLengthWhateverTheNonce) {
  for (int first = 0; first < 256; ++first) {
    const Bytes made = timestamp_request(Hash{}, {static_cast<std::uint8_t>(first)});
    ASSERT_EQ(made.size(), 69u);
    EXPECT_GE(made[58], 0x01);
    EXPECT_LE(made[58], 0x7f);
  }
}

TEST(CheckTimestamp, RepliesThatAreNoneAreRefused) {
  for (const std::string_view hex :
       {"", "00", "3000", "30", "30053003020100", "308000", "300530030201000000", "ffffffff"}) {
    EXPECT_EQ(outcome(check_timestamp(request(), from_hex(hex).value(), kRoot)),
              "Corrupt/timestamp")
        << hex;
  }
  EXPECT_EQ(outcome(check_timestamp({}, from_hex("30053003020100").value(), kRoot)),
            "Corrupt/timestamp");
}

TEST(CheckTimestamp, ARefusalIsSaidSo) {
  for (const std::string_view hex : {"30053003020102", "30053003020103", "30053003020105"}) {
    EXPECT_EQ(outcome(check_timestamp(request(), from_hex(hex).value(), kRoot)),
              "Unavailable/tsa_refused")
        << hex;
  }
}

TEST(CheckTimestamp, WithoutCertificatesNothingHolds) {
  for (const std::string_view pem :
       {"", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}) {
    EXPECT_EQ(outcome(check_timestamp(request(), from_hex("30053003020100").value(), pem)),
              "InvalidInput/certificates");
  }
}

}  // namespace
}  // namespace core
