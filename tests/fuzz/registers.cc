#include <sstream>

#include "core/check.h"
#include "core/fields.h"
#include "gateway/registers/asic/asic.h"
#include "gateway/registers/asic/condition.h"
#include "gateway/registers/capture/capture.h"
#include "gateway/registers/cysec/cysec.h"
#include "gateway/registers/esma/esma.h"
#include "gateway/registers/fca/fca.h"
#include "gateway/registers/gleif/gleif.h"
#include "gateway/registers/words.h"
#include "tests/fuzz/support/limits.h"

// One register's answer, list or form; the first byte says whose. Evidence that is made has a
// document, values in the order of their keys, none empty or too long, and is recorded as it reads.
namespace {

// A JSON value of two bytes; a fact for each product of an Australian licence.
constexpr fuzz::Allowance kAllowance{.per_byte = 2000, .beside = std::size_t{2} << 20};
constexpr const char* kLei = "5493001KJTIIGC8Y1R12";

void check_fact(const engine::Fact& fact) {
  CHECK(!fact.name.empty());
  for (std::size_t i = 0; i < fact.values.size(); ++i) {
    CHECK(!fact.values[i].value.empty());
    CHECK(fact.values[i].value.size() <= gateway::registers::kValueBytesMax);
    CHECK(i == 0 || fact.values[i - 1].key <= fact.values[i].key);
  }
}

void check_evidence(const core::Result<engine::Evidence>& evidence) {
  if (!evidence) {
    CHECK(!evidence.error().reason.empty());
    return;
  }
  CHECK(!evidence.value().documents.empty());
  CHECK(evidence.value().remarks.size() <= gateway::registers::kRemarksMax + 1);
  for (const auto& fact : evidence.value().facts) check_fact(fact);
  const auto bytes = core::to_cbor(evidence.value());
  CHECK(core::to_cbor(core::from_cbor<engine::Evidence>(bytes).value()) == bytes);
}

core::Result<engine::Evidence> evidence_of(
    core::Result<gateway::registers::capture::Capture> read) {
  TRY(auto capture, std::move(read));
  CHECK(capture.captured_by != capture.reviewed_by);
  CHECK(capture.evidence.expires.has_value());
  return std::move(capture.evidence);
}

// A limb is never wider than its words: what names no clients has residue.
void check_condition(std::string_view text) {
  for (const auto& limb : gateway::registers::asic::read_condition(text).limbs) {
    check_fact(limb);
    CHECK(!gateway::registers::value_of(limb, "client").empty() || limb.residue.has_value());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const fuzz::MemoryLimit limit(size, kAllowance);
  const std::string text(core::as_text({data + 1, size - 1}));
  const gateway::registers::Answer answer{text, 200, "", {}};
  std::istringstream file(text);
  switch (data[0]) {
    case 'f':
      check_evidence(gateway::registers::fca::read("999001", {&answer, 1}));
      break;
    case 'e':
      check_evidence(gateway::registers::esma::read(kLei, {&answer, 1}));
      break;
    case 'g':
      check_evidence(gateway::registers::gleif::read(kLei, {&answer, 1}));
      break;
    case 'l':
      check_evidence(gateway::registers::asic::read_licensee(file, "218600"));
      break;
    case 'r':
      check_evidence(gateway::registers::asic::read_representative(file, "1"));
      break;
    case 'b':
      check_evidence(gateway::registers::asic::read_banned_person(file, "1"));
      break;
    case 'a':
      check_evidence(gateway::registers::asic::read_answers("218600", {&answer, 1}));
      break;
    case 'c':
      check_evidence(evidence_of(gateway::registers::capture::read(text)));
      break;
    case 'y':
      check_evidence(evidence_of(gateway::registers::cysec::read(text)));
      break;
    default:
      check_condition(text);
  }
  return 0;
}
