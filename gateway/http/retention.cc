#include "gateway/http/retention.h"

#include "core/fields.h"
#include "gateway/service/retention.h"

namespace gateway::http {
namespace {

core::Result<core::Instant> asked_moment(const Call& call) {
  core::SystemClock clock;
  return service::moment_of_day(call.service.book, clock, call.parameter("on"));
}

}  // namespace

Answer get_retention(const Call& call) {
  TRY(const core::Instant now, asked_moment(call));
  TRY(const auto shown, service::query_retention(call.service.book, now));
  return respond_json(shown);
}

Answer get_subject_retention(const Call& call) {
  core::PartyId subject;
  TRY(call.service.book.with_references([&](refs::ReferenceStore& store) -> core::Result<> {
    refs::KnownReferences known(store);
    auto read = core::Codec<core::PartyId>::from_json(call.variable("subject"), &known);
    if (!read) return std::move(read.error()).within("subject");
    subject = read.value();
    return core::ok();
  }));
  TRY(const core::Instant now, asked_moment(call));
  TRY(const auto shown, service::query_subject_retention(call.service.book, subject.bytes, now));
  return respond_json(shown);
}

}  // namespace gateway::http
