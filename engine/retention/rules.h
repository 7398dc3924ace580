#pragma once

#include <string>
#include <vector>

#include "core/time.h"
#include "engine/retention_commands.h"

// How long records are kept, as data. The jurisdictions have the tables; see
// jurisdictions/retention.h.
namespace engine::retention {

// A duty to keep a class of records for a number of years. Not legal advice: what is `uncertain`
// was not read in the authority's own words, and compliance must confirm all of it.
struct Rule {
  std::vector<RecordClass> classes;
  std::uint64_t years = 0;
  CountedFrom counted_from = CountedFrom::Record;
  core::Date in_force;  // The first day it applies.
  std::string citation;
  std::string source;  // Where it can be read.
  core::Date checked;  // When we last looked.
  bool uncertain = false;
};

// A rule and who asks for it: a jurisdiction, or "house" for what the firm recorded itself.
struct AppliedRule {
  std::string origin;
  Rule rule;
};

// The class of a record's kind; Other if it is not known here.
RecordClass class_of(std::uint64_t kind);

// Whether records of this class are business with the subject, rather than words about it.
bool is_business(RecordClass record_class);

}  // namespace engine::retention
