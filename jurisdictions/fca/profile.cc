#include "jurisdictions/fca/profile.h"

namespace jurisdictions::fca {
namespace {

using namespace std::chrono;

// Restated from the onshored Regulation 2017/565 by FCA 2025/40 and 2025/41 (PS25/13).
constexpr core::Date kRestated = reports::day(2025y / October / 23);
constexpr core::Date kProfileChecked = reports::day(2026y / November / 22);
constexpr std::string_view kProfileSource = "https://handbook.fca.org.uk/handbook/COBS/16A/4.html";

}  // namespace

reports::Profile profile() {
  return {
      .id = "fca",
      .title = {"Periodic statement of portfolio management",
                "Περιοδική κατάσταση διαχείρισης χαρτοφυλακίου"},
      .citations =
          {
              {.text = {"FCA Handbook, COBS 16A.4.1: content of the periodic statement",
                        "Εγχειρίδιο FCA, COBS 16A.4.1: περιεχόμενο της περιοδικής κατάστασης"},
               .source = kProfileSource,
               .in_force = kRestated,
               .checked = kProfileChecked},
              {.text = {"FCA Handbook, COBS 16A.4: at least monthly if the agreement authorises a "
                        "leveraged portfolio",
                        "Εγχειρίδιο FCA, COBS 16A.4: τουλάχιστον μηνιαία αν η σύμβαση επιτρέπει "
                        "μοχλευμένο χαρτοφυλάκιο"},
               .source = kProfileSource,
               .in_force = kRestated,
               .checked = kProfileChecked,
               .uncertain = true},
          },
      .frequency = reports::Frequency::Monthly,
      .frequency_reason = {"The portfolio may be leveraged.",
                           "Το χαρτοφυλάκιο μπορεί να είναι μοχλευμένο."},
      .language = "en",
      .time_zone = "Europe/London",
      .notes =
          {
              {.text = {"Before 23 October 2025 the same content was required by Article 60 of the "
                        "UK version of Regulation (EU) 2017/565.",
                        "Πριν από τις 23 Οκτωβρίου 2025 το ίδιο περιεχόμενο απαιτούσε το άρθρο 60 "
                        "της βρετανικής εκδοχής του κανονισμού (ΕΕ) 2017/565."}},
              {.text = {"The United Kingdom requires no notices of a 10 % loss.",
                        "Το Ηνωμένο Βασίλειο δεν απαιτεί ειδοποιήσεις για ζημία 10 %."}},
          },
  };
}

}  // namespace jurisdictions::fca
