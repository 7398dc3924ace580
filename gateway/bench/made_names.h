#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/screening/index.h"

// Names that are nobody's, put together from parts that are usual in eight regions; few parts are
// common and many are rare, as in life. The same seed makes the same names everywhere.
namespace gateway::bench {

struct MadeNames {
  std::vector<screening::List> lists;  // One.
  std::vector<screening::Subject> subjects;
  // Subjects made from a listed name by a change that screening must see through, in order.
  struct Planted {
    std::size_t subject = 0;
    std::size_t entry = 0;
    std::string_view change;
  };
  std::vector<Planted> planted;
};

// One subject in so many is made from a listed name.
inline constexpr std::size_t kPlantedEach = 50;

MadeNames make_names(std::size_t subjects, std::size_t listed, std::uint64_t seed);

}  // namespace gateway::bench
