#include "ledger/signer_memory.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "ledger/signer_inspection.h"
#include "ledger/signer_slot.h"
#include "tests/support/files.h"
#include "tests/support/temp_dir.h"

namespace ledger {
namespace {

using tests::flipped;
using tests::read_file;
using tests::write_file;

SignerState state_of(std::uint64_t size) {
  SignerState state;
  state.origin = "books.example/alpha";
  state.key_id = 0x6e5791d5;
  state.durable_size = size;
  state.signed_size = size;
  state.signed_root = core::sha256(core::as_bytes(std::to_string(size)));
  state.note = "books.example/alpha\n" + std::to_string(size) + "\n";
  return state;
}

class SignerMemoryTest : public testing::Test {
 protected:
  // A memory of these sizes, in this order, written to the file.
  SignerMemory remember(std::initializer_list<std::uint64_t> sizes) {
    auto memory = SignerMemory::create(path, state_of(*sizes.begin())).value();
    for (const std::uint64_t size : sizes) EXPECT_TRUE(memory.advance(state_of(size)).has_value());
    return memory;
  }

  tests::TempDir folder;
  std::string path = folder / "signer";
};

TEST_F(SignerMemoryTest, RemembersTheLastState) {
  SignerMemory memory = remember({0, 5, 9, 12});
  EXPECT_EQ(memory.state(), state_of(12));
  EXPECT_EQ(SignerMemory::read(path).value(), state_of(12));
  EXPECT_EQ(SignerMemory::open(path).value().state(), state_of(12));
}

TEST_F(SignerMemoryTest, GoesOnAfterOpening) {
  { SignerMemory memory = remember({0, 5}); }
  for (const std::uint64_t size : {6u, 7u, 8u}) {
    auto memory = SignerMemory::open(path).value();
    ASSERT_TRUE(memory.advance(state_of(size)).has_value());
  }
  EXPECT_EQ(SignerMemory::read(path).value(), state_of(8));
}

TEST_F(SignerMemoryTest, FileIsForItsOwnerOnlyAndNothingElseIsLeft) {
  remember({0, 5});
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  EXPECT_EQ(tests::read_folder(folder.path()).size(), 1u);
}

TEST_F(SignerMemoryTest, ExistingMemoryIsNotReplaced) {
  remember({0, 5});
  const auto second = SignerMemory::create(path, state_of(0));
  EXPECT_EQ(second.error().code, core::Code::Conflict);
  EXPECT_EQ(second.error().reason, "exists");
  EXPECT_EQ(SignerMemory::read(path).value(), state_of(5));
}

TEST_F(SignerMemoryTest, MissingMemoryIsNotFound) {
  EXPECT_EQ(SignerMemory::open(path).error().code, core::Code::NotFound);
  EXPECT_EQ(SignerMemory::read(path).error().reason, "signer_memory");
  EXPECT_EQ(SignerMemory::create(folder / "no/such", state_of(0)).error().reason, "io");
}

TEST_F(SignerMemoryTest, InterruptedCreationIsNoMemoryAndCanBeRepeated) {
  write_file(path + ".new", "half a slot");
  EXPECT_EQ(SignerMemory::read(path).error().code, core::Code::NotFound);
  remember({0});
  EXPECT_EQ(SignerMemory::read(path).value(), state_of(0));
}

TEST_F(SignerMemoryTest, ReadingChangesNothing) {
  remember({0, 5});
  const std::string before = read_file(path);
  // Even when a slot is torn, which opening for writing will overwrite one day.
  write_file(path, flipped(before, 30));
  const auto modified = std::filesystem::last_write_time(path);
  ASSERT_TRUE(SignerMemory::read(path).has_value());
  EXPECT_EQ(read_file(path), flipped(before, 30));
  EXPECT_EQ(std::filesystem::last_write_time(path), modified);
}

TEST_F(SignerMemoryTest, EveryByteOfTheNewestSlotIsProtected) {
  remember(
      {0, 5, 9});  // Generations 1, 2 and 3: the newest is in slot 1, the one before in slot 0.
  const std::string whole = read_file(path);
  const std::size_t used = encode_signer_slot(3, state_of(9)).value().size();
  for (std::size_t i = 0; i < used; ++i) {
    write_file(path, flipped(whole, kSignerSlotBytes + i));
    ASSERT_EQ(SignerMemory::read(path).value(), state_of(5)) << "byte " << i;
  }
}

TEST_F(SignerMemoryTest, DamageInTheOlderSlotDoesNotMatter) {
  remember({0, 5, 9});
  const std::string whole = read_file(path);
  const std::size_t used = encode_signer_slot(2, state_of(5)).value().size();
  for (std::size_t i = 0; i < used; ++i) {
    write_file(path, flipped(whole, i));
    ASSERT_EQ(SignerMemory::read(path).value(), state_of(9)) << "byte " << i;
  }
}

TEST_F(SignerMemoryTest, EveryByteOfBothSlotsIsLookedAt) {
  remember({0, 5, 9});
  const std::string whole = read_file(path);
  EXPECT_EQ(inspect_signer_memory(path).value().slot_damaged, false);
  const std::size_t older = encode_signer_slot(2, state_of(5)).value().size();
  for (std::size_t i = 0; i < older; ++i) {
    write_file(path, flipped(whole, i));
    ASSERT_EQ(inspect_signer_memory(path).value().slot_damaged, true) << "byte " << i;
  }
  const std::size_t newest = encode_signer_slot(3, state_of(9)).value().size();
  for (std::size_t i = 0; i < newest; ++i) {
    write_file(path, flipped(whole, kSignerSlotBytes + i));
    ASSERT_EQ(inspect_signer_memory(path).value().slot_damaged, true) << "byte " << i;
  }
}

TEST_F(SignerMemoryTest, ASlotThatWasNeverWrittenIsNotBroken) {
  { auto memory = SignerMemory::create(path, state_of(5)).value(); }
  EXPECT_EQ(inspect_signer_memory(path).value().slot_damaged, false);
}

TEST_F(SignerMemoryTest, DamageInBothSlotsIsCorrupt) {
  remember({0, 5});
  write_file(path, flipped(flipped(read_file(path), 40), kSignerSlotBytes + 40));
  EXPECT_EQ(SignerMemory::open(path).error().code, core::Code::Corrupt);
  EXPECT_EQ(SignerMemory::read(path).error().reason, "signer_memory");
  write_file(path, "");
  EXPECT_EQ(SignerMemory::read(path).error().code, core::Code::Corrupt);
}

TEST_F(SignerMemoryTest, ASlotThatIsNotWholeIsToldOf) {
  remember({0, 5, 9});
  EXPECT_FALSE(inspect_signer_memory(path).value().slot_damaged);
  const std::string whole = read_file(path);
  for (const std::size_t slot : {std::size_t{0}, kSignerSlotBytes}) {
    write_file(path, flipped(whole, slot + 40));
    EXPECT_TRUE(inspect_signer_memory(path).value().slot_damaged);
  }
}

TEST_F(SignerMemoryTest, ASlotThatWasNeverWrittenIsNoDamage) {
  remember({0});
  EXPECT_FALSE(inspect_signer_memory(path).value().slot_damaged);
}

// A write that a crash stopped after any number of bytes.
TEST_F(SignerMemoryTest, TornWriteFallsBackToThePreviousGeneration) {
  SignerMemory memory = remember({0, 5, 9});
  const std::string before = read_file(path);
  ASSERT_TRUE(memory.advance(state_of(12)).has_value());
  const std::string after = read_file(path);
  const std::size_t used = encode_signer_slot(4, state_of(12)).value().size();
  // Up to the last byte that the two generations of the slot differ in.
  for (std::size_t torn = 0; torn + 1 < used; ++torn) {
    write_file(path, after.substr(0, torn) + before.substr(torn));
    auto recovered = SignerMemory::open(path).value();
    ASSERT_EQ(recovered.state(), state_of(9)) << "after " << torn << " bytes";
  }
  auto recovered = SignerMemory::open(path).value();
  ASSERT_TRUE(recovered.advance(state_of(13)).has_value());
  EXPECT_EQ(SignerMemory::read(path).value(), state_of(13));
}

TEST_F(SignerMemoryTest, SlotCopiedOverTheOtherIsNotTaken) {
  remember({0, 5, 9});
  const std::string whole = read_file(path);
  const std::string older = whole.substr(0, kSignerSlotBytes);
  write_file(path, whole.substr(kSignerSlotBytes) + older);
  EXPECT_EQ(SignerMemory::read(path).error().code, core::Code::Corrupt);
}

TEST_F(SignerMemoryTest, RegressionIsRefused) {
  SignerMemory memory = remember({0, 9});
  const auto refused_at = [&](const auto& change) {
    SignerState next = state_of(9);
    change(next);
    const auto outcome = memory.advance(next);
    if (outcome.has_value()) return std::string("accepted");
    EXPECT_EQ(outcome.error().code, core::Code::Conflict);
    EXPECT_EQ(outcome.error().reason, "signer_regression");
    return outcome.error().at;
  };
  EXPECT_EQ(refused_at([](SignerState& next) { next.durable_size = 8; }), "durable_size");
  EXPECT_EQ(refused_at([](SignerState& next) { next.signed_size = 8; }), "signed_size");
  EXPECT_EQ(refused_at([](SignerState& next) { next.signed_root.bytes[0] ^= 1; }), "signed_root");
  EXPECT_EQ(refused_at([](SignerState& next) { next.origin += "x"; }), "origin");
  EXPECT_EQ(refused_at([](SignerState& next) { next.key_id += 1; }), "key_id");
  EXPECT_EQ(SignerMemory::read(path).value(), state_of(9));
}

TEST_F(SignerMemoryTest, SameSizeWithTheSameRootMayBringMoreSignatures) {
  SignerMemory memory = remember({0, 9});
  SignerState cosigned = state_of(9);
  cosigned.note += "a witness\n";
  cosigned.durable_size = 20;
  EXPECT_TRUE(memory.advance(cosigned).has_value());
  EXPECT_EQ(SignerMemory::read(path).value(), cosigned);
}

TEST_F(SignerMemoryTest, FirstRootAtSizeZeroContradictsNothing) {
  SignerState unsigned_yet = state_of(0);
  unsigned_yet.note.clear();
  unsigned_yet.signed_root = {};
  auto memory = SignerMemory::create(path, unsigned_yet).value();
  EXPECT_TRUE(memory.advance(state_of(0)).has_value());
}

TEST_F(SignerMemoryTest, LongestNoteFitsAndALongerStateIsRefused) {
  SignerMemory memory = remember({0});
  SignerState longest = state_of(9);
  longest.note.assign(kNoteBytesMax, 'n');
  ASSERT_TRUE(memory.advance(longest).has_value());
  EXPECT_EQ(SignerMemory::read(path).value(), longest);
  SignerState longer = state_of(10);
  longer.note.assign(kSignerSlotBytes, 'n');
  EXPECT_EQ(memory.advance(longer).error().reason, "signer_state");
  EXPECT_EQ(memory.state(), longest);
}

TEST_F(SignerMemoryTest, FailedWriteStopsTheMemoryUntilItIsOpenedAnew) {
  SignerMemory memory = remember({0, 5});
  // The kernel refuses to write beyond this offset, as on a full disk.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit limit{kSignerSlotBytes + 10, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  const auto failed = memory.advance(state_of(9));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);

  EXPECT_EQ(failed.error().code, core::Code::Unavailable);
  EXPECT_EQ(memory.state(), state_of(5));
  EXPECT_EQ(memory.advance(state_of(9)).error().reason, "io");
  EXPECT_EQ(SignerMemory::open(path).value().state(), state_of(5));
}

// The layout, so that it cannot change unseen (docs/formats/store.md).
TEST(SignerSlot, HasTheBytesOfTheFormat) {
  SignerState state;
  state.origin = "a";
  state.key_id = 0x01020304;
  state.durable_size = 6;
  state.signed_size = 5;
  state.note = "n";
  const std::string expected_body =
      "00000001"
      "61"
      "01020304"
      "0000000000000006"
      "0000000000000005" +
      std::string(64, '0') +
      "00000001"
      "6e";
  const core::Bytes slot = encode_signer_slot(7, state).value();
  const std::string hex = core::to_hex(slot);
  EXPECT_EQ(hex.substr(0, hex.size() - 64),
            "54414c4c59534d31"
            "0000000000000007"
            "0000003e" +
                expected_body);
  EXPECT_EQ(hex.substr(hex.size() - 64),
            core::to_hex(core::sha256(core::ByteView(slot).first(slot.size() - 32)).view()));
  EXPECT_EQ(decode_signer_slot(slot)->state, state);
  EXPECT_EQ(decode_signer_slot(slot)->generation, 7u);
}

}  // namespace
}  // namespace ledger
