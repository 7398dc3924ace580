#pragma once

#include <cstddef>
#include <vector>

namespace core::names {

// The pairing of rows with columns of greatest total value, each used at most once: for each row
// its column. Values are not negative; a row may come out with none if there are more rows than
// columns. Of pairings that are as good, always the same one.
//
// Source: the Hungarian method with potentials, in the cube of the greater side.
inline constexpr std::size_t kUnpaired = static_cast<std::size_t>(-1);
std::vector<std::size_t> best_pairing(const std::vector<std::vector<int>>& values);

}  // namespace core::names
