#pragma once

#include <array>
#include <string_view>

#include "reports/language.h"

// Sentences that both forms of a statement print.
namespace reports {

inline constexpr Text kNoBenchmark{
    "No benchmark is agreed in the terms of this structure.",
    "Δεν έχει συμφωνηθεί δείκτης αναφοράς στους όρους αυτής της δομής."};

// What a regulation lists and this book does not hold, with the place that lists it.
struct NotRecorded {
  std::string_view item;
  std::string_view listed_in;
  Text reason;
};

inline constexpr std::array<NotRecorded, 5> kNotRecorded{{
    {"order_type",
     "Art 59(4)(e)",
     {"The book does not record whether an order was a market, limit or other order.",
      "Το λογιστικό βιβλίο δεν καταγράφει αν η εντολή ήταν αγοραία, οριακή ή άλλη."}},
    {"venue",
     "Art 59(4)(f)",
     {"The book records the trading platform, not the identification of a venue.",
      "Το λογιστικό βιβλίο καταγράφει την πλατφόρμα συναλλαγών, όχι τον κωδικό τόπου εκτέλεσης."}},
    {"spread",
     "Art 60(2)(d)",
     {"The spread is part of the prices and is not recorded as a cost of its own.",
      "Το άνοιγμα τιμών (spread) περιλαμβάνεται στις τιμές και δεν καταγράφεται ως χωριστό "
      "κόστος."}},
    {"dividends",
     "Art 60(2)(f)",
     {"Dividend adjustments of contracts for difference are not told apart: the platform books "
      "them "
      "with the financing (swap) or with the result.",
      "Οι προσαρμογές μερίσματος των συμβάσεων επί διαφορών δεν διακρίνονται: η πλατφόρμα τις "
      "καταχωρίζει με τη χρηματοδότηση (swap) ή με το αποτέλεσμα."}},
    {"market_price",
     "Art 60(2)(c)",
     {"Open positions are valued through the account's equity; their market prices are not "
      "recorded one by one.",
      "Οι ανοικτές θέσεις αποτιμώνται μέσω της καθαρής θέσης του λογαριασμού· οι τιμές αγοράς "
      "τους δεν καταγράφονται μία προς μία."}},
}};

}  // namespace reports
