#pragma once

#include <string>
#include <string_view>

#include "reports/ledger_view.h"
#include "reports/statement_model.h"

// The investor's periodic statement. Content: Delegated Regulation (EU) 2017/565 Art 60(2).
// Source: docs/formats/statement.md.
namespace reports {

inline constexpr std::string_view kStatementName = "statement";
// Grows with every change of the bytes, be it a label or a profile's text.
inline constexpr std::uint64_t kStatementVersion = 1;
// Lines of one kind on one statement; for more, ask for a shorter period.
inline constexpr std::size_t kStatementLinesMax = 100'000;

struct StatementRequest {
  core::StructureId structure;
  core::PartyId client;
  core::Instant from;  // Half open: from <= effective_at < to.
  core::Instant to;
  std::uint64_t size = 0;  // Records of the ledger to make it from: a checkpoint's size.
  std::string language;    // "en" or "el".
  Profile profile;
};

// The statement, in one pass over the records. The same records and request give the same
// statement.
//
// Guarantees: its lines add up to the cent, and its opening and closing values are the books'.
// Errors:     InvalidInput/period, language, statement_too_large; NotFound/unknown_structure,
//             unknown_client; Corrupt/statement_identity if a record posted something else than it
//             says; those of the source and of body_of().
core::Result<Statement> build_statement(const RecordSource& records,
                                        const StatementRequest& request);

// The canonical form: indented JSON with a fixed order of members, amounts as decimal strings.
std::string statement_json(const Statement& statement);

// One page for people: no scripts, nothing loaded from elsewhere. It names the digest of the JSON
// form.
// Errors: InvalidInput/time_zone if the profile's zone is unknown; Overflow.
core::Result<std::string> statement_html(const Statement& statement);

// Both forms with the SHA-256 of each whole file, as engine::IssueReport records them.
struct StatementFiles {
  std::string json;
  std::string html;
  core::Hash json_digest;
  core::Hash html_digest;
};
core::Result<StatementFiles> render_statement(const Statement& statement);

}  // namespace reports
