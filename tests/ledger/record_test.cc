#include "ledger/record.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "ledger/log.h"
#include "ledger/merkle.h"
#include "tests/support/mutation.h"
#include "tests/support/numbers.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

using tests::outcome;

// --- The vectors of docs/formats/record.md: four records of one chain. ---

struct Vector {
  std::string_view leaf;
  std::string_view leaf_hash;
};

constexpr Vector kMinimal = {
    "aa010102000358200000000000000000000000000000000000000000000000000000000000000000"
    "0450000102030405060708090a0b0c0d0e0f051b000647a0b3f85600061b000647a0b3f856000783"
    "000001080009010aa0",
    "4d5f138d5a6bf72f4cdf6ecbae9be05a096d070d5fae4c4a172a2baf1248397b"};
constexpr Vector kCommandRecord = {
    "aa010102010358204d5f138d5a6bf72f4cdf6ecbae9be05a096d070d5fae4c4a172a2baf1248397b"
    "0450101112131415161718191a1b1c1d1e1f051b000647a0b40b68d0061b000647a0b40b68d00783"
    "010003080109010aa701676465706f7369740244a10241a003656c6f63616c0463722d310550c0c1"
    "c2c3c4c5c6c7c8c9cacbcccdcecf06010d01",
    "ab1a73ded4aad5dd5577fe4644793b2eac561cd0ecf27f02d84c7065ab676416"};
constexpr Vector kPostings = {
    "ac01010202035820ab1a73ded4aad5dd5577fe4644793b2eac561cd0ecf27f02d84c7065ab676416"
    "0450202122232425262728292a2b2c2d2e2f051b000647a0b40b68d006200783010103081903e809"
    "020aa2016161182a200b8483706173736574733a636d3a62616e6b3a3163455552c2490200000000"
    "0000000083781e6c696162696c69746965733a636d3a636c69656e743a313a77616c6c6574634555"
    "52c34901ffffffffffffffff83736571756974793a6d656d6f3a756e6974733a3169554e49542e50"
    "314531181883781a6571756974793a6d656d6f3a756e6974733a313a69737375656469554e49542e"
    "50314531370c818250a0a1a2a3a4a5a6a7a8a9aaabacadaeaf01",
    "21a81937083a9e291b0ae4f9adc648f3e678dfd9d075c146de572c7f29f9b7ea"};
constexpr Vector kLinks = {
    "ad0101020303582021a81937083a9e291b0ae4f9adc648f3e678dfd9d075c146de572c7f29f9b7ea"
    "0450303132333435363738393a3b3c3d3e3f051b000647a0b40b68d0061b000647a0b3f856000783"
    "010203081903e809010aa00c828250b0b1b2b3b4b5b6b7b8b9babbbcbdbebf018350a0a1a2a3a4a5"
    "a6a7a8a9aaabacadaeaf02020d825820c12b830cf529be550d6510a49374625759c70b6d6ca04f44"
    "8387845e5ec88f445820e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852"
    "b8550e02",
    "2509b1a8be7ebf0f0696ce5e45a3bcd2215726b723963ffb3eda038c7401d503"};

core::Bytes unhex(std::string_view hex) { return core::from_hex(hex).value(); }

std::string hash_of(core::ByteView leaf) {
  core::Sha256 sha256;
  return core::to_hex(leaf_hash(sha256, leaf).bytes);
}

// 16 bytes that count up.
std::array<std::uint8_t, 16> sixteen(std::uint8_t first) {
  std::array<std::uint8_t, 16> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(first + i);
  return out;
}

constexpr core::Instant kBegin{1'767'605'400'000'000};  // 2026-01-05T09:30:00Z
constexpr core::Instant kLater{1'767'605'401'250'000};  // 2026-01-05T09:30:01.25Z
const SubjectId kFirstSubject = sixteen(0xa0);
const SubjectId kSecondSubject = sixteen(0xb0);
constexpr core::Minor kBig = core::Minor{1} << 65;

// What draft and place make; "InvalidInput/..." if they are refused.
std::string encoded(const Draft& draft, const Place& place) {
  const auto leaf = encode_record(draft, place);
  return leaf ? core::to_hex(leaf.value()) : outcome(leaf);
}

Place place_of(std::uint64_t seq, std::string_view prev, std::uint8_t salt, BatchPlace batch) {
  Place place;
  place.seq = seq;
  if (!prev.empty()) place.prev = core::parse_hash(prev).value();
  place.salt = sixteen(salt);
  place.recorded_at = seq == 0 ? kBegin : kLater;
  place.batch = batch;
  return place;
}

TEST(RecordVectors, MinimalRecord) {
  Draft draft;
  draft.kind = 0;
  draft.body = unhex("a0");
  draft.effective_at = kBegin;
  EXPECT_EQ(encoded(draft, place_of(0, "", 0x00, {0, 0, 1})), kMinimal.leaf);
  EXPECT_EQ(hash_of(unhex(kMinimal.leaf)), kMinimal.leaf_hash);
}

TEST(RecordVectors, CommandRecord) {
  Draft draft;
  draft.kind = 1;
  draft.body = unhex(
      "a701676465706f7369740244a10241a003656c6f63616c0463722d310550c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
      "06010d01");
  draft.effective_at = kLater;
  EXPECT_EQ(encoded(draft, place_of(1, kMinimal.leaf_hash, 0x10, {1, 0, 3})), kCommandRecord.leaf);
  EXPECT_EQ(hash_of(unhex(kCommandRecord.leaf)), kCommandRecord.leaf_hash);
}

Draft postings_draft() {
  Draft draft;
  draft.kind = 1000;
  draft.version = 2;
  draft.body = unhex("a2016161182a20");
  draft.effective_at = {-1};
  draft.postings = {{"assets:cm:bank:1", "EUR", kBig},
                    {"liabilities:cm:client:1:wallet", "EUR", -kBig},
                    {"equity:memo:units:1", "UNIT.P1E1", 24},
                    {"equity:memo:units:1:issued", "UNIT.P1E1", -24}};
  draft.subjects = {kFirstSubject};
  return draft;
}

TEST(RecordVectors, RecordWithPostingsBeyond64Bits) {
  Place place = place_of(2, kCommandRecord.leaf_hash, 0x20, {1, 1, 3});
  place.subjects = {{kFirstSubject, 1, {}}};
  EXPECT_EQ(encoded(postings_draft(), place), kPostings.leaf);
  EXPECT_EQ(hash_of(unhex(kPostings.leaf)), kPostings.leaf_hash);
}

TEST(RecordVectors, RecordWithSubjectsDocumentsAndCorrection) {
  Draft draft;
  draft.kind = 1000;
  draft.body = unhex("a0");
  draft.effective_at = kBegin;
  draft.documents = {
      core::parse_hash("c12b830cf529be550d6510a49374625759c70b6d6ca04f448387845e5ec88f44").value(),
      core::parse_hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855").value()};
  draft.corrects = 2;
  Place place = place_of(3, kPostings.leaf_hash, 0x30, {1, 2, 3});
  place.subjects = {{kSecondSubject, 1, {}}, {kFirstSubject, 2, 2}};
  EXPECT_EQ(encoded(draft, place), kLinks.leaf);
  EXPECT_EQ(hash_of(unhex(kLinks.leaf)), kLinks.leaf_hash);
}

TEST(RecordVectors, AreReadBack) {
  const core::Bytes leaf = unhex(kPostings.leaf);
  RecordView view;
  ASSERT_EQ(outcome(decode_record(leaf, view)), "a value");
  EXPECT_EQ(view.seq, 2u);
  EXPECT_EQ(core::to_hex(view.prev.bytes), kCommandRecord.leaf_hash);
  EXPECT_EQ(view.salt, sixteen(0x20));
  EXPECT_EQ(view.recorded_at, kLater);
  EXPECT_EQ(view.effective_at, core::Instant{-1});
  EXPECT_EQ(view.batch, (BatchPlace{1, 1, 3}));
  EXPECT_EQ(view.kind, 1000u);
  EXPECT_EQ(view.version, 2u);
  EXPECT_EQ(core::to_hex(view.body), "a2016161182a20");
  ASSERT_EQ(view.postings.size(), 4u);
  EXPECT_EQ(view.postings[0].account, "assets:cm:bank:1");
  EXPECT_EQ(core::to_string(view.postings[0].amount), "36893488147419103232");
  EXPECT_EQ(core::to_string(view.postings[1].amount), "-36893488147419103232");
  EXPECT_EQ(view.postings[3].commodity, "UNIT.P1E1");
  EXPECT_EQ(view.subjects, (std::vector<SubjectLink>{{kFirstSubject, 1, {}}}));
  EXPECT_TRUE(view.documents.empty());
  EXPECT_FALSE(view.corrects.has_value());

  const core::Bytes next = unhex(kLinks.leaf);
  ASSERT_EQ(outcome(decode_record(next, view)), "a value");
  EXPECT_TRUE(view.postings.empty());  // Nothing is left of the record read before.
  EXPECT_EQ(view.subjects,
            (std::vector<SubjectLink>{{kSecondSubject, 1, {}}, {kFirstSubject, 2, 2}}));
  EXPECT_EQ(view.documents.size(), 2u);
  EXPECT_EQ(view.corrects, 2u);

  const core::Bytes first = unhex(kMinimal.leaf);
  ASSERT_EQ(outcome(decode_record(first, view)), "a value");
  EXPECT_TRUE(view.subjects.empty());
  EXPECT_TRUE(view.documents.empty());
  EXPECT_FALSE(view.corrects.has_value());
}

// --- What a reader refuses. ---

// A record's map, taken apart and put together again by hand.
using Fields = std::map<std::uint64_t, core::Bytes>;

Fields fields_of(std::string_view hex) {
  const core::Bytes leaf = unhex(hex);
  core::cbor::Decoder in(leaf);
  Fields fields;
  for (std::uint64_t left = in.map().value(); left > 0; --left) {
    const std::uint64_t key = in.unsigned_integer().value();
    const core::ByteView item = in.item().value();
    fields[key] = {item.begin(), item.end()};
  }
  return fields;
}

core::Bytes leaf_of(const Fields& fields) {
  core::Bytes leaf;
  core::cbor::Encoder out(leaf);
  out.map(fields.size());
  for (const auto& [key, item] : fields) {
    out.unsigned_integer(key);
    out.encoded(item);
  }
  return leaf;
}

std::string decoded(core::ByteView leaf) {
  RecordView view;
  return outcome(decode_record(leaf, view));
}

// The outcome for the last vector with one field in another form.
std::string with(std::uint64_t key, std::string_view item_hex) {
  Fields fields = fields_of(kLinks.leaf);
  fields[11] = fields_of(kPostings.leaf)[11];
  fields[key] = unhex(item_hex);
  return decoded(leaf_of(fields));
}

std::string hex_times(std::string_view hex, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += hex;
  return out;
}

TEST(DecodeRecord, EveryRequiredFieldIsRequired) {
  for (std::uint64_t key = 1; key <= 14; ++key) {
    SCOPED_TRACE(key);
    Fields fields = fields_of(kLinks.leaf);
    fields[11] = fields_of(kPostings.leaf)[11];
    fields.erase(key);
    EXPECT_EQ(decoded(leaf_of(fields)), key <= 10 ? "Corrupt/record" : "a value");
  }
}

TEST(DecodeRecord, UnknownFieldsAreRefused) {
  for (const std::uint64_t key : {0ull, 15ull, 23ull, 24ull, 1000ull, ~0ull}) {
    SCOPED_TRACE(key);
    EXPECT_EQ(with(key, "01"), "Corrupt/record");
  }
}

TEST(DecodeRecord, OnlyFormatOneIsKnown) {
  EXPECT_EQ(with(1, "01"), "a value");
  EXPECT_EQ(with(1, "00"), "Corrupt/record");
  EXPECT_EQ(with(1, "02"), "Corrupt/record");
}

TEST(DecodeRecord, FieldsOfTheWrongTypeAreRefused) {
  for (std::uint64_t key = 1; key <= 14; ++key) {
    for (const char* item :
         {"f5", "6161", "20", "4101", "80", "8101", "a0", "a10101", "f6", "1800"}) {
      // A body is any map, and times may be before 1970.
      if (key == 10 && item[0] == 'a') continue;
      if ((key == 5 || key == 6) && item == std::string_view("20")) continue;
      SCOPED_TRACE(std::to_string(key) + " " + item);
      EXPECT_EQ(with(key, item), "Corrupt/record");
    }
  }
}

TEST(DecodeRecord, ByteStringsHaveTheirLength) {
  for (const std::size_t length : {0u, 15u, 17u, 31u, 33u}) {
    core::Bytes item;
    core::cbor::Encoder(item).bytes(core::Bytes(length));
    const std::string hex = core::to_hex(item);
    SCOPED_TRACE(length);
    EXPECT_EQ(with(3, hex), "Corrupt/record");
    EXPECT_EQ(with(4, hex), "Corrupt/record");
    EXPECT_EQ(with(12, "8182" + hex + "01"), "Corrupt/record");
    EXPECT_EQ(with(13, "81" + hex), "Corrupt/record");
  }
}

TEST(DecodeRecord, TimesAre64Bits) {
  EXPECT_EQ(with(5, "1b7fffffffffffffff"), "a value");
  EXPECT_EQ(with(5, "1b8000000000000000"), "Corrupt/record");
  EXPECT_EQ(with(6, "3b7fffffffffffffff"), "a value");
  EXPECT_EQ(with(6, "3b8000000000000000"), "Corrupt/record");
  EXPECT_EQ(with(6, "c249010000000000000000"), "Corrupt/record");
}

TEST(DecodeRecord, ABatchPlaceHasThreeNumbers) {
  EXPECT_EQ(with(7, "83000001"), "a value");
  EXPECT_EQ(with(7, "820001"), "Corrupt/record");
  EXPECT_EQ(with(7, "8400000100"), "Corrupt/record");
  EXPECT_EQ(with(7, "83200001"), "Corrupt/record");
}

TEST(DecodeRecord, APostingHasThreeParts) {
  EXPECT_EQ(with(11, "81836161616201"), "a value");
  EXPECT_EQ(with(11, "818261616162"), "Corrupt/record");
  EXPECT_EQ(with(11, "8184616161620101"), "Corrupt/record");
  EXPECT_EQ(with(11, "81834161616201"), "Corrupt/record");
  EXPECT_EQ(with(11, "8183616161626131"), "Corrupt/record");
}

TEST(DecodeRecord, ASubjectHasTwoPartsOrThree) {
  const std::string id = "50" + std::string(32, '0');
  EXPECT_EQ(with(12, "8182" + id + "01"), "a value");
  EXPECT_EQ(with(12, "8183" + id + "0105"), "a value");
  EXPECT_EQ(with(12, "8181" + id), "Corrupt/record");
  EXPECT_EQ(with(12, "8184" + id + "010505"), "Corrupt/record");
  EXPECT_EQ(with(12, "8182" + id + "20"), "Corrupt/record");
}

TEST(DecodeRecord, ListsHaveTheirLimits) {
  const std::string subject = "8250" + std::string(32, '0') + "01";
  const std::string document = "5820" + std::string(64, '0');
  const std::string posting = "836161616201";
  EXPECT_EQ(with(11, "9903e8" + hex_times(posting, 1000)), "a value");
  EXPECT_EQ(with(11, "9903e9" + hex_times(posting, 1001)), "Corrupt/record");
  EXPECT_EQ(with(12, "90" + hex_times(subject, 16)), "a value");
  EXPECT_EQ(with(12, "91" + hex_times(subject, 17)), "Corrupt/record");
  EXPECT_EQ(with(13, "9840" + hex_times(document, 64)), "a value");
  EXPECT_EQ(with(13, "9841" + hex_times(document, 65)), "Corrupt/record");
  EXPECT_EQ(with(11, "9bffffffffffffffff"), "Corrupt/record");
}

TEST(DecodeRecord, ABodyIsAnyDeterministicMap) {
  EXPECT_EQ(with(10, "a301f502826161c2490100000000000000000300"), "a value");
  for (const char* body : {"80", "01", "f5", "6161", "a20101", "a201010101", "bf01ff", "a101f6",
                           "a101f90000", "a1616101", "a1011801"}) {
    SCOPED_TRACE(body);
    EXPECT_EQ(with(10, body), "Corrupt/record");
  }
  EXPECT_EQ(with(10, hex_times("a101", 16) + "00"), "a value");
  EXPECT_EQ(with(10, hex_times("a101", 17) + "00"), "Corrupt/record");
}

TEST(DecodeRecord, WhatEndsEarlyOrGoesOnIsRefused) {
  core::Bytes leaf = unhex(kLinks.leaf);
  leaf.push_back(0);
  EXPECT_EQ(decoded(leaf), "Corrupt/record");
  leaf.pop_back();
  while (!leaf.empty()) {
    leaf.pop_back();
    SCOPED_TRACE(leaf.size());
    EXPECT_EQ(decoded(leaf), "Corrupt/record");
  }
}

TEST(DecodeRecord, ErrorNamesTheByte) {
  core::Bytes leaf = unhex(kMinimal.leaf);
  leaf.back() = 0xf6;  // The body is null.
  RecordView view;
  EXPECT_EQ(decode_record(leaf, view).error().at, "byte 88");
}

// --- Limits. ---

Draft draft_with_body_of(std::size_t bytes) {
  Draft draft;
  draft.kind = 1000;
  core::cbor::Encoder out(draft.body);
  out.map(1);
  out.unsigned_integer(1);
  out.bytes(core::Bytes(bytes));
  return draft;
}

TEST(EncodeRecord, ARecordHasALimitWhichReadersHoldToo) {
  const Place place = place_of(1, kMinimal.leaf_hash, 0, {1, 0, 1});
  const std::size_t around = encode_record(draft_with_body_of(1000), place).value().size() - 1000;
  const auto largest = encode_record(draft_with_body_of(kRecordBytesMax - around), place);
  ASSERT_EQ(outcome(largest), "a value");
  EXPECT_EQ(largest.value().size(), kRecordBytesMax);
  EXPECT_EQ(decoded(largest.value()), "a value");
  EXPECT_EQ(outcome(encode_record(draft_with_body_of(kRecordBytesMax - around + 1), place)),
            "InvalidInput/record_too_large");

  // Written by somebody else, it is refused all the same.
  Fields fields = fields_of(core::to_hex(largest.value()));
  fields[10] = draft_with_body_of(kRecordBytesMax - around + 1).body;
  EXPECT_EQ(decoded(leaf_of(fields)), "Corrupt/record");
}

TEST(EncodeRecord, ListsHaveTheirLimits) {
  Draft draft;
  draft.body = unhex("a0");
  Place place = place_of(1, kMinimal.leaf_hash, 0, {1, 7, 9});
  draft.postings.assign(kPostingsMax, {"a", "b", 1});
  draft.documents.resize(kDocumentsMax);
  place.subjects.resize(kSubjectsMax);
  EXPECT_EQ(outcome(encode_record(draft, place)), "a value");

  draft.postings.push_back({"a", "b", 1});
  EXPECT_EQ(outcome(encode_record(draft, place)), "InvalidInput/too_many_postings");
  EXPECT_EQ(encode_record(draft, place).error().at, "record 7 of the batch");
  draft.postings.clear();
  place.subjects.emplace_back();
  EXPECT_EQ(outcome(encode_record(draft, place)), "InvalidInput/too_many_subjects");
  place.subjects.clear();
  draft.documents.emplace_back();
  EXPECT_EQ(outcome(encode_record(draft, place)), "InvalidInput/too_many_documents");
}

// --- Property: whatever is accepted is the one encoding of its record. ---

core::Result<core::Bytes> encoded_again(const RecordView& view) {
  Draft draft;
  draft.kind = view.kind;
  draft.version = view.version;
  draft.body.assign(view.body.begin(), view.body.end());
  draft.effective_at = view.effective_at;
  for (const PostingView& posting : view.postings) {
    draft.postings.push_back(
        {std::string(posting.account), std::string(posting.commodity), posting.amount});
  }
  draft.documents = view.documents;
  draft.corrects = view.corrects;
  return encode_record(
      draft, {view.seq, view.prev, view.salt, view.recorded_at, view.batch, view.subjects});
}

core::Bytes random_record(tests::Numbers& numbers) {
  const auto number = [&] { return static_cast<std::uint64_t>(numbers.not_negative() >> 64); };
  Draft draft;
  Place place;
  draft.kind = numbers.below(70);
  draft.version = numbers.below(3);
  draft.body = numbers.below(2) == 0 ? unhex("a0") : postings_draft().body;
  draft.effective_at = {static_cast<std::int64_t>(number())};
  for (std::uint64_t i = numbers.below(4); i > 0; --i) {
    draft.postings.push_back({"assets:cm:bank:1", "EUR", numbers.any()});
  }
  draft.documents.resize(numbers.below(3));
  if (numbers.below(2) == 0) draft.corrects = number();
  place.seq = number();
  place.recorded_at = {-static_cast<std::int64_t>(number())};
  place.batch = {number(), number(), number()};
  for (std::uint64_t i = numbers.below(3); i > 0; --i) {
    place.subjects.push_back({sixteen(static_cast<std::uint8_t>(i)), number(), {}});
    if (numbers.below(2) == 0) place.subjects.back().prev_seq = number();
  }
  return encode_record(draft, place).value();
}

TEST(RecordProperty, WhateverIsAcceptedIsTheOneEncodingOfItsRecord) {
  int accepted = 0;
  RecordView view;
  for (std::uint64_t seed = 0; seed < 100'000; ++seed) {
    tests::Numbers numbers(seed);
    const core::Bytes valid = random_record(numbers);
    ASSERT_TRUE(decode_record(valid, view).has_value()) << "seed " << seed;
    ASSERT_EQ(encoded_again(view).value(), valid) << "seed " << seed;
    const core::Bytes bytes = tests::mutated(valid, numbers);
    if (!decode_record(bytes, view)) continue;
    ++accepted;
    ASSERT_EQ(encoded_again(view).value(), bytes) << "seed " << seed;
  }
  // Many accidents fall inside hashes and numbers and make another valid record.
  EXPECT_GT(accepted, 10'000);
}

}  // namespace
}  // namespace ledger
