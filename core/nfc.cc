#include "core/nfc.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "core/check.h"
#include "core/utf8.h"

namespace core {

Result<std::string> to_nfc(std::string_view text) {
  if (!is_utf8(text)) return invalid("text", "", "The text is not UTF-8.");
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
  CHECK(U_SUCCESS(status));
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  nfc->normalizeUTF8(0, piece, sink, nullptr, status);
  CHECK(U_SUCCESS(status));
  return out;
}

}  // namespace core
