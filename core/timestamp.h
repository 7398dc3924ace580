#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/bytes.h"
#include "core/result.h"
#include "core/sha256.h"
#include "core/time.h"

// Time stamps by an authority outside: that a digest existed at a time. Source: RFC 3161, through
// OpenSSL.
namespace core {

using TimestampNonce = std::array<std::uint8_t, 8>;

// The request for a digest, DER, with the authority's certificate asked for. The first byte of the
// nonce is made 01..7f, so that the request is always 69 bytes.
Bytes timestamp_request(const Hash& digest, TimestampNonce nonce);

struct Timestamp {
  Instant time;
  std::string authority;  // The subject of the certificate that signed.
};

// Checks an authority's reply to a request: granted, of the same digest and nonce, signed by a
// certificate for time stamping alone (critical) that the signature names itself and that leads to
// one of the PEM certificates in `trusted`. Errors: InvalidInput/certificates if `trusted` has
// none; Unavailable/tsa_refused if it was not granted;
//         Corrupt/timestamp for anything else.
// Source: RFC 3161 section 2.4.2, RFC 5816.
Result<Timestamp> check_timestamp(ByteView request, ByteView reply, std::string_view trusted);

}  // namespace core
