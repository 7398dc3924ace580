#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/time.h"
#include "gateway/registers/answer.h"
#include "gateway/registers/fetch/credentials.h"
#include "gateway/registers/fetch/transport.h"

// Asks registers over the network: slowly, again after a failure, page by page. Nothing calls it
// unless a person says so (tally register fetch --live). Untested against the live registers: the
// tests speak with a stub. Source: docs/registers.md, "Fetching".
namespace gateway::registers::fetch {

struct Pace {
  std::size_t requests = 10;  // Of any window of this length;
  std::chrono::milliseconds window{
      10'000};               // the FCA documents 50 in ten seconds, older clients 10.
  std::size_t attempts = 4;  // Of one page.
  std::chrono::milliseconds backoff{1'000};   // Doubled after each failure.
  std::chrono::milliseconds blocked{60'000};  // After HTTP 429 without a Retry-After in seconds.
};

inline constexpr std::size_t kPagesMax = 200;  // Of one list: more is an error of the server's.

// Rows of a table at data.gov.au: in which column, and a number in each form that the table may
// write it in.
struct TableQuestion {
  std::string resource;
  std::string_view column;
  std::vector<std::string> forms;
  bool every_form = false;  // Else the first that finds something is enough.
};

class Fetcher {
 public:
  using Sleep = std::function<void(std::chrono::milliseconds)>;

  // The clock and the sleep belong together; both outlive the fetcher.
  Fetcher(Transport transport, core::Clock& clock, Sleep sleep, Pace pace = {});

  // All pages of a firm's endpoints, of the investment types of its requirements on financial
  // promotions, and of these people of its (by IRN), for fca::read. `base` ends in "/V0.1".
  std::vector<Answer> fca_firm(const std::string& base, std::string_view frn,
                               const Credentials& credentials,
                               std::span<const std::string> individuals = {});
  // All documents of an LEI, for esma::read. `base` ends in "/select".
  std::vector<Answer> esma_entity(const std::string& base, std::string_view lei);
  // The record of an LEI, for gleif::read. `base` ends in "/api/v1".
  std::vector<Answer> gleif_record(const std::string& base, std::string_view lei);
  // The rows of a table, for asic::read_answers: in the first form that finds any, or in every one.
  // `base` ends in
  // "/action".
  std::vector<Answer> table_rows(const std::string& base, const TableQuestion& question);
  // The id of the one resource of a package whose rows can be asked for.
  // Errors: InvalidInput/register_resource if there is no such package, none of its resources or
  //         several of them can be asked (they are listed), or the id is none;
  //         Unavailable/register_fetch.
  core::Result<std::string> table_of_package(const std::string& base, std::string_view package);

 private:
  using Headers = std::vector<std::pair<std::string_view, std::string_view>>;

  // A page that never came has status 0; the address has no credentials.
  // Pages of one endpoint of the FCA's, until there is no next one.
  void get_pages(const std::string& url, const Headers& headers, std::vector<Answer>& answers);
  Answer get(const std::string& url, const Headers& headers);
  void keep_pace();
  std::chrono::milliseconds pause_after(const HttpAnswer* answer, std::size_t failures) const;

  Transport transport_;
  core::Clock& clock_;
  Sleep sleep_;
  Pace pace_;
  std::deque<core::Instant> asked_;  // The requests of the last window.
};

inline constexpr std::string_view kFcaBase = "https://register.fca.org.uk/services/V0.1";
inline constexpr std::string_view kEsmaBase =
    "https://registers.esma.europa.eu/solr/esma_registers_upreg/select";
inline constexpr std::string_view kGleifBase = "https://api.gleif.org/api/v1";
inline constexpr std::string_view kDataGovAuBase = "https://data.gov.au/data/api/3/action";

// An individual's reference number as it stands in a path: letters and digits.
// Errors: InvalidInput/register_reference.
core::Result<> check_irn(std::string_view irn);

// A resource's id must be a UUID: 8-4-4-4-12 hexadecimal digits.
// Errors: InvalidInput/register_resource at `at`.
core::Result<> check_resource(std::string_view id, std::string_view at);

// "Sun, 06 Nov 1994 08:49:37 GMT"; nothing if it is no such date. Source: RFC 9110, 5.6.7.
std::optional<core::Instant> parse_http_date(std::string_view text);

}  // namespace gateway::registers::fetch
