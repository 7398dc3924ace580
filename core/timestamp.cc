#include "core/timestamp.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace core {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::uint8_t kHead[] = {0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30,
                                  0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
                                  0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
constexpr std::uint8_t kBeforeNonce[] = {0x02, 0x08};
constexpr std::uint8_t kWithCertificate[] = {0x01, 0x01, 0xff};

template <class T, void (*release)(T*)>
struct Release {
  void operator()(T* object) const { release(object); }
};
template <class T, void (*release)(T*)>
using Owned = std::unique_ptr<T, Release<T, release>>;

using Request = Owned<TS_REQ, TS_REQ_free>;
using Reply = Owned<TS_RESP, TS_RESP_free>;
using Store = Owned<X509_STORE, X509_STORE_free>;
using Verification = Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using Certificate = Owned<X509, X509_free>;

struct CloseBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using Bio = std::unique_ptr<BIO, CloseBio>;

Error bad(std::string detail) { return corrupt("timestamp", "", std::move(detail)); }

// What OpenSSL found, in its own words.
std::string reasons() {
  std::string out;
  while (const unsigned long code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    if (reason != nullptr) out += (out.empty() ? "" : "; ") + std::string(reason);
  }
  return out.empty() ? "no reason is given" : out;
}

// The whole of `bytes`, and nothing behind it.
template <class T, class Decode>
T decode_all(ByteView bytes, const Decode& decode) {
  const unsigned char* place = bytes.data();
  T object(decode(nullptr, &place, static_cast<long>(bytes.size())));
  if (object && place != bytes.data() + bytes.size()) object.reset();
  return object;
}

Result<Store> read_certificates(std::string_view pem) {
  Store store(X509_STORE_new());
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::size_t count = 0;
  while (const Certificate one{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)}) {
    X509_STORE_add_cert(store.get(), one.get());
    ++count;
  }
  ERR_clear_error();
  if (count > 0) return store;
  return invalid("certificates", "", "There is no PEM certificate here.");
}

// 0 (granted) and 1 (granted with changes) alone mean that there is a time stamp.
Result<> check_status(TS_RESP* reply) {
  const long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(reply)));
  if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return ok();
  return unavailable("tsa_refused", "",
                     "The authority answered with status " + std::to_string(status) + ".");
}

Result<Timestamp> read_timestamp(TS_RESP* reply) {
  std::tm time{};
  if (ASN1_TIME_to_tm(TS_TST_INFO_get_time(TS_RESP_get_tst_info(reply)), &time) != 1) {
    return bad("The time of the time stamp cannot be read.");
  }
  Timestamp out{{static_cast<std::int64_t>(::timegm(&time)) * kMicros}, ""};
  const auto* certificates = PKCS7_get0_signers(TS_RESP_get_token(reply), nullptr, 0);
  if (certificates != nullptr && sk_X509_num(certificates) > 0) {
    char name[256];
    X509_NAME_oneline(X509_get_subject_name(sk_X509_value(certificates, 0)), name, sizeof name);
    out.authority = name;
  }
  sk_X509_free(const_cast<STACK_OF(X509)*>(certificates));
  return out;
}

}  // namespace

Bytes timestamp_request(const Hash& digest, TimestampNonce nonce) {
  nonce[0] = static_cast<std::uint8_t>(1 + nonce[0] % 0x7f);
  Bytes request(std::begin(kHead), std::end(kHead));
  request.insert(request.end(), digest.bytes.begin(), digest.bytes.end());
  request.insert(request.end(), std::begin(kBeforeNonce), std::end(kBeforeNonce));
  request.insert(request.end(), nonce.begin(), nonce.end());
  request.insert(request.end(), std::begin(kWithCertificate), std::end(kWithCertificate));
  return request;
}

Result<Timestamp> check_timestamp(ByteView request_bytes, ByteView reply_bytes,
                                  std::string_view trusted) {
  ERR_clear_error();
  TRY(Store store, read_certificates(trusted));
  const auto request = decode_all<Request>(request_bytes, d2i_TS_REQ);
  const auto reply = decode_all<Reply>(reply_bytes, d2i_TS_RESP);
  if (!request || !reply)
    return bad("This is no request or no reply of RFC 3161: " + reasons() + ".");
  TRY(check_status(reply.get()));
  if (TS_RESP_get_token(reply.get()) == nullptr || TS_RESP_get_tst_info(reply.get()) == nullptr) {
    return bad("The reply has no time stamp in it.");
  }
  const Verification verification(TS_REQ_to_TS_VERIFY_CTX(request.get(), nullptr));
  if (!verification) return bad("The request cannot be gone by: " + reasons() + ".");
  TS_VERIFY_CTX_add_flags(verification.get(), TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(verification.get(), store.release());
  if (TS_RESP_verify_response(verification.get(), reply.get()) != 1) {
    return bad("The time stamp does not hold: " + reasons() + ".");
  }
  return read_timestamp(reply.get());
}

}  // namespace core
