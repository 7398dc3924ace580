#pragma once

#include "gateway/screening/entry.h"

// The official lists, each as its authority publishes it. Every reader goes through its file once,
// holds a record at a time (and what later parts of the file refer to), and hands over entries with
// a line; the same id may come more than once and is then one entry (list.h).
//
// Errors of all: InvalidInput/list_file (not this format, or cut off), list_row (a record that
// cannot be right), list_date (31/02), list_encoding, xml; each with the line; what `take` gives.
namespace gateway::screening {

// The UK Sanctions List (FCDO), https://www.gov.uk/government/publications/the-uk-sanctions-list.
// The table may begin with a line "Report Date: ...".
core::Result<FileFacts> read_uk_csv(Source file, const Take& take);
core::Result<FileFacts> read_uk_xml(Source file, const Take& take);

// OFSI's consolidated list, which ended: Conflict/list_closed if it is dated after 2026-01-28.
inline constexpr std::string_view kConListEnd = "2026-01-28";
core::Result<FileFacts> read_uk_conlist(Source file, const Take& take);

// OFAC's Specially Designated Nationals: the older tables without headers, "-0-" for nothing. The
// entries of sdn.csv come first; what alt.csv and add.csv say of them comes as entries of the same
// id without names or without particulars.
core::Result<FileFacts> read_ofac_sdn(Source file, const Take& take);
core::Result<FileFacts> read_ofac_alt(Source file, const Take& take);
core::Result<FileFacts> read_ofac_add(Source file, const Take& take);
// sdn_advanced.xml (the Advanced Sanctions List Standard), a graph of numbers.
core::Result<FileFacts> read_ofac_xml(Source file, const Take& take);

// The European Union's Financial Sanctions Files, XML 1.1.
core::Result<FileFacts> read_eu_xml(Source file, const Take& take);

// The Security Council's consolidated list.
core::Result<FileFacts> read_un_xml(Source file, const Take& take);

// ASIC's banned and disqualified persons (comma) and organisations (tab).
core::Result<FileFacts> read_asic_persons(Source file, const Take& take);
core::Result<FileFacts> read_asic_organisations(Source file, const Take& take);

// IOSCO's I-SCAN export.
core::Result<FileFacts> read_iscan(Source file, const Take& take);

// Warnings that somebody copied from an authority's pages (FCA, CySEC), one a row: the columns
// authority, reference, name, website, phone, clone (yes or no) and date.
core::Result<FileFacts> read_warnings(Source file, const Take& take);

}  // namespace gateway::screening
