#include "ledger/tile.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "tests/ledger/tlog_vectors.h"
#include "tests/support/outcome.h"

namespace ledger {
namespace {

constexpr std::string_view kBundleHex =
    "00000001000001100002202100023031000440414243000850515253545556570010606162636465666768696a6b6c"
    "6d6e6f";

template <class T>
void expect_refused(const core::Result<T>& result, std::string_view outcome) {
  EXPECT_EQ(tests::outcome(result), outcome);
}

// --- Bundles ---

TEST(Bundle, OfTheExampleLogMatchesVector) {
  EXPECT_EQ(core::to_hex(encode_bundle(vectors::entries()).value()), kBundleHex);
}

TEST(Bundle, DecodesToViewsOfItsEntries) {
  const core::Bytes bundle = core::from_hex(kBundleHex).value();
  const auto entries = decode_bundle(bundle).value();
  ASSERT_EQ(entries.size(), 8u);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(core::to_hex(entries[i]), core::to_hex(vectors::entries()[i])) << i;
  }
  EXPECT_EQ(entries[1].data(), bundle.data() + 4);
}

TEST(Bundle, CutInsideAnEntryIsCorrupt) {
  const core::Bytes bundle = core::from_hex(kBundleHex).value();
  std::size_t end = 0;  // Of the entries that are whole.
  std::size_t whole = 0;
  for (std::size_t size = 0; size < bundle.size(); ++size) {
    const core::Bytes exact(bundle.begin(), bundle.begin() + static_cast<std::ptrdiff_t>(size));
    const auto entries = decode_bundle(exact);
    if (size == end) {
      ASSERT_TRUE(entries) << size;
      EXPECT_EQ(entries.value().size(), whole) << size;
      end += 2 + vectors::entries()[whole++].size();
    } else {
      SCOPED_TRACE(size);
      expect_refused(entries, "Corrupt/bundle");
    }
  }
}

TEST(Bundle, ReaderGivesWhatIsWholeBeforeItFails) {
  const core::Bytes bundle = core::from_hex("000110000220").value();
  BundleReader reader(bundle);
  EXPECT_EQ(core::to_hex(*reader.next().value()), "10");
  expect_refused(reader.next(), "Corrupt/bundle");
}

TEST(Bundle, WithoutEntriesIsEmpty) {
  EXPECT_TRUE(encode_bundle({}).value().empty());
  EXPECT_TRUE(decode_bundle({}).value().empty());
}

TEST(Bundle, EntryOfTheLargestSizeRoundTripsAndALargerOneIsRefused) {
  std::vector<core::Bytes> entries{core::Bytes(kEntryBytesMax, 7)};
  const core::Bytes bundle = encode_bundle(entries).value();
  EXPECT_EQ(decode_bundle(bundle).value().at(0).size(), kEntryBytesMax);

  entries[0].push_back(7);
  expect_refused(encode_bundle(entries), "InvalidInput/bundle");
  core::Bytes before = bundle;
  expect_refused(append_entry(before, entries[0]), "InvalidInput/bundle");
  EXPECT_EQ(before, bundle);
}

TEST(Bundle, Of256EntriesRoundTripsAndAnotherIsRefused) {
  std::vector<core::Bytes> entries(kTileWidth);
  core::Bytes bundle = encode_bundle(entries).value();
  EXPECT_EQ(decode_bundle(bundle).value().size(), kTileWidth);

  entries.emplace_back();
  expect_refused(encode_bundle(entries), "InvalidInput/bundle");
  ASSERT_TRUE(append_entry(bundle, {}));
  expect_refused(decode_bundle(bundle), "Corrupt/bundle");
}

// --- Paths ---

struct PathCase {
  TileAddress address;
  std::string_view path;
};

const std::vector<PathCase>& path_cases() {
  static const std::vector<PathCase> cases = {
      {{.level = 0, .index = 0}, "tile/0/000"},
      {{.level = 0, .index = 5}, "tile/0/005"},
      {{.level = 0, .index = 999}, "tile/0/999"},
      {{.level = 1, .index = 1000}, "tile/1/x001/000"},
      {{.level = 2, .index = 1234067}, "tile/2/x001/x234/067"},
      {{.level = 63, .index = 1000000, .width = 255}, "tile/63/x001/x000/000.p/255"},
      {{.level = 0, .index = 273, .width = 112}, "tile/0/273.p/112"},
      {{.level = {}, .index = 5}, "tile/entries/005"},
      {{.level = {}, .index = 1234067, .width = 1}, "tile/entries/x001/x234/067.p/1"},
      {{.level = 0, .index = ~std::uint64_t{0}}, "tile/0/x018/x446/x744/x073/x709/x551/615"}};
  return cases;
}

TEST(TilePath, MatchesVectorsBothWays) {
  for (const auto& [address, path] : path_cases()) {
    EXPECT_EQ(tile_path(address), path);
    const auto parsed = parse_tile_path(path);
    ASSERT_TRUE(parsed) << path;
    EXPECT_EQ(parsed.value(), address) << path;
  }
}

TEST(TilePath, OtherSpellingsAreRefused) {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "/tile/0/000",
                           "tile/0/000/",
                           "tile/0/0",
                           "tile/0/0000",
                           "tile/00/000",
                           "tile/64/000",
                           "tile/-1/000",
                           "tile/x/000",
                           "tile//000",
                           "tile/Entries/000",
                           "tile/entries",
                           "tile/8/0/000.p/",  // Go's sumdb has a height element.
                           "tile/0/1000",
                           "tile/0/001/000",
                           "tile/0/x001",
                           "tile/0/x000/005",
                           "tile/0/x001/x000",
                           "tile/0/x001//000",
                           "tile/0/xx001/000",
                           "tile/0/X001/000",
                           "tile/0/000.p",
                           "tile/0/000.p/",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/1/",
                           "tile/0/.p/1",
                           "tile/0/000.p/1.p/1",
                           "tile/0/00a",
                           "tile/0/../000",
                           "tile/0/ 000",
                           "tile/0/000\n",
                           "tile/0/x018/x446/x744/x073/x709/x551/616"}) {
    SCOPED_TRACE(path);
    expect_refused(parse_tile_path(path), "InvalidInput/tile_path");
  }
}

// --- Counts ---

TEST(TileCount, OfSeventyThousandLeavesMatchesVector) {
  EXPECT_EQ(tile_count(70000, 0), (TileCount{273, 112}));
  EXPECT_EQ(tile_count(70000, 1), (TileCount{1, 17}));
  EXPECT_EQ(tile_count(70000, 2), (TileCount{0, 1}));
  EXPECT_EQ(tile_count(70000, 3), (TileCount{0, 0}));
}

TEST(TileCount, Of256LeavesMatchesVector) {
  EXPECT_EQ(tile_count(256, 0), (TileCount{1, 0}));
  EXPECT_EQ(tile_count(256, 1), (TileCount{0, 1}));
}

TEST(TileCount, IsNothingForAnEmptyTreeAndForTheHighestLevels) {
  EXPECT_EQ(tile_count(0, 0), (TileCount{0, 0}));
  EXPECT_EQ(tile_count(~std::uint64_t{0}, 7), (TileCount{0, 255}));
  EXPECT_EQ(tile_count(~std::uint64_t{0}, 8), (TileCount{0, 0}));
  EXPECT_EQ(tile_count(~std::uint64_t{0}, kTileLevelMax), (TileCount{0, 0}));
}

}  // namespace
}  // namespace ledger
