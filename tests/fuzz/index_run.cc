#include <algorithm>
#include <string>
#include <vector>

#include "core/check.h"
#include "ledger/index/blocks.h"
#include "ledger/index/segment.h"
#include "tests/fuzz/support/limits.h"

// A value of an index run. The first byte chooses what kind, the rest is the value. Whatever is
// read lies within its segment and in order, as the queries rely on, and is written and read as the
// same again.
namespace {

using ledger::index::Block;
using ledger::index::KeyValue;
using ledger::index::kSegmentRecords;

constexpr std::uint32_t kSegment = 3;
constexpr std::uint64_t kFirst = kSegment * kSegmentRecords;
// A step takes 48 bytes and at least two of input; vectors double as they grow.
constexpr fuzz::Allowance kAllowance{.per_byte = 128, .beside = std::size_t{64} * 1024};

void check_head(const ledger::index::ListHead& head, std::uint64_t first_seq) {
  CHECK(!head.block_firsts.empty());
  CHECK(head.block_firsts.front() == first_seq);
  CHECK(std::ranges::adjacent_find(head.block_firsts, std::greater_equal()) ==
        head.block_firsts.end());
  CHECK(head.block_earliest.empty() || head.block_earliest.size() == head.block_firsts.size());
  // Each step back goes back, so that no walk along them goes round in a circle.
  std::uint32_t later = kSegment;
  for (const std::uint32_t run : head.links.runs) {
    CHECK(run < later);
    later = run;
  }
}

void check_order(const std::vector<std::uint64_t>& seqs) {
  CHECK(!seqs.empty());
  CHECK(seqs.size() <= ledger::index::kBlockEntries);
  CHECK(seqs.front() >= kFirst);
  CHECK(seqs.back() < kFirst + kSegmentRecords);
  CHECK(std::ranges::adjacent_find(seqs, std::greater_equal()) == seqs.end());
}

void check_steps(std::string_view value, std::size_t number) {
  const auto read = ledger::index::read_steps(value, kFirst, number);
  if (!read) return;
  const Block<ledger::index::Step>& block = read.value();
  std::vector<std::uint64_t> seqs;
  for (const auto& step : block.entries) seqs.push_back(step.seq);
  check_order(seqs);
  CHECK(block.head.has_value() == (number == 0));
  if (block.head) check_head(*block.head, seqs.front());

  std::vector<KeyValue> run;
  ledger::index::put_steps(run, "k", kFirst, {}, 0, block.entries);
  const auto again = ledger::index::read_steps(run.at(0).value, kFirst, 0);
  CHECK(again.has_value());
  CHECK(again.value().entries == block.entries);
}

void check_seqs(std::string_view value, std::size_t number) {
  const auto read = ledger::index::read_seqs(value, kFirst, number);
  if (!read) return;
  const std::vector<std::uint64_t>& seqs = read.value().entries;
  check_order(seqs);
  if (read.value().head) check_head(*read.value().head, seqs.front());

  std::vector<std::uint32_t> offsets;
  for (const std::uint64_t seq : seqs) offsets.push_back(static_cast<std::uint32_t>(seq - kFirst));
  std::vector<KeyValue> run;
  ledger::index::put_seqs(run, "k", kFirst, {}, 0, offsets);
  CHECK(ledger::index::read_seqs(run.at(0).value, kFirst, 0).value().entries == seqs);
}

void check_batches(std::string_view value, std::size_t number) {
  const auto read = ledger::index::read_batches(value, kFirst, number);
  if (!read) return;
  std::vector<std::uint64_t> seqs;
  for (const auto& batch : read.value().entries) seqs.push_back(batch.first_seq);
  check_order(seqs);
  if (read.value().head) check_head(*read.value().head, seqs.front());

  std::vector<KeyValue> run;
  ledger::index::put_batches(run, "k", kFirst, read.value().entries);
  CHECK(ledger::index::read_batches(run.at(0).value, kFirst, 0).value().entries ==
        read.value().entries);
}

void check_summary(std::string_view value) {
  const auto summary = ledger::index::parse_summary(kSegment, value);
  if (!summary) return;
  const std::string again = ledger::index::print_summary(summary.value());
  CHECK(ledger::index::parse_summary(kSegment, again).value() == summary.value());
}

void check_requests(std::string_view value) {
  ledger::index::RequestPart part{};
  std::copy_n(value.begin(), std::min(part.size(), value.size()), part.begin());
  const auto found = ledger::index::find_in_requests(kSegment, value, part);
  if (found && found.value()) {
    CHECK(*found.value() >= kFirst);
    CHECK(*found.value() < kFirst + kSegmentRecords);
  }
}

void check_tile(std::string_view value) {
  core::Sha256 sha256;
  for (std::size_t height = 0; height <= 8; ++height) {
    const std::size_t last = (std::size_t{256} >> height) - 1;
    const auto node = ledger::index::node_in_tile(sha256, kSegment, value, height, last);
    CHECK(node.has_value() == (value.size() == std::size_t{272} * 32));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view value = core::as_text({data + 1, size - 1});
  const fuzz::MemoryLimit limit(size, kAllowance);
  const std::size_t block = data[0] / 16 % 2;
  switch (data[0] % 16) {
    case 0:
      check_steps(value, block);
      break;
    case 1:
      check_seqs(value, block);
      break;
    case 2:
      check_batches(value, block);
      break;
    case 3:
      check_summary(value);
      break;
    case 4:
      check_requests(value);
      break;
    default:
      check_tile(value);
  }
  return 0;
}
