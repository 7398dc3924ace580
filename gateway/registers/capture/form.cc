#include "gateway/registers/capture/form.h"

#include "gateway/registers/body.h"
#include "gateway/registers/words.h"

namespace gateway::registers::capture {

core::Error bad_form(std::string at, std::string detail) {
  return core::invalid("register_capture", std::move(at), std::move(detail));
}

core::Result<core::json::Value> parse_form(std::string_view text, std::string_view name) {
  TRY(auto value, parse_body(text, "form"));
  if (value.text("form") != name) {
    return bad_form("form", "The form must say \"form\": \"" + std::string(name) + "\".");
  }
  return value;
}

core::Result<engine::Evidence> begin_capture(std::string_view source, std::string_view parser,
                                             std::string_view reference, const Captured& captured,
                                             std::string_view form) {
  const std::string first = plain(captured.captured_by);
  const std::string second = plain(captured.reviewed_by);
  if (first.empty() || second.empty()) {
    return bad_form("captured", "Name who captured it and who reviewed it.");
  }
  if (first == second) {
    return bad_form("captured: reviewed_by", "The reviewer must be somebody else.");
  }
  if (captured.documents.empty()) {
    return bad_form("captured: documents", "Name the SHA-256 of what was captured.");
  }
  if (plain(captured.address).empty()) {
    return bad_form("captured: address", "Say where it was seen, or whose paper it is.");
  }
  const core::Date day = core::utc_date(captured.captured_at);
  if (captured.expires <= day || captured.expires.days - day.days > kDaysMax) {
    return bad_form("captured: expires", "It must expire after it was captured and within " +
                                             std::to_string(kDaysMax) + " days.");
  }
  engine::Evidence evidence;
  evidence.source = source;
  evidence.parser = parser;
  evidence.reference = reference;
  evidence.documents = captured.documents;
  evidence.documents.push_back(core::sha256(core::as_bytes(form)));
  evidence.address = plain(captured.address);
  evidence.answered_at = captured.captured_at;
  evidence.expires = captured.expires;
  return evidence;
}

}  // namespace gateway::registers::capture
