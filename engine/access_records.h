#pragma once

#include <string>
#include <string_view>

#include "engine/access_commands.h"

// Records of the read audit.
namespace engine {

// In the log of reads. Who was shown are the record's subjects; of a bulk read
// access_bulk_subject() is one more.
struct ReadRecorded {
  static constexpr std::uint64_t kKind = 91;
  static constexpr std::string_view kName = "read_recorded";

  Reading reading;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "reading", self.reading);
  }
};

// In the main book: the log of reads that it had then must continue for ever.
struct AccessAnchored {
  static constexpr std::uint64_t kKind = 92;
  static constexpr std::string_view kName = "access_anchored";

  std::string origin;
  std::uint64_t size = 0;
  core::Hash root;
  core::Hash note_digest;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "origin", self.origin);
    field(2, "size", self.size);
    field(3, "root", self.root);
    field(4, "note_digest", self.note_digest);
  }
};

}  // namespace engine
