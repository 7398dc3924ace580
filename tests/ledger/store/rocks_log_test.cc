#include "ledger/store/rocks_log.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "ledger/big_endian.h"
#include "ledger/store/chunk.h"
#include "ledger/store/database.h"
#include "tests/support/store_folder.h"

namespace ledger::store {
namespace {

using tests::leaves_of;
using tests::read_out;
using tests::StoreFolder;

// Chunks as a reader of the format finds them: the first sequence and the number of records.
std::vector<std::pair<std::uint64_t, std::size_t>> chunks_of(const StoreFolder& store) {
  const auto database = Database::open({.path = store.path(), .mode = Mode::ReadOnly}).value();
  const std::unique_ptr<rocksdb::Iterator> keys(
      database->rocks().NewIterator(read_options(), database->chunks()));
  std::vector<std::pair<std::uint64_t, std::size_t>> chunks;
  for (keys->SeekToFirst(); keys->Valid(); keys->Next()) {
    const std::uint64_t first = parse_chunk_key(keys->key().ToStringView()).value();
    const core::ByteView value = core::as_bytes(keys->value().ToStringView());
    chunks.emplace_back(first, parse_chunk(first, value).value().size());
  }
  return chunks;
}

// Writes past the log, as only a test or a villain does.
void put_raw(const StoreFolder& store, bool meta, const std::string& key, core::ByteView value) {
  const auto database = Database::open({.path = store.path()}).value();
  auto* family = meta ? database->meta() : database->chunks();
  ASSERT_TRUE(database->rocks().Put({}, family, key, core::as_text(value)).ok());
  ASSERT_TRUE(database->flush().ok());
}

void delete_chunk(const StoreFolder& store, std::uint64_t first) {
  const auto database = Database::open({.path = store.path()}).value();
  ASSERT_TRUE(database->rocks().Delete({}, database->chunks(), chunk_key(first)).ok());
  ASSERT_TRUE(database->flush().ok());
}

core::Error first_error(const StoreFolder& store) {
  const auto log = store.read_only(true).value();
  return read_out(*log, 0, log->state().value().size).outcome.error();
}

TEST(RocksLog, ChunksAreCutAtMultiplesOf256) {
  const StoreFolder store;
  store.session({250, 270, 1024, 1025});
  const std::vector<std::pair<std::uint64_t, std::size_t>> expected = {
      {0, 250}, {250, 6}, {256, 14}, {270, 242}, {512, 256}, {768, 256}, {1024, 1}};
  EXPECT_EQ(chunks_of(store), expected);
}

// The layout, so that it cannot change unseen (docs/formats/store.md).
TEST(RocksLog, ChunkHasTheBytesOfTheFormat) {
  const std::vector<core::Bytes> leaves = {{}, {0x00}, {0x20, 0x21}};
  const LeafGroup group(leaves);
  const auto chunks = cut_into_chunks(258, group);
  ASSERT_EQ(chunks.size(), 1u);
  EXPECT_EQ(core::to_hex(core::as_bytes(chunks[0].key)), "630000000000000102");
  EXPECT_EQ(core::to_hex(chunks[0].value), "000000010000022021");
}

TEST(RocksLog, ClosedBookLivesInTablesAndUnclosedInTheLog) {
  const StoreFolder store;
  store.crashed_session({300});
  EXPECT_EQ(chunks_of(store).size(), 2u);
  EXPECT_GT(std::filesystem::file_size(store.latest_file(".log")), 300u);
  const auto log = store.take();
  EXPECT_EQ(read_out(*log, 0, 300).leaves, leaves_of(0, 300));
  StoreFolder::append(*log, {301});
  const StoreFolder closed;
  closed.session({300});
  EXPECT_EQ(std::filesystem::file_size(closed.latest_file(".log")), 0u);
}

TEST(RocksLog, MissingStoreIsNotFound) {
  const StoreFolder store;
  EXPECT_EQ(open_rocks_log({.path = store.path()}).error().code, core::Code::NotFound);
  EXPECT_EQ(store.read_only().error().reason, "store");
  EXPECT_EQ(verify_files(store.path()).error().code, core::Code::NotFound);
  EXPECT_FALSE(std::filesystem::exists(store.path()));
}

TEST(RocksLog, StoreWithoutItsCurrentFileIsNotMadeAnew) {
  const StoreFolder store;
  store.session({10});
  std::filesystem::remove(store.file("CURRENT"));
  const auto before = tests::read_folder(store.path());
  const auto opened = open_rocks_log({.path = store.path(), .create = true});
  EXPECT_EQ(opened.error().code, core::Code::Corrupt);
  EXPECT_EQ(tests::read_folder(store.path()), before);
}

TEST(RocksLog, SecondWriterIsRefused) {
  const StoreFolder store;
  const auto log = store.take();
  const auto second = open_rocks_log({.path = store.path()});
  EXPECT_EQ(second.error().code, core::Code::Unavailable);
  EXPECT_EQ(second.error().reason, "book_in_use");
  StoreFolder::append(*log, {10});
}

TEST(RocksLog, ReadOnlyLogLeavesTheFolderAsItWasAndRefusesToWrite) {
  const StoreFolder store;
  store.session({200});
  store.crashed_session({300});
  const auto before = tests::read_folder(store.path());
  {
    const auto log = store.read_only().value();
    EXPECT_EQ(read_out(*log, 0, 300).leaves, leaves_of(0, 300));
    EXPECT_EQ(log->open("test").error().reason, "read_only");
    EXPECT_EQ(log->append(300, log->state().value().epoch, leaves_of(300, 301)),
              AppendOutcome::Conflict);
    ASSERT_TRUE(verify_files(store.path()).value().damages.empty());
  }
  EXPECT_EQ(tests::read_folder(store.path()), before);
}

TEST(RocksLog, NewerSchemaIsRefused) {
  const StoreFolder store;
  store.session({10});
  core::Bytes two;
  append_big_endian(two, std::uint64_t{2});
  put_raw(store, true, "schema", two);
  for (const Mode mode : {Mode::ReadWrite, Mode::ReadOnly}) {
    const auto opened = open_rocks_log({.path = store.path(), .mode = mode});
    EXPECT_EQ(opened.error().code, core::Code::Conflict);
    EXPECT_EQ(opened.error().reason, "schema_newer");
  }
}

TEST(RocksLog, UnknownColumnFamilyIsANewerSchema) {
  const StoreFolder store;
  store.session({10});
  {
    const auto database = Database::open({.path = store.path()}).value();
    rocksdb::ColumnFamilyHandle* family = nullptr;
    ASSERT_TRUE(database->rocks().CreateColumnFamily({}, "runs", &family).ok());
    ASSERT_TRUE(database->rocks().DestroyColumnFamilyHandle(family).ok());
  }
  EXPECT_EQ(open_rocks_log({.path = store.path()}).error().reason, "schema_newer");
}

TEST(RocksLog, MissingSchemaIsCorrupt) {
  const StoreFolder store;
  store.session({10});
  put_raw(store, true, "schema", core::as_bytes("no"));
  EXPECT_EQ(open_rocks_log({.path = store.path()}).error().code, core::Code::Corrupt);
}

TEST(RocksLog, MissingChunkIsNamed) {
  const StoreFolder store;
  store.session({250, 270, 1024});
  delete_chunk(store, 256);
  const core::Error error = first_error(store);
  EXPECT_EQ(error.code, core::Code::Corrupt);
  EXPECT_EQ(error.reason, "chunk");
  EXPECT_EQ(error.at, "seq 256");
  const auto log = store.read_only().value();
  EXPECT_EQ(read_out(*log, 0, 256).leaves, leaves_of(0, 256));
  EXPECT_EQ(read_out(*log, 270, 1024).leaves, leaves_of(270, 1024));
  EXPECT_EQ(read_out(*log, 260, 1024).outcome.error().at, "seq 260");
}

TEST(RocksLog, ChunkWithTheWrongCountIsNamed) {
  const StoreFolder store;
  store.session({250, 270, 1024});
  put_raw(store, false, chunk_key(256), encode_bundle(leaves_of(256, 269)).value());
  EXPECT_EQ(first_error(store).at, "seq 269");
  put_raw(store, false, chunk_key(256), encode_bundle(leaves_of(256, 271)).value());
  EXPECT_EQ(first_error(store).at, "seq 271");
  put_raw(store, false, chunk_key(256), core::as_bytes(std::string("\0\7short", 7)));
  EXPECT_EQ(first_error(store).at, "seq 256");
  put_raw(store, false, chunk_key(256), {});
  EXPECT_EQ(first_error(store).at, "seq 256");
  put_raw(store, false, chunk_key(256), encode_bundle(leaves_of(0, 240)).value());
  EXPECT_EQ(first_error(store).at, "seq 496");
}

TEST(RocksLog, OverlappingChunksAreNamed) {
  const StoreFolder store;
  store.session({100, 200});
  put_raw(store, false, chunk_key(50), encode_bundle(leaves_of(50, 60)).value());
  EXPECT_EQ(first_error(store).at, "seq 100");
}

TEST(RocksLog, BadLastChunkKeepsTheBookFromBeingOpened) {
  const StoreFolder store;
  store.session({250, 270});
  put_raw(store, false, chunk_key(256), core::as_bytes(std::string("\0\7short", 7)));
  EXPECT_EQ(open_rocks_log({.path = store.path()}).error().code, core::Code::Corrupt);
  EXPECT_EQ(store.read_only().error().reason, "store");
  EXPECT_EQ(first_error(store).at, "seq 256");
}

// A full disk, played by a limit on the size of files: the group is torn in the middle.
TEST(RocksLog, FailedAppendIsUnknownAndOpenFindsWhatWasDurable) {
  const StoreFolder store;
  const auto log = store.take();
  StoreFolder::append(*log, {100});
  const LogState before = log->state().value();
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  const rlimit limit{std::filesystem::file_size(store.latest_file(".log")) + 500,
                     unlimited.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const AppendOutcome outcome = log->append(100, before.epoch, leaves_of(100, 900));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &unlimited), 0);

  EXPECT_EQ(outcome, AppendOutcome::Unknown);
  EXPECT_EQ(log->state().error().reason, "outcome_unknown");
  // What is durable can still be read, and what may have landed cannot.
  EXPECT_EQ(read_out(*log, 0, 100).leaves, leaves_of(0, 100));
  EXPECT_EQ(read_out(*log, 0, 101).outcome.error().reason, "range");
  EXPECT_EQ(log->append(100, before.epoch, leaves_of(100, 101)), AppendOutcome::Conflict);
  const Tenure again = log->open("test").value();
  EXPECT_GT(again.epoch, before.epoch);
  ASSERT_EQ(again.size, 100u);
  StoreFolder::append(*log, {120, 900});
  EXPECT_EQ(read_out(*log, 0, 900).leaves, leaves_of(0, 900));
}

// Tables of chunks do not overlap, so RocksDB moves them and never writes them a second time.
TEST(RocksLog, TablesAreNotRewritten) {
  const StoreFolder store;
  store.session({100});
  const auto first_tables = tests::names_in(store.path(), ".sst");
  const std::string first_table = tests::read_file(store.file(first_tables.back()));
  for (std::uint64_t session = 2; session <= 12; ++session) store.session({100 * session});
  const auto tables = tests::read_folder(store.path());
  const auto is_first = [&](const auto& file) { return file.second == first_table; };
  EXPECT_EQ(std::ranges::count_if(tables, is_first), 1);
  EXPECT_EQ(read_out(*store.take(), 0, 1200).leaves, leaves_of(0, 1200));
}

}  // namespace
}  // namespace ledger::store
