#pragma once

#include "engine/personal_commands.h"

// Records of personal data.
namespace engine {

struct PersonalDataRecorded {
  static constexpr std::uint64_t kKind = 80;
  static constexpr std::string_view kName = "personal_data_recorded";

  RecordPersonalData data;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "data", self.data);
  }
};

// Names no subject.
struct PersonalDataErased {
  static constexpr std::uint64_t kKind = 81;
  static constexpr std::string_view kName = "personal_data_erased";

  ErasePersonalData erasure;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "erasure", self.erasure);
  }
};

}  // namespace engine
