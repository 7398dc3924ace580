#include "gateway/vault/values.h"

#include <algorithm>

#include "core/nfc.h"
#include "ledger/big_endian.h"

namespace gateway::vault {
namespace {

constexpr std::string_view kTagPurpose = "tallystick/vault/tag/v1\n";

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

core::Result<> check_word(std::string_view word, std::size_t bytes_max) {
  if (!word.empty() && word.size() <= bytes_max &&
      std::all_of(word.begin(), word.end(), is_word_character)) {
    return core::ok();
  }
  return core::invalid("personal_field", std::string(word.substr(0, bytes_max)),
                       "A personal field is named by up to " + std::to_string(bytes_max) +
                           " of a-z, 0-9 and '_', such as home_address.");
}

void append(core::Bytes& out, std::string_view text) {
  ledger::append_big_endian(out, static_cast<std::uint32_t>(text.size()));
  out.insert(out.end(), text.begin(), text.end());
}

}  // namespace

core::Hash commitment(const Field& field) {
  core::Bytes message;
  message.reserve(2 * sizeof(std::uint32_t) + field.kind.size() + field.field.size() +
                  field.text.size());
  append(message, field.kind);
  append(message, field.field);
  message.insert(message.end(), field.text.begin(), field.text.end());
  return core::hmac_sha256(field.salt, message);
}

core::Result<Field> check_field(std::string kind, std::string field, std::string_view text) {
  TRY(check_word(kind, kKindBytesMax));
  TRY(check_word(field, kFieldBytesMax));
  if (text.size() > kTextBytesMax) {
    return core::invalid("too_long", field, "A personal text has at most 16 KiB.");
  }
  auto composed = core::to_nfc(text);
  if (!composed) return std::move(composed.error()).within(field);
  return Field{std::move(kind), std::move(field), std::move(composed.value()), {}};
}

Tag tag_of(const ListKey& key) {
  core::Sha256 sha256;
  const core::Hash hash = sha256(core::as_bytes(kTagPurpose), key);
  Tag tag{};
  std::copy_n(hash.bytes.begin(), tag.size(), tag.begin());
  return tag;
}

}  // namespace gateway::vault
