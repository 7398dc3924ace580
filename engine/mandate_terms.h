#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/codec.h"
#include "core/fields.h"
#include "core/time.h"

// What a mandate says beside the offer, and what was found out before it was signed.
namespace engine {

enum class MandateChannel { Web, App, Paper, Recorded };

enum class SuitabilityResult { Suitable, Appropriate, Warned };

}  // namespace engine

template <>
struct core::EnumNames<engine::MandateChannel> {
  static constexpr std::array<std::string_view, 4> names = {"web", "app", "paper", "recorded"};
};

template <>
struct core::EnumNames<engine::SuitabilityResult> {
  static constexpr std::array<std::string_view, 3> names = {"suitable", "appropriate", "warned"};
};

namespace engine {

// Suitability, or appropriateness where that is enough; warned: not appropriate, and told so.
struct Suitability {
  SuitabilityResult result = SuitabilityResult::Suitable;
  core::Date assessed;
  core::Date expires;  // The last day.
  core::Hash document;

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "result", self.result);
    field(2, "assessed", self.assessed);
    field(3, "expires", self.expires);
    field(4, "document", self.document);
  }
};

struct MandateTerms {
  std::string language;  // ISO 639, of what he was shown.
  MandateChannel channel = MandateChannel::Web;
  bool withdrawal_power = false;   // Of the manager over the client's money: always refused.
  std::optional<core::Hash> lpoa;  // The power of attorney, if it is a paper of its own.
  std::optional<Suitability> suitability;
  std::optional<core::Hash> tax_certificate;
  std::optional<std::uint64_t> leverage_max;  // Agreed: times.
  std::optional<std::string> benchmark;       // Agreed.
  std::vector<std::string> disclosures;       // Codes of what he was given, the rules' papers too.
  std::optional<core::Date> expires;          // The last day; absent: until revoked.
  std::optional<std::string> version = {};    // Of the document, as it is printed on it.

  template <class Self, class F>
  static void describe(Self& self, F& field) {
    field(1, "language", self.language);
    field(2, "channel", self.channel);
    field(3, "withdrawal_power", self.withdrawal_power);
    field(4, "lpoa", self.lpoa);
    field(5, "suitability", self.suitability);
    field(6, "tax_certificate", self.tax_certificate);
    field(7, "leverage_max", self.leverage_max);
    field(8, "benchmark", self.benchmark);
    field(9, "disclosures", self.disclosures);
    field(10, "expires", self.expires);
    field(11, "version", self.version);
  }
};

}  // namespace engine
