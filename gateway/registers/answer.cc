#include "gateway/registers/answer.h"

#include <algorithm>
#include <utility>

namespace gateway::registers {

engine::Evidence begin_evidence(std::string_view source, std::string_view parser,
                                std::string_view reference, std::span<const Answer> answers) {
  engine::Evidence evidence;
  evidence.source = source;
  evidence.parser = parser;
  evidence.reference = reference;
  core::Sha256 hasher;
  for (const Answer& answer : answers) {
    evidence.documents.push_back(hasher(core::as_bytes(answer.body)));
    if (!evidence.address && !answer.address.empty()) evidence.address = answer.address;
    if (answer.http_status) evidence.http_status = answer.http_status;
    if (answer.answered_at) evidence.answered_at = answer.answered_at;
  }
  return evidence;
}

std::string failure(std::uint64_t http_status) {
  if (http_status == 0) return "no answer came";
  return "the server answered " + std::to_string(http_status);
}

void remark(engine::Evidence& evidence, std::string text) {
  auto& remarks = evidence.remarks;
  if (std::ranges::find(remarks, text) != remarks.end()) return;
  if (remarks.size() < kRemarksMax) {
    remarks.push_back(std::move(text));
  } else if (remarks.size() == kRemarksMax) {
    remarks.emplace_back("There is more to remark than is kept here: read the documents.");
  }
}

void doubt(engine::Evidence& evidence, std::string text) {
  evidence.coverage = engine::Coverage::Partial;
  remark(evidence, std::move(text));
}

core::Error wrong_reference(std::string at, std::string detail) {
  return core::invalid("register_reference", std::move(at), std::move(detail));
}

}  // namespace gateway::registers
