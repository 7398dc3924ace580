#include "jurisdictions/offshore/profile.h"

namespace jurisdictions::offshore {
namespace {

using namespace std::chrono;

}  // namespace

reports::Profile profile() {
  return {
      .id = "offshore",
      .title = {"Client statement", "Κατάσταση πελάτη"},
      .citations =
          {
              {.text = {"House format with the content of Commission Delegated Regulation (EU) "
                        "2017/565, Article 60(2); not a regulator's form",
                        "Ιδιωτική μορφή με το περιεχόμενο του κατ’ εξουσιοδότηση κανονισμού (ΕΕ) "
                        "2017/565, άρθρο 60 παράγραφος 2· δεν είναι έντυπο εποπτικής αρχής"},
               .source = "https://eur-lex.europa.eu/eli/reg_del/2017/565/oj",
               .in_force = reports::day(2018y / January / 3),
               .checked = reports::day(2026y / November / 22)},
          },
      .frequency = reports::Frequency::Monthly,
      .frequency_reason = {"House rule.", "Ιδιωτικός κανόνας."},
      .language = "en",
      .time_zone = "UTC",
      .notes =
          {
              {.text = {"Local rules may ask for more; none with a public form is known.",
                        "Τοπικοί κανόνες μπορεί να απαιτούν περισσότερα· δεν είναι γνωστό κανένα "
                        "δημόσιο έντυπο."},
               .uncertain = true},
          },
  };
}

}  // namespace jurisdictions::offshore
