#include "gateway/vault/entries.h"

#include "core/sealing.h"
#include "gateway/vault/check.h"
#include "ledger/big_endian.h"

namespace gateway::vault {
namespace {

constexpr std::string_view kMagic = "TALLYVD1";
constexpr std::string_view kContext = "tallystick/vault/entry/v1\n";
constexpr std::size_t kHeaderBytes = 8 + sizeof(ListKey) + kCheckBytes;
// length:u32 type:u8 number:u64 id[16] check[8]
constexpr std::size_t kHeadBytes = 4 + 1 + 8 + sizeof(IdBytes) + kCheckBytes;
constexpr std::size_t kSealedBytesMax = 2 * kTextBytesMax;

// What is sealed of a field; a name is sealed as it is.
struct SealedField {
  std::string kind;
  std::string field;
  std::string text;
  core::Bytes salt;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "kind", self.kind);
    field(2, "field", self.field);
    field(3, "text", self.text);
    field(4, "salt", self.salt);
  }
};

core::Error damaged(const std::string& path, std::size_t offset) {
  return core::corrupt("vault", path + ": byte " + std::to_string(offset),
                       "An entry of the vault was altered; restore the file from a backup, see "
                       "docs/runbooks/erasure.md.");
}

// An entry belongs to its vault, its person and its number.
core::Bytes context_of(const Place& place, const ListKey& list_key) {
  const core::ByteView purpose = core::as_bytes(kContext);
  core::Bytes out(purpose.begin(), purpose.end());
  out.insert(out.end(), list_key.begin(), list_key.end());
  out.push_back(static_cast<std::uint8_t>(place.type));
  ledger::append_big_endian(out, place.number);
  out.insert(out.end(), place.id.begin(), place.id.end());
  return out;
}

core::Bytes make_entry(const Place& place, core::ByteView plaintext, core::ByteView key,
                       const ListKey& list_key, core::Random& random) {
  const core::Bytes sealed = core::seal(plaintext, key, context_of(place, list_key), random);
  core::Bytes out;
  out.reserve(kHeadBytes + sealed.size() + kCheckBytes);
  ledger::append_big_endian(out, static_cast<std::uint32_t>(sealed.size()));
  out.push_back(static_cast<std::uint8_t>(place.type));
  ledger::append_big_endian(out, place.number);
  out.insert(out.end(), place.id.begin(), place.id.end());
  append_check(out, 0);
  out.insert(out.end(), sealed.begin(), sealed.end());
  append_check(out, 0);
  return out;
}

// Into memory that the caller wipes.
core::Result<core::Bytes> open_entry(const Place& place, core::ByteView entry, core::ByteView key,
                                     const ListKey& list_key) {
  const core::ByteView sealed = entry.subspan(kHeadBytes, entry.size() - kHeadBytes - kCheckBytes);
  core::Bytes plaintext(sealed.size() - core::kSealedExtraBytes);
  if (core::unseal(plaintext, sealed, key, context_of(place, list_key))) return plaintext;
  return damaged("vault/data", place.begin);
}

// Nothing if the file ends before the entry does.
core::Result<std::optional<Place>> read_entry(core::ByteView content, std::size_t begin,
                                              const std::string& path) {
  const core::ByteView rest = content.subspan(begin);
  if (rest.size() < kHeadBytes) return std::optional<Place>();
  const core::ByteView head = rest.first(kHeadBytes);
  // The length counts only if the head is whole: a flipped bit in it must not look like a crash.
  if (!has_check(head)) return damaged(path, begin);
  Place place;
  const std::uint32_t length = ledger::read_big_endian<std::uint32_t>(head.first(4));
  place.type = static_cast<EntryType>(head[4]);
  place.number = ledger::read_big_endian<std::uint64_t>(head.subspan(5, 8));
  std::copy_n(head.begin() + 13, place.id.size(), place.id.begin());
  place.begin = begin;
  place.bytes = kHeadBytes + length + kCheckBytes;
  if (length < core::kSealedExtraBytes || length > kSealedBytesMax ||
      (place.type != EntryType::Name && place.type != EntryType::Field)) {
    return damaged(path, begin);
  }
  if (rest.size() < place.bytes) return std::optional<Place>();
  if (!has_check(rest.first(place.bytes))) return damaged(path, begin);
  return std::optional<Place>(place);
}

}  // namespace

core::Bytes entries_header(const ListKey& key) {
  const core::ByteView magic = core::as_bytes(kMagic);
  core::Bytes out(magic.begin(), magic.end());
  out.insert(out.end(), key.begin(), key.end());
  append_check(out, 0);
  return out;
}

core::Result<Entries> read_entries(core::ByteView content, const std::string& path) {
  if (content.size() < kHeaderBytes || !has_check(content.first(kHeaderBytes)) ||
      core::as_text(content.first(kMagic.size())) != kMagic) {
    return damaged(path, 0);
  }
  Entries out;
  std::copy_n(content.begin() + kMagic.size(), out.list_key.size(), out.list_key.begin());
  out.end = kHeaderBytes;
  while (out.end < content.size()) {
    if (all_zero(content.subspan(out.end))) break;
    TRY(const auto place, read_entry(content, out.end, path));
    if (!place) break;
    if (!out.places.empty() && place->number <= out.places.back().number) {
      return damaged(path, out.end);
    }
    out.places.push_back(*place);
    out.end += place->bytes;
  }
  out.torn = out.end < content.size();
  return out;
}

core::Bytes name_entry(std::uint64_t number, const IdBytes& id, std::string_view name,
                       core::ByteView key, const ListKey& list_key, core::Random& random) {
  return make_entry({number, EntryType::Name, id}, core::as_bytes(name), key, list_key, random);
}

core::Bytes field_entry(std::uint64_t number, const IdBytes& id, const Field& field,
                        core::ByteView key, const ListKey& list_key, core::Random& random) {
  core::Bytes plaintext = core::to_cbor(SealedField{
      field.kind, field.field, field.text, core::Bytes(field.salt.begin(), field.salt.end())});
  core::Bytes out = make_entry({number, EntryType::Field, id}, plaintext, key, list_key, random);
  core::wipe(plaintext);
  return out;
}

core::Result<std::string> open_name(const Place& place, core::ByteView entry, core::ByteView key,
                                    const ListKey& list_key) {
  TRY(core::Bytes plaintext, open_entry(place, entry, key, list_key));
  std::string name(core::as_text(plaintext));
  core::wipe(plaintext);
  return name;
}

core::Result<Field> open_field(const Place& place, core::ByteView entry, core::ByteView key,
                               const ListKey& list_key) {
  TRY(core::Bytes plaintext, open_entry(place, entry, key, list_key));
  auto sealed = core::from_cbor<SealedField>(plaintext);
  core::wipe(plaintext);
  if (!sealed || sealed.value().salt.size() != sizeof(Salt)) {
    return damaged("vault/data", place.begin);
  }
  Field field{std::move(sealed.value().kind),
              std::move(sealed.value().field),
              std::move(sealed.value().text),
              {}};
  std::copy_n(sealed.value().salt.begin(), field.salt.size(), field.salt.begin());
  return field;
}

}  // namespace gateway::vault
