#include "jurisdictions/cysec/profile.h"

namespace jurisdictions::cysec {
namespace {

using namespace std::chrono;

constexpr core::Date kProfileMifid = reports::day(2018y / January / 3);
constexpr core::Date kProfileChecked = reports::day(2026y / November / 22);
constexpr std::string_view kProfileSource = "https://eur-lex.europa.eu/eli/reg_del/2017/565/oj";

}  // namespace

reports::Profile profile() {
  return {
      .id = "cysec",
      .title = {"Periodic statement of portfolio management",
                "Περιοδική κατάσταση διαχείρισης χαρτοφυλακίου"},
      .citations =
          {
              {.text = {"Commission Delegated Regulation (EU) 2017/565, Article 60(2): content of "
                        "the periodic statement, under Directive 2014/65/EU, Article 25(6)",
                        "Κατ’ εξουσιοδότηση κανονισμός (ΕΕ) 2017/565 της Επιτροπής, άρθρο 60 "
                        "παράγραφος 2: περιεχόμενο της περιοδικής κατάστασης, βάσει της οδηγίας "
                        "2014/65/ΕΕ, άρθρο 25 παράγραφος 6"},
               .source = kProfileSource,
               .in_force = kProfileMifid,
               .checked = kProfileChecked},
              {.text = {"The same, Article 60(3)(c): at least monthly if the contract authorises a "
                        "leveraged portfolio",
                        "Ο ίδιος, άρθρο 60 παράγραφος 3 στοιχείο γ): τουλάχιστον μηνιαία αν η "
                        "σύμβαση επιτρέπει μοχλευμένο χαρτοφυλάκιο"},
               .source = kProfileSource,
               .in_force = kProfileMifid,
               .checked = kProfileChecked,
               .uncertain = true},
          },
      .frequency = reports::Frequency::Monthly,
      .frequency_reason = {"The portfolio may be leveraged.",
                           "Το χαρτοφυλάκιο μπορεί να είναι μοχλευμένο."},
      .language = "el",
      .time_zone = "Asia/Nicosia",
      .notes =
          {
              {.text = {"Notices of a 10 % loss (Article 62) are sent apart from this statement.",
                        "Οι ειδοποιήσεις για ζημία 10 % (άρθρο 62) αποστέλλονται χωριστά από αυτή "
                        "την κατάσταση."}},
          },
  };
}

}  // namespace jurisdictions::cysec
