#include "gateway/documents/store.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::documents {
namespace {

namespace fs = std::filesystem;

class DocumentStore : public testing::Test {
 protected:
  core::Result<Added> add(std::string_view text, std::uint64_t bytes_max = kDocumentBytesMax) {
    return store.add(
        [&](std::span<std::uint8_t> buffer) -> core::Result<std::size_t> {
          const std::size_t count = std::min(buffer.size(), text.size());
          std::ranges::copy(core::as_bytes(text.substr(0, count)), buffer.begin());
          text.remove_prefix(count);
          return count;
        },
        bytes_max);
  }
  std::string text_of(const core::Hash& digest) {
    std::string out;
    const auto read = store.read(digest, [&](core::ByteView piece) {
      out.append(core::as_text(piece));
      return core::ok();
    });
    return read ? out : tests::outcome(read);
  }
  std::string path_of(const core::Hash& digest) {
    const std::string hex = core::to_hex(digest.bytes);
    return folder + "/" + hex.substr(0, 2) + "/" + hex;
  }
  std::size_t files() {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) ++count;
    }
    return count;
  }

  tests::TempDir dir;
  std::string folder = (dir.path() / "documents").string();
  Store store{folder};
};

TEST_F(DocumentStore, ADocumentIsFoundByItsDigest) {
  // FIPS 180-4's example.
  const auto added = add("abc");
  ASSERT_EQ(tests::outcome(added), "a value");
  EXPECT_EQ(core::to_hex(added.value().digest.bytes),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(added.value().bytes, 3u);
  EXPECT_FALSE(added.value().known);
  EXPECT_EQ(text_of(added.value().digest), "abc");
  EXPECT_EQ(fs::status(path_of(added.value().digest)).permissions(), fs::perms(0600));
}

TEST_F(DocumentStore, TheSameDocumentIsKeptOnce) {
  const auto first = add("abc").value();
  const auto second = add("abc");
  ASSERT_EQ(tests::outcome(second), "a value");
  EXPECT_TRUE(second.value().known);
  EXPECT_EQ(second.value().digest, first.digest);
  EXPECT_EQ(files(), 1u);
}

TEST_F(DocumentStore, LongAndEmptyDocuments) {
  std::string text;
  for (int i = 0; text.size() < 1'000'000; ++i) text += std::to_string(i);
  EXPECT_EQ(text_of(add(text).value().digest), text);
  EXPECT_EQ(text_of(add("").value().digest), "");
  EXPECT_EQ(core::sha256(core::as_bytes(text)), add(text).value().digest);
}

TEST_F(DocumentStore, ListsWhatItHoldsAndNothingElse) {
  EXPECT_TRUE(store.list().value().empty());
  std::vector<core::Hash> digests;
  for (int i = 0; i < 20; ++i) digests.push_back(add("document " + std::to_string(i)).value().digest);
  std::ranges::sort(digests);
  std::ofstream(folder + "/notes.txt") << "not a document";
  fs::create_directory(folder + "/zz");
  std::ofstream(folder + "/zz/" + core::to_hex(digests[0].bytes)) << "misplaced";
  const auto listed = store.list();
  ASSERT_EQ(tests::outcome(listed), "a value");
  std::vector<core::Hash> found;
  for (const Document& document : listed.value()) found.push_back(document.digest);
  EXPECT_EQ(found, digests);
}

TEST_F(DocumentStore, AFolderThatCannotBeReadIsNotAnEmptyOne) {
  std::ofstream{folder} << "not a folder";
  EXPECT_EQ(tests::outcome(store.list()), "Unavailable/io");
  EXPECT_EQ(tests::outcome(add("abc")), "Unavailable/io");
}

TEST_F(DocumentStore, AnAlteredDocumentIsNeverGiven) {
  const auto digest = add("abc").value().digest;
  std::ofstream(path_of(digest)) << "abd";
  bool given = false;
  const auto read = store.read(digest, [&](core::ByteView) {
    given = true;
    return core::ok();
  });
  EXPECT_EQ(tests::outcome(read), "Corrupt/document");
  EXPECT_FALSE(given);
  EXPECT_EQ(tests::outcome(store.check(digest)), "Corrupt/document");
  EXPECT_EQ(tests::outcome(add("abc")), "Corrupt/document");
  fs::remove(path_of(digest));
  EXPECT_EQ(tests::outcome(store.check(digest)), "NotFound/document");
  EXPECT_EQ(tests::outcome(add("abc")), "a value");
}

TEST_F(DocumentStore, ALinkInItsPlaceIsNotFollowed) {
  const auto digest = add("abc").value().digest;
  fs::rename(path_of(digest), folder + "/elsewhere");
  fs::create_symlink(folder + "/elsewhere", path_of(digest));
  EXPECT_EQ(tests::outcome(store.check(digest)), "Unavailable/io");
}

TEST_F(DocumentStore, WhatIsTooLargeLeavesNothing) {
  EXPECT_EQ(tests::outcome(add(std::string(100'001, 'x'), 100'000)), "InvalidInput/too_large");
  EXPECT_EQ(files(), 0u);
  EXPECT_EQ(tests::outcome(add(std::string(100'000, 'x'), 100'000)), "a value");
}

TEST_F(DocumentStore, ASourceThatFailsLeavesNothing) {
  int pieces = 0;
  const auto added = store.add([&](std::span<std::uint8_t> buffer) -> core::Result<std::size_t> {
    if (++pieces == 3) return core::unavailable("io", "the source", "It broke off.");
    return buffer.size();
  });
  EXPECT_EQ(tests::outcome(added), "Unavailable/io");
  EXPECT_EQ(files(), 0u);
}

TEST_F(DocumentStore, AFullDiskLeavesNothing) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit tight{100'000, before.rlim_max};
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  const auto added = add(std::string(200'000, 'x'));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, old);
  EXPECT_EQ(tests::outcome(added), "Unavailable/io");
  EXPECT_EQ(files(), 0u);
}

TEST_F(DocumentStore, ManyThreadsAddTheSame) {
  std::vector<std::thread> threads;
  std::atomic<int> failed = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) failed += add("document " + std::to_string(i)) ? 0 : 1;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(files(), 50u);
}

}  // namespace
}  // namespace gateway::documents
