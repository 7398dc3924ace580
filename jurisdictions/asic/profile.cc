#include "jurisdictions/asic/profile.h"

namespace jurisdictions::asic {
namespace {

using namespace std::chrono;

constexpr core::Date kProfileInstrument = reports::day(2016y / October / 1);
constexpr core::Date kProfileChecked = reports::day(2026y / November / 22);

}  // namespace

reports::Profile profile() {
  return {
      .id = "asic",
      .title = {"Managed discretionary account: client report",
                "Λογαριασμός διακριτικής διαχείρισης: αναφορά πελάτη"},
      .citations =
          {
              {.text = {"ASIC Corporations (Managed Discretionary Account Services) Instrument "
                        "2016/968: quarterly report of transactions, value, income, expenses and "
                        "fees",
                        "ASIC Corporations (Managed Discretionary Account Services) Instrument "
                        "2016/968: τριμηνιαία αναφορά συναλλαγών, αξίας, εσόδων, εξόδων και "
                        "αμοιβών"},
               .source = "https://www.legislation.gov.au, Instrument 2016/968",
               .in_force = kProfileInstrument,
               .checked = kProfileChecked,
               .uncertain = true},
              {.text = {"ASIC Regulatory Guide 179, Managed discretionary accounts",
                        "ASIC Regulatory Guide 179, Managed discretionary accounts"},
               .source = "https://asic.gov.au, RG 179",
               .in_force = kProfileInstrument,
               .checked = kProfileChecked,
               .uncertain = true},
          },
      .frequency = reports::Frequency::Quarterly,
      .frequency_reason =
          {"Unless the client agreed to substantially continuous electronic access.",
           "Εκτός αν ο πελάτης συμφώνησε σε ουσιαστικά διαρκή ηλεκτρονική πρόσβαση."},
      .language = "en",
      .time_zone = "Australia/Sydney",
      .notes =
          {
              {.text = {"The annual investor statement and the auditor's report on controls are "
                        "separate documents.",
                        "Η ετήσια κατάσταση επενδυτή και η έκθεση του ελεγκτή για τις δικλίδες "
                        "είναι χωριστά έγγραφα."},
               .uncertain = true},
          },
  };
}

}  // namespace jurisdictions::asic
