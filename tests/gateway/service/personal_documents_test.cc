#include "gateway/service/personal_documents.h"

#include <gtest/gtest.h>

#include <sstream>

#include "core/sealing.h"
#include "tests/support/files.h"
#include "tests/support/outcome.h"
#include "tests/support/temp_dir.h"

namespace gateway::service {
namespace {

using tests::outcome;

class PersonalDocuments : public testing::Test {
 protected:
  PersonalDocuments() {
    core::SystemRandom random;
    random.fill(key.bytes());
    person.bytes[15] = 7;
  }
  core::Hash add(const std::string& content) {
    std::istringstream in(content);
    const auto source = seal_document(documents::source_of(in, "document"), person, key);
    return store.add(source).value().digest;
  }
  // What it opens to, or why it does not.
  std::string opened(const core::Hash& digest, const core::Secret& with) const {
    std::string out;
    const auto read = open_document(store, digest, with, [&](core::ByteView piece) {
      out.append(core::as_text(piece));
      return core::ok();
    });
    return read ? out : outcome(read);
  }
  std::string path_of(const core::Hash& digest) const {
    const std::string hex = core::to_hex(digest.bytes);
    return folder / "documents/" + hex.substr(0, 2) + "/" + hex;
  }

  tests::TempDir folder;
  documents::Store store{folder / "documents"};
  core::Secret key{core::kSealKeyBytes};
  core::PartyId person;
};

TEST_F(PersonalDocuments, OpenAsTheyCameWhateverTheirLength) {
  constexpr std::size_t kPiece = 65536;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kPiece - 1, kPiece, kPiece + 1,
                                 2 * kPiece, 3 * kPiece + 5}) {
    std::string content(size, 'a');
    for (std::size_t i = 0; i < size; ++i) content[i] = static_cast<char>(i * 7 + i / 251);
    const core::Hash digest = add(content);
    EXPECT_EQ(opened(digest, key), content) << size;
    EXPECT_EQ(person_of_document(store, digest).value(), person);
    EXPECT_EQ(outcome(store.check(digest)), "a value");
    const std::string stored = tests::read_file(path_of(digest));
    EXPECT_EQ(stored.size(), 48 + size + 17 * (size / kPiece + 1));
  }
}

TEST_F(PersonalDocuments, NothingOfTheTextIsStored) {
  const core::Hash digest = add("Anna Papadopoulou");
  EXPECT_EQ(tests::read_file(path_of(digest)).find("Anna"), std::string::npos);
}

TEST_F(PersonalDocuments, AnotherKeyOrPersonOpensNothing) {
  const core::Hash digest = add("Anna");
  core::Secret other(core::kSealKeyBytes);
  EXPECT_EQ(opened(digest, other), "Corrupt/document");
  // The same bytes said to be about somebody else.
  std::string stored = tests::read_file(path_of(digest));
  stored[8] = 1;
  std::istringstream in(stored);
  const core::Hash moved = store.add(documents::source_of(in, "moved")).value().digest;
  EXPECT_EQ(opened(moved, key), "Corrupt/document");
}

TEST_F(PersonalDocuments, NoCutOrLongerOneIsWhole) {
  const std::string content(70000, 'x');
  const std::string stored = tests::read_file(path_of(add(content)));
  const auto altered = [&](const std::string& bytes) {
    std::istringstream in(bytes);
    return opened(store.add(documents::source_of(in, "altered")).value().digest, key);
  };
  for (const std::size_t cut : {std::size_t{0}, std::size_t{20}, std::size_t{47}, std::size_t{48},
                                std::size_t{60}, std::size_t{48 + 65553}, stored.size() - 1}) {
    EXPECT_EQ(altered(stored.substr(0, cut)), "Corrupt/document") << cut;
  }
  EXPECT_EQ(altered(stored + "x"), "Corrupt/document");
  EXPECT_EQ(altered(stored + stored.substr(48)), "Corrupt/document");
  EXPECT_EQ(altered(stored), content);
}

TEST_F(PersonalDocuments, APlainOneMayNotBeginAsASealedOne) {
  const std::string stored = tests::read_file(path_of(add("Anna")));
  std::istringstream in(stored);
  EXPECT_EQ(outcome(store.add(plain_document(documents::source_of(in, "plain")))),
            "InvalidInput/sealed_document");
  for (const std::string plain :
       {"", "TALLYSD1", "an ordinary document", "TALLYSD0 and more than a head of it is long"}) {
    std::istringstream ordinary(plain);
    const auto added = store.add(plain_document(documents::source_of(ordinary, "plain")));
    ASSERT_EQ(outcome(added), "a value") << plain;
    EXPECT_EQ(tests::read_file(path_of(added.value().digest)), plain);
    EXPECT_FALSE(person_of_document(store, added.value().digest).value().has_value());
  }
}

TEST_F(PersonalDocuments, AreFoundByTheirPerson) {
  const core::Hash one = add("one");
  const core::Hash two = add("two");
  person.bytes[15] = 8;
  const core::Hash other = add("three");
  EXPECT_EQ(documents_of(store, person).value(), (std::vector<core::Hash>{other}));
  person.bytes[15] = 7;
  EXPECT_EQ(documents_of(store, person).value(),
            (std::vector<core::Hash>{std::min(one, two), std::max(one, two)}));
}

}  // namespace
}  // namespace gateway::service
