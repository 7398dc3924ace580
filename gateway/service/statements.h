#pragma once

#include <string>

#include "gateway/service/book.h"

namespace gateway::service {

struct StatementParameters {
  core::StructureId structure;
  core::PartyId client;
  core::Instant from;  // [from, to) by effective time.
  core::Instant to;
  std::string profile;   // "" = the book's.
  std::string language;  // "" = the profile's.
};

struct IssuedStatement {
  core::ReportId report;
  std::string json;
  std::string html;
};

// How a command that follows from another is recorded: by direct execution or through a sequencer.
using Submit = std::function<std::vector<ReceiptResult>(std::vector<Submission>)>;

// Builds the statement from the book as it is now, less what only tells of reports, and records that
// it was issued (issue_report). The report id follows from the parameters and the size, so that
// issuing the same statement of an unchanged book again is a hit.
//
// Errors: what the report refuses; what recording refuses.
core::Result<IssuedStatement> issue_statement(ReadableBook& book, const Submit& submit,
                                              const Caller& caller,
                                              const StatementParameters& parameters);

// Rebuilds an issued report from the records up to the size it was made from.
// Errors: NotFound/unknown_report; Corrupt/not_reproducible if a digest differs.
core::Result<IssuedStatement> reproduce_report(ReadableBook& book, const core::ReportId& report);

}  // namespace gateway::service
