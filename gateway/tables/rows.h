#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

// Tables that strangers wrote, row by row.
namespace gateway::tables {

// Gives a file's bytes piece by piece: fills the buffer and says how many; 0 at the end.
using Source = std::function<core::Result<std::size_t>(std::span<char> buffer)>;

// What is wrong with a row, so that each reader's owner has a reason of his own for it.
enum class Fault { Row, Encoding };
using Refuse = core::Error (*)(Fault fault, std::uint64_t line, std::string detail);

inline constexpr std::size_t kRowBytesMax = std::size_t{1} << 20;

// Reads a table row by row, holding one row and one buffer: the file may be of any size. A comma
// table is RFC 4180: quoted fields may hold commas, line ends and doubled quotes. A tab table knows
// no quotes. A byte order mark of UTF-8 is skipped, empty lines too.
class RowReader {
 public:
  RowReader(Source source, char separator, Refuse refuse)
      : source_(std::move(source)), separator_(separator), refuse_(refuse) {}

  // False at the end.
  // Errors: by `refuse`, Encoding if a row is not UTF-8 or has zero bytes, Row if a quote does not
  //         end or a row is longer than kRowBytesMax; what the source gives.
  core::Result<bool> next();

  const std::vector<std::string>& fields() const { return fields_; }
  std::uint64_t line() const { return line_; }  // On which the row begins; the first is 1.

 private:
  core::Result<int> peek();  // -1 at the end.
  core::Result<bool> read_row();
  core::Result<> read_quoted();
  core::Result<> check_row() const;

  Source source_;
  char separator_;
  Refuse refuse_;
  std::string buffer_ = std::string();
  std::size_t at_ = 0;
  bool finished_ = false;
  bool begun_ = false;
  std::uint64_t next_line_ = 1;
  std::uint64_t line_ = 0;
  std::size_t row_bytes_ = 0;
  std::vector<std::string> fields_;
};

// Without spaces and tabs at both ends.
std::string_view without_ends(std::string_view text);

}  // namespace gateway::tables
