#pragma once

#include "reports/language.h"

// What the page of a statement calls things. Source: docs/glossary.md.
namespace reports::labels {

// Header.
inline constexpr Text kFirm{"Firm", "Επιχείρηση"};
inline constexpr Text kAccount{"Client account", "Λογαριασμός πελάτη"};
inline constexpr Text kTradingAccount{"Trading account", "Λογαριασμός συναλλαγών"};
inline constexpr Text kStructure{"Structure", "Δομή"};
inline constexpr Text kManager{"Manager", "Διαχειριστής"};
inline constexpr Text kModel{"Model", "Μοντέλο"};
inline constexpr Text kPool{"Pool (PAMM)", "Κοινό χαρτοφυλάκιο (PAMM)"};
inline constexpr Text kGroup{"Group of accounts (MAM)", "Ομάδα λογαριασμών (MAM)"};
inline constexpr Text kCopy{"Copy trading", "Αντιγραφή συναλλαγών"};
inline constexpr Text kCurrency{"Currency", "Νόμισμα"};
inline constexpr Text kFromUtc{"From, UTC", "Από, UTC"};
inline constexpr Text kToUtc{"To, UTC, excluded", "Έως, UTC, μη συμπεριλαμβανομένου"};
inline constexpr Text kAmountsIn{"amounts in", "ποσά σε"};
inline constexpr Text kNetReturns{"net of fees", "καθαρή από αμοιβές"};
inline constexpr Text kTimeZone{"Time zone of days and times", "Ζώνη ώρας ημερών και ωρών"};
inline constexpr Text kFrequency{"Frequency", "Συχνότητα"};
inline constexpr Text kMonthly{"at least monthly", "τουλάχιστον μηνιαία"};
inline constexpr Text kQuarterly{"quarterly", "τριμηνιαία"};
inline constexpr Text kSimulated{
    "SIMULATED BOOK: invented data for demonstration and tests, not a statement of real money.",
    "ΠΡΟΣΟΜΟΙΩΣΗ: επινοημένα δεδομένα για επίδειξη και δοκιμές, όχι κατάσταση πραγματικών "
    "χρημάτων."};

// Key figures and the bridge.
inline constexpr Text kSummary{"Summary", "Σύνοψη"};
inline constexpr Text kOpeningValue{"Opening value", "Αρχική αξία"};
inline constexpr Text kClosingValue{"Closing value", "Τελική αξία"};
inline constexpr Text kResult{"Result after fees", "Αποτέλεσμα μετά τις αμοιβές"};
inline constexpr Text kReturn{"Return (time-weighted)", "Απόδοση (χρονοσταθμισμένη)"};
inline constexpr Text kBridge{"How the value changed", "Πώς μεταβλήθηκε η αξία"};
inline constexpr Text kItem{"Item", "Στοιχείο"};
inline constexpr Text kAmount{"Amount", "Ποσό"};
inline constexpr Text kNetFlows{"Money in and out, net of entry fees",
                                "Εισροές και εκροές, καθαρές από αμοιβές εισόδου"};
inline constexpr Text kRealised{"Realised result", "Πραγματοποιημένο αποτέλεσμα"};
inline constexpr Text kChangeUnrealised{"Change in unrealised result",
                                        "Μεταβολή μη πραγματοποιημένου αποτελέσματος"};
inline constexpr Text kIncome{"Income: financing (swap) and rebates",
                              "Έσοδα: χρηματοδότηση (swap) και επιστροφές"};
inline constexpr Text kAdjustments{"Manual adjustments", "Χειροκίνητες προσαρμογές"};
inline constexpr Text kResultBeforeFees{"Result before fees", "Αποτέλεσμα πριν τις αμοιβές"};
inline constexpr Text kOtherCurrencies{"Accounts in other currencies",
                                       "Λογαριασμοί σε άλλα νομίσματα"};
inline constexpr Text kNotConverted{
    "These amounts are in the currency of the account. They are in no other figure of this "
    "statement, and "
    "nothing is converted.",
    "Τα ποσά αυτά είναι στο νόμισμα του λογαριασμού. Δεν περιλαμβάνονται σε κανένα άλλο ποσό της "
    "παρούσας κατάστασης και τίποτα δεν μετατρέπεται."};
inline constexpr Text kFeesCharged{"Fees and costs charged", "Αμοιβές και έξοδα που χρεώθηκαν"};
inline constexpr Text kRebased{
    "Moved from settled to unrealised because units changed (no effect on the value):",
    "Μεταφορά από διακανονισμένο σε μη πραγματοποιημένο λόγω μεταβολής μεριδίων (χωρίς επίδραση "
    "στην αξία):"};

// Performance.
inline constexpr Text kPerformance{"Performance", "Απόδοση"};
inline constexpr Text kMethod{"Method", "Μέθοδος"};
inline constexpr Text kTimeWeightedName{"Time-weighted", "Χρονοσταθμισμένη"};
inline constexpr Text kModifiedDietzName{"Modified Dietz (money-weighted)",
                                         "Τροποποιημένη Dietz (σταθμισμένη ως προς τα κεφάλαια)"};
inline constexpr Text kRate{"Rate", "Ποσοστό"};
inline constexpr Text kRatePercent{"Return", "Απόδοση"};
inline constexpr Text kSubPeriods{"Sub-periods of the time-weighted return",
                                  "Υποπερίοδοι της χρονοσταθμισμένης απόδοσης"};
inline constexpr Text kFrom{"From", "Από"};
inline constexpr Text kTo{"To", "Έως"};
inline constexpr Text kNetOfFees{
    "Returns are net of all fees charged to the portfolio. Money paid in or out is not part of a "
    "return; an entry fee is taken before the money is in.",
    "Οι αποδόσεις είναι καθαρές από όλες τις αμοιβές που χρεώθηκαν στο χαρτοφυλάκιο. Οι εισροές "
    "και "
    "οι εκροές δεν αποτελούν μέρος της απόδοσης· η αμοιβή εισόδου αφαιρείται πριν από την "
    "επένδυση."};
inline constexpr Text kNoCapital{"none: nothing was invested", "καμία: δεν υπήρχε επένδυση"};
inline constexpr Text kWithoutCapital{"none: a result without capital",
                                      "καμία: αποτέλεσμα χωρίς κεφάλαιο"};
inline constexpr Text kBelowZero{"none: the value was below zero",
                                 "καμία: η αξία ήταν κάτω από το μηδέν"};
inline constexpr Text kBenchmark{"Benchmark", "Δείκτης αναφοράς"};

// Value.
inline constexpr Text kValue{"Value of the portfolio", "Αξία χαρτοφυλακίου"};
inline constexpr Text kSettled{"Settled", "Διακανονισμένο"};
inline constexpr Text kBalance{"Balance", "Υπόλοιπο"};
inline constexpr Text kFloating{"Unrealised", "Μη πραγματοποιημένο"};
inline constexpr Text kTotal{"Total", "Σύνολο"};
inline constexpr Text kOpening{"Opening", "Αρχή"};
inline constexpr Text kClosing{"Closing", "Τέλος"};
inline constexpr Text kWhen{"When", "Χρονική στιγμή"};
inline constexpr Text kValuedAt{"Unrealised as of", "Μη πραγματοποιημένο κατά"};
inline constexpr Text kUnits{"Units and high-water mark",
                             "Μερίδια και ανώτατο όριο (high-water mark)"};
inline constexpr Text kUnitsHeld{"Units held", "Μερίδια"};
inline constexpr Text kMark{"High-water mark", "Ανώτατο όριο (high-water mark)"};
inline constexpr Text kUnitPrice{"Price of a unit at the last rollover",
                                 "Τιμή μεριδίου στο τελευταίο rollover"};
inline constexpr Text kNotAttributed{
    "Closed results of the whole pool that the next rollover will attribute:",
    "Κλεισμένα αποτελέσματα όλου του κοινού χαρτοφυλακίου που θα κατανεμηθούν στο επόμενο "
    "rollover:"};
inline constexpr Text kPositions{"Open positions", "Ανοικτές θέσεις"};
inline constexpr Text kAveragePrice{"Average price", "Μέση τιμή"};

// Lists.
inline constexpr Text kRecord{"Record", "Εγγραφή"};
inline constexpr Text kDate{"Date", "Ημερομηνία"};
inline constexpr Text kTime{"Date and time", "Ημερομηνία και ώρα"};
inline constexpr Text kKind{"Kind", "Είδος"};
inline constexpr Text kNone{"None in this period.", "Κανένα στοιχείο σε αυτή την περίοδο."};
inline constexpr Text kFlows{"Money in and out of the structure", "Εισροές και εκροές της δομής"};
inline constexpr Text kSubscription{"Subscription", "Εγγραφή σε μερίδια"};
inline constexpr Text kRedemption{"Redemption", "Εξαγορά"};
inline constexpr Text kFunding{"Paid into the trading account",
                               "Κατάθεση στον λογαριασμό συναλλαγών"};
inline constexpr Text kDefunding{"Paid out of the trading account",
                                 "Ανάληψη από τον λογαριασμό συναλλαγών"};
inline constexpr Text kGross{"Gross", "Μικτό"};
inline constexpr Text kEntryFee{"Entry fee", "Αμοιβή εισόδου"};
inline constexpr Text kNet{"Net", "Καθαρό"};
inline constexpr Text kFees{"Fees and costs", "Αμοιβές και έξοδα"};
inline constexpr Text kManagementFee{"Management fee", "Αμοιβή διαχείρισης"};
inline constexpr Text kPerformanceFee{"Performance fee", "Αμοιβή απόδοσης"};
inline constexpr Text kExitFee{"Exit fee", "Αμοιβή εξόδου"};
inline constexpr Text kEarlyWithdrawal{"Early withdrawal fee", "Αμοιβή πρόωρης ανάληψης"};
inline constexpr Text kSubscriptionFee{"Subscription fee", "Συνδρομή"};
inline constexpr Text kVolumeFee{"Volume fee", "Αμοιβή όγκου συναλλαγών"};
inline constexpr Text kExecution{"Execution: commission", "Εκτέλεση: προμήθεια"};
inline constexpr Text kOther{"Other: taxes", "Λοιπά: φόροι"};
inline constexpr Text kBase{"On", "Επί"};
inline constexpr Text kOnRequest{"A more detailed breakdown is provided on request.",
                                 "Αναλυτικότερη κατάσταση παρέχεται κατόπιν αιτήματος."};
inline constexpr Text kShareOfPool{
    "Financing, commission and taxes are the client's share of the pool's, by units held at each "
    "rollover.",
    "Η χρηματοδότηση, η προμήθεια και οι φόροι είναι το μερίδιο του πελάτη στο κοινό χαρτοφυλάκιο, "
    "ανάλογα με τα μερίδιά του σε κάθε rollover."};
inline constexpr Text kIncomeLines{"Income and rebates", "Έσοδα και επιστροφές"};
inline constexpr Text kSwap{"Financing (swap)", "Χρηματοδότηση (swap)"};
inline constexpr Text kRebateWallet{"Rebate, into the wallet", "Επιστροφή, στο πορτοφόλι"};
inline constexpr Text kRebatePortfolio{"Rebate, into the portfolio", "Επιστροφή, στο χαρτοφυλάκιο"};
inline constexpr Text kCorporateActions{"Corporate actions", "Εταιρικές πράξεις"};
inline constexpr Text kValuations{"Valuations", "Αποτιμήσεις"};
inline constexpr Text kEquity{"Equity", "Καθαρή θέση"};
inline constexpr Text kPoolEquity{"Equity of the pool", "Καθαρή θέση κοινού χαρτοφυλακίου"};
inline constexpr Text kSource{"Source", "Πηγή"};
inline constexpr Text kNoSource{"entered by the firm", "καταχώριση της επιχείρησης"};

// Transactions.
inline constexpr Text kTransactions{"Transactions", "Συναλλαγές"};
inline constexpr Text kPoolTransactions{"Transactions of the pool (whole amounts, all investors)",
                                        "Συναλλαγές κοινού χαρτοφυλακίου (συνολικά ποσά, όλοι οι "
                                        "επενδυτές)"};
inline constexpr Text kInstrument{"Instrument", "Μέσο"};
inline constexpr Text kSide{"Side", "Πλευρά"};
inline constexpr Text kBuy{"Buy", "Αγορά"};
inline constexpr Text kSell{"Sell", "Πώληση"};
inline constexpr Text kOpen{"opened", "άνοιγμα"};
inline constexpr Text kClose{"closed", "κλείσιμο"};
inline constexpr Text kLots{"Lots", "Παρτίδες"};
inline constexpr Text kOpenPrice{"Open price", "Τιμή ανοίγματος"};
inline constexpr Text kPrice{"Price", "Τιμή"};
inline constexpr Text kProfit{"Profit", "Κέρδος"};
inline constexpr Text kSwapShort{"Swap", "Swap"};
inline constexpr Text kCommission{"Commission", "Προμήθεια"};
inline constexpr Text kTaxes{"Taxes", "Φόροι"};
inline constexpr Text kReference{"Reference", "Αναφορά"};

// Copies.
inline constexpr Text kCopies{"What became of the manager's signals",
                              "Τι απέγιναν τα σήματα του διαχειριστή"};
inline constexpr Text kSignal{"Signal", "Σήμα"};
inline constexpr Text kOrdered{"Ordered", "Δόθηκε εντολή"};
inline constexpr Text kSkipped{"Not copied", "Δεν αντιγράφηκε"};
inline constexpr Text kOffered{"Offered", "Προτάθηκε"};
inline constexpr Text kConfirmed{"Confirmed", "Επιβεβαιώθηκε"};
inline constexpr Text kDeclined{"Declined", "Απορρίφθηκε από τον πελάτη"};
inline constexpr Text kExpired{"Expired", "Έληξε"};
inline constexpr Text kWithdrawn{"Withdrawn", "Ανακλήθηκε"};
inline constexpr Text kRejected{"Rejected by the platform", "Απορρίφθηκε από την πλατφόρμα"};
inline constexpr Text kCloseAsked{"Close demanded", "Ζητήθηκε κλείσιμο"};
inline constexpr Text kAmended{"Put right", "Διορθώθηκε"};
inline constexpr Text kStopped{"Copying stopped", "Η αντιγραφή σταμάτησε"};
inline constexpr Text kSplit{"Split", "Διάσπαση"};
inline constexpr Text kReason{"Reason", "Λόγος"};

// Cash.
inline constexpr Text kCash{"Cash outside the structure", "Μετρητά εκτός της δομής"};
inline constexpr Text kWallet{"Wallet", "Πορτοφόλι"};
inline constexpr Text kPendingIn{"Waiting to be invested", "Σε αναμονή επένδυσης"};
inline constexpr Text kPendingOut{"Redeemed, not yet paid", "Εξαγορασμένα, μη καταβληθέντα"};
inline constexpr Text kPayout{"Withdrawal approved, not yet paid",
                              "Εγκεκριμένη ανάληψη, μη καταβληθείσα"};
inline constexpr Text kCashMovements{"Movements of the wallet", "Κινήσεις πορτοφολιού"};

inline constexpr Text kDeposit{"Deposit", "Κατάθεση"};
inline constexpr Text kWithdrawal{"Withdrawal approved", "Εγκεκριμένη ανάληψη"};
inline constexpr Text kInvested{"Subscription requested", "Αίτηση εγγραφής σε μερίδια"};
inline constexpr Text kCancelled{"Request cancelled", "Ακύρωση αίτησης"};
inline constexpr Text kSentHome{"Transfer returned", "Επιστροφή μεταφοράς"};
inline constexpr Text kRedemptionPaid{"Redemption paid", "Καταβολή εξαγοράς"};
inline constexpr Text kRebate{"Rebate", "Επιστροφή"};
inline constexpr Text kWithdrawalCancelled{"Withdrawal cancelled", "Ακύρωση ανάληψης"};
inline constexpr Text kCardDeposit{"Deposit by card", "Κατάθεση με κάρτα"};
inline constexpr Text kChargeback{"Card payment charged back", "Αντιλογισμός πληρωμής με κάρτα"};
inline constexpr Text kTransferRefused{"Refused by the trading platform",
                                       "Απορρίφθηκε από την πλατφόρμα συναλλαγών"};
inline constexpr Text kManagerPaid{"Manager's fees", "Αμοιβές διαχειριστή"};
inline constexpr Text kConverted{"Currency conversion", "Μετατροπή νομίσματος"};
inline constexpr Text kHandedOver{"Given to another client", "Μεταβίβαση σε άλλον πελάτη"};
inline constexpr Text kHandoverReceived{"Received from another client", "Λήψη από άλλον πελάτη"};
inline constexpr Text kEntry{"Manual entry", "Χειροκίνητη εγγραφή"};

// Notes and evidence.
inline constexpr Text kNotes{"Notes", "Σημειώσεις"};
inline constexpr Text kLaw{"Legal basis", "Νομική βάση"};
inline constexpr Text kChecked{"checked", "έλεγχος"};
inline constexpr Text kUncertain{"to be confirmed by compliance",
                                 "προς επιβεβαίωση από την κανονιστική συμμόρφωση"};
inline constexpr Text kNotRecordedTitle{"What the law lists and this book does not record",
                                        "Τι απαριθμεί ο νόμος και δεν καταγράφει αυτό το βιβλίο"};
inline constexpr Text kEvidence{"Evidence", "Τεκμηρίωση"};
inline constexpr Text kEvidenceIntro{
    "Each figure follows from numbered records of a tamper-evident ledger. Whoever holds the "
    "records can make this page again, byte for byte.",
    "Κάθε αριθμός προκύπτει από αριθμημένες εγγραφές ενός λογιστικού βιβλίου στο οποίο κάθε "
    "αλλοίωση γίνεται αντιληπτή. Όποιος έχει τις εγγραφές μπορεί να παραγάγει ξανά αυτή τη σελίδα, "
    "ταυτόσημη."};
inline constexpr Text kRecords{"Records read", "Εγγραφές που αναγνώσθηκαν"};
inline constexpr Text kRoot{"Root of the ledger's tree", "Ρίζα του δένδρου του βιβλίου"};
inline constexpr Text kRecordedUntil{"Recorded until", "Καταγραφές έως"};
inline constexpr Text kJsonDigest{"SHA-256 of the JSON form", "SHA-256 της μορφής JSON"};
inline constexpr Text kVersion{"Report and version", "Αναφορά και έκδοση"};

}  // namespace reports::labels
