#include "core/names/assign.h"

#include <algorithm>
#include <limits>

namespace core::names {
namespace {

constexpr int kFar = std::numeric_limits<int>::max() / 2;

// Costs of a square matrix, rows and columns from 1; 0 is the start.
class Pairing {
 public:
  Pairing(const std::vector<std::vector<int>>& values, std::size_t size)
      : values_(values), size_(size), of_row_(size + 1), of_column_(size + 1), row_(size + 1) {}

  void run() {
    for (std::size_t row = 1; row <= size_; ++row) add(row);
  }

  std::size_t row_of(std::size_t column) const { return row_[column]; }

 private:
  int cost(std::size_t row, std::size_t column) const {
    const bool inside = row <= values_.size() && column <= values_[row - 1].size();
    return inside ? -values_[row - 1][column - 1] : 0;
  }

  // Finds the cheapest way to give one more row a column, moving others where that is cheaper.
  void add(std::size_t row) {
    std::vector<int> least(size_ + 1, kFar);
    std::vector<std::size_t> from(size_ + 1);
    std::vector<bool> used(size_ + 1);
    row_[0] = row;
    std::size_t column = 0;
    while (row_[column] != 0) {
      used[column] = true;
      const std::size_t next = nearest(column, least, from, used);
      move_potentials(least[next], least, used);
      column = next;
    }
    while (column != 0) {
      row_[column] = row_[from[column]];
      column = from[column];
    }
  }

  std::size_t nearest(std::size_t column, std::vector<int>& least, std::vector<std::size_t>& from,
                      const std::vector<bool>& used) const {
    const std::size_t row = row_[column];
    std::size_t best = 0;
    for (std::size_t other = 1; other <= size_; ++other) {
      if (used[other]) continue;
      const int reduced = cost(row, other) - of_row_[row] - of_column_[other];
      if (reduced < least[other]) {
        least[other] = reduced;
        from[other] = column;
      }
      if (best == 0 || least[other] < least[best]) best = other;
    }
    return best;
  }

  void move_potentials(int by, std::vector<int>& least, const std::vector<bool>& used) {
    for (std::size_t column = 0; column <= size_; ++column) {
      if (used[column]) {
        of_row_[row_[column]] += by;
        of_column_[column] -= by;
      } else {
        least[column] -= by;
      }
    }
  }

  const std::vector<std::vector<int>>& values_;
  std::size_t size_;
  std::vector<int> of_row_;
  std::vector<int> of_column_;
  std::vector<std::size_t> row_;
};

}  // namespace

std::vector<std::size_t> best_pairing(const std::vector<std::vector<int>>& values) {
  if (values.empty()) return {};
  const std::size_t columns = values.front().size();
  Pairing pairing(values, std::max(values.size(), columns));
  pairing.run();
  std::vector<std::size_t> out(values.size(), kUnpaired);
  for (std::size_t column = 1; column <= columns; ++column) {
    const std::size_t row = pairing.row_of(column);
    if (row <= values.size()) out[row - 1] = column - 1;
  }
  return out;
}

}  // namespace core::names
