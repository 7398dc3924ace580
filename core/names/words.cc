#include "core/names/words.h"

#include <algorithm>
#include <array>

namespace core::names {
namespace {

constexpr auto kTitles = std::to_array<std::string_view>(
    {"mr",      "mrs",    "ms",      "miss",     "dr",       "doctor",   "prof",      "professor",
     "sir",     "lady",   "lord",    "dame",     "hon",      "gen",      "general",   "col",
     "colonel", "maj",    "major",   "capt",     "captain",  "lt",       "president", "minister",
     "sheikh",  "shaikh", "shaykh",  "sheik",    "haji",     "hajji",    "hadji",     "al-haj",
     "maulavi", "mullah", "mawlawi", "maulvi",   "sayed",    "imam",     "ayatollah", "comrade",
     "herr",    "frau",   "senor",   "monsieur", "madame",   "ing",      "dipl",      "jr",
     "sr",      "esq",    "king",    "prince",   "princess", "emir",     "hajj",      "mulla",
     "molla",   "sheykh", "general", "admiral",  "marshal",  "brigadier"});

constexpr auto kParticles = std::to_array<std::string_view>(
    {"al",    "el",  "ul", "ud",  "ad",  "as",  "at",  "ar",    "an",  "ed",  "ur",
     "de",    "da",  "do", "dos", "das", "di",  "del", "della", "der", "den", "van",
     "von",   "zu",  "la", "le",  "los", "las", "du",  "bin",   "ibn", "ben", "bint",
     "binti", "abu", "y",  "e",   "of",  "the", "and", "ter",   "te",  "af",  "av"});

constexpr auto kFiliations =
    std::to_array<std::string_view>({"bin", "ibn", "ben", "bint", "binti", "ould", "wald"});

constexpr auto kFillers = std::to_array<std::string_view>(
    {"of", "the", "and", "de",  "for", "in",  "und", "et",  "y",    "e", "la",
     "le", "der", "die", "das", "di",  "del", "du",  "des", "dlya", "i", "a"});

constexpr auto kGeneric = std::to_array<std::string_view>(
    {"group",       "international", "holding",      "holdings",     "enterprise",
     "enterprises", "industries",    "industry",     "industrial",   "global",
     "trading",     "trade",         "services",     "service",      "solutions",
     "general",     "national",      "company",      "trust",        "fund",
     "capital",     "partners",      "investment",   "investments",  "management",
     "systems",     "technology",    "technologies", "organization", "organisation",
     "association", "bank",          "commercial",   "limited",      "corporation",
     "firm",        "gruppa",        "kompaniya",    "predpriyatie", "zavod",
     "center",      "centre",        "institute",    "the"});

constexpr auto kCommonGiven = std::to_array<std::string_view>(
    {"muhammad", "ahmad",   "ali",     "abd",   "abdul",  "abdel",     "abdallah", "hassan",
     "husayn",   "ibrahim", "khan",    "john",  "maria",  "jose",      "juan",     "kim",
     "lee",      "li",      "wang",    "zhang", "ivan",   "alexander", "vladimir", "sergey",
     "mikhail",  "david",   "michael", "umar",  "mahmud", "khalid"});

// Each row: variants of one name, which sound alike or are its romanisations.
constexpr auto kVariants = std::to_array<std::array<std::string_view, 12>>({
    {"muhammad", "mohammed", "mohamed", "mohammad", "muhammed", "mohamad", "muhamad", "mochammad",
     "mahomet", "mehmet", "mohd", "md"},
    {"ahmad", "ahmed", "ahmet", "akhmed", "akhmad", "achmad"},
    {"hussein", "husayn", "hossein", "husain", "hussain", "hoseyn", "huseyin", "husein", "khusein"},
    {"hassan", "hasan", "khasan", "hasson"},
    {"yusuf", "youssef", "yousef", "yosef", "yusef", "yusif", "joseph", "josef", "josep", "iosif"},
    {"umar", "omar", "omer"},
    {"uthman", "osman", "othman", "usman"},
    {"abdallah", "abdullah", "abdulla", "abdalla", "abdellah"},
    {"abdul", "abdel", "abd", "abdal", "abdol"},
    {"khalid", "khaled", "halid", "haled"},
    {"mahmud", "mahmoud", "mahmood", "makhmud"},
    {"said", "saeed", "sayed", "saied", "sayyid", "syed", "saiid", "seyed"},
    {"qasim", "kasim", "kassem", "qassem", "qasem", "ghasem"},
    {"ibrahim", "ebrahim", "abraham", "brahim", "avraham"},
    {"sulayman", "suleiman", "sulaiman", "soleyman", "solomon", "suleyman"},
    {"mustafa", "mostafa", "moustafa", "mustapha"},
    {"alexander", "aleksandr", "alexandre", "alejandro", "oleksandr", "alessandro", "aleksander",
     "aliaksandr", "aleksandar", "iskandar"},
    {"alexei", "aleksei", "aleksey", "alexey", "oleksii", "oleksiy", "alexis"},
    {"sergey", "sergei", "sergi", "serhii", "serhiy", "siarhei", "sergio", "serge", "serej"},
    {"dmitry", "dmitri", "dmitriy", "dimitri", "dmytro", "dzmitry", "dimitar", "dimitrios"},
    {"yevgeny", "evgeny", "evgeniy", "evgenii", "eugene", "yevhen", "ievgen", "eugen", "evgeni"},
    {"vladimir", "volodymyr", "uladzimir", "wladimir", "waldemar"},
    {"nikolai", "nikolay", "mykola", "nicholas", "nicolas", "nikolaus", "nicolae", "nikola"},
    {"mikhail", "michael", "mykhailo", "michel", "miguel", "mihail", "mikhael", "michal", "mihai"},
    {"yuri", "yury", "yuriy", "iurii", "yurii", "jurij", "juri", "iouri"},
    {"peter", "pyotr", "petr", "petro", "pedro", "pierre", "pietro", "piotr", "petar"},
    {"paul", "pavel", "pavlo", "pablo", "paolo", "pawel"},
    {"john", "ivan", "johann", "johannes", "jan", "ioann", "giovanni", "jean", "juan", "yohannes",
     "ioannis"},
    {"george", "georgy", "georgiy", "georgios", "jorge", "georg", "georges", "heorhii"},
    {"andrew", "andrei", "andrey", "andrii", "andriy", "andreas", "andre", "andrea"},
    {"friedrich", "frederick", "frederic", "fridrich", "frederik", "friedrych", "federico"},
    {"francis", "francisco", "francesco", "franz", "francois", "frantisek"},
    {"charles", "carlos", "karl", "carl", "carlo", "karel"},
    {"william", "wilhelm", "guillaume", "guillermo", "willem"},
    {"henry", "heinrich", "henri", "enrique", "hendrik", "enrico"},
    {"katherine", "catherine", "ekaterina", "yekaterina", "kateryna", "katarina", "katharina",
     "caterina"},
    {"helen", "elena", "yelena", "olena", "helena", "alena"},
    {"mary", "maria", "marie", "mariya", "mariia", "maryam", "miriam"},
    {"elizabeth", "elisabeth", "yelizaveta", "elizaveta", "isabel"},
    {"natalia", "nataliya", "natalya", "nataliia", "natalie"},
    {"stephen", "steven", "stefan", "stepan", "etienne", "esteban", "stefano"},
    {"isaac", "ishaq", "ishak", "izhak", "yitzhak"},
});

// Each row: a name and what those who know its bearer say.
constexpr auto kNicknames = std::to_array<std::array<std::string_view, 8>>({
    {"william", "bill", "billy", "will", "willy", "liam", "willie"},
    {"robert", "bob", "bobby", "rob", "robbie", "bert"},
    {"richard", "dick", "rick", "ricky", "rich", "richie"},
    {"james", "jim", "jimmy", "jamie"},
    {"john", "jack", "johnny", "jon"},
    {"michael", "mike", "mick", "mickey", "micky"},
    {"edward", "ed", "eddie", "ted", "ned", "teddy"},
    {"charles", "charlie", "chuck", "chas"},
    {"joseph", "joe", "joey", "jo"},
    {"thomas", "tom", "tommy"},
    {"elizabeth", "liz", "beth", "betty", "lizzie", "eliza", "lisa"},
    {"margaret", "peggy", "maggie", "meg", "greta"},
    {"katherine", "kate", "katie", "kathy", "cathy", "katya"},
    {"alexander", "alex", "sasha", "sacha", "sandy", "al", "aleks"},
    {"benjamin", "ben", "benny", "bibi"},
    {"daniel", "dan", "danny"},
    {"david", "dave", "davey"},
    {"andrew", "andy", "drew"},
    {"anthony", "tony", "antony", "antonio", "anton"},
    {"steven", "steve"},
    {"nicholas", "nick", "nicky", "kolya"},
    {"samuel", "sam", "sammy"},
    {"matthew", "matt", "matthias", "mateo"},
    {"gregory", "greg", "grigory", "grigori", "hryhorii"},
    {"jeffrey", "jeff", "geoffrey", "geoff"},
    {"donald", "don", "donny"},
    {"ronald", "ron", "ronnie"},
    {"kenneth", "ken", "kenny"},
    {"lawrence", "larry", "laurence"},
    {"patrick", "pat", "paddy"},
    {"peter", "pete"},
    {"philip", "phil", "phillip", "philippe", "filip", "felipe"},
    {"christopher", "chris", "kit"},
    {"dmitry", "dima", "mitya"},
    {"vladimir", "vova", "volodya"},
    {"mikhail", "misha"},
    {"yevgeny", "zhenya"},
    {"ivan", "vanya"},
    {"susan", "sue", "susie", "suzanne"},
    {"theodore", "ted", "theo", "teddy", "fyodor"},
    {"frederick", "fred", "freddy"},
    {"francisco", "paco", "pancho"},
    {"jose", "pepe"},
    {"ignacio", "nacho"},
    {"enrique", "quique", "kike"},
    {"walter", "walt"},
    {"deborah", "deb", "debbie"},
    {"victoria", "vicky", "tori"},
    {"timothy", "tim"},
    {"albert", "al", "bert"},
});

constexpr auto kNumbers = std::to_array<std::string_view>(
    {"zero",     "one",     "two",     "three",     "four",     "five",    "six",
     "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
     "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"});
constexpr auto kTens = std::to_array<std::string_view>(
    {"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"});

constexpr auto kOrdinals = std::to_array<std::string_view>(
    {"zeroth",     "first",     "second",    "third",       "fourth",     "fifth",     "sixth",
     "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",   "thirteenth",
     "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"});
constexpr auto kTenths =
    std::to_array<std::string_view>({"twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth",
                                     "seventieth", "eightieth", "ninetieth"});

// Each row: romanisations of one Korean syllable, first of family names, then of others.
constexpr auto kKorean = std::to_array<std::array<std::string_view, 4>>({
    {"lee", "yi", "ri", "rhee"},
    {"park", "pak", "bak", "bark"},
    {"choi", "choe", "choy"},
    {"jung", "jeong", "chung", "chong"},
    {"roh", "no", "noh"},
    {"kim", "gim"},
    {"yoon", "yun"},
    {"kang", "gang"},
    {"cho", "jo"},
    {"moon", "mun"},
    {"shin", "sin"},
    {"lim", "rim", "im"},
    {"ryu", "yoo", "yu"},
    {"kwon", "gwon"},
    {"ahn", "an"},
    {"song", "sung", "seong"},
    {"hwan", "huan"},
    {"hyun", "hyon", "hyeon"},
    {"young", "yong", "yeong"},
    {"myung", "myong", "myeong"},
    {"suk", "sok", "seok"},
    {"chul", "chol", "cheol"},
    {"un", "eun"},
});

struct Affix {
  std::string_view text;
  int kind;
};

constexpr auto kEndings = std::to_array<Affix>({
    {"ovich", 1},
    {"evich", 1},
    {"ovych", 1},
    {"evych", 1},
    {"ovna", 2},
    {"evna", 2},
    {"ivna", 2},
    {"sdottir", 3},
    {"dottir", 3},
    {"uddin", 4},
    {"ullah", 5},
    {"sson", 6},
});
constexpr auto kBeginnings = std::to_array<Affix>({
    {"abdur", 7},
    {"abdul", 7},
    {"abdel", 7},
    {"abdal", 7},
    {"abdus", 7},
    {"abdol", 7},
});

struct InRow {
  std::string_view word;
  std::size_t row = 0;
  auto operator<=>(const InRow&) const = default;
};

// A table's words in order, each with its row.
template <std::size_t kRows, std::size_t kWords>
auto sorted(const std::array<std::array<std::string_view, kWords>, kRows>& table) {
  std::array<InRow, kRows * kWords> words{};
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = {table[i / kWords][i % kWords], i / kWords};
  std::ranges::sort(words);
  return words;
}

// A bit for each row of nicknames in which exactly this word stands.
std::uint64_t rows_with(std::string_view word) {
  static const auto kSorted = sorted(kNicknames);
  std::uint64_t bits = 0;
  auto found = std::ranges::lower_bound(kSorted, word, {}, &InRow::word);
  for (; found != kSorted.end() && found->word == word; ++found) {
    bits |= std::uint64_t{1} << found->row;
  }
  return bits;
}

bool in(std::string_view word, auto words) { return std::ranges::find(words, word) != words.end(); }

}  // namespace

bool is_title(std::string_view word) { return in(word, kTitles); }
bool is_particle(std::string_view word) { return in(word, kParticles); }
bool is_filiation(std::string_view word) { return in(word, kFiliations); }
bool is_filler(std::string_view word) { return in(word, kFillers); }
bool is_generic(std::string_view word) { return in(word, kGeneric); }
bool is_common_given(std::string_view word) { return in(variant_of(word), kCommonGiven); }

std::string_view variant_of(std::string_view word) {
  static const auto kSorted = sorted(kVariants);
  // Of a word in two rows, the first.
  const auto found = std::ranges::lower_bound(kSorted, word, {}, &InRow::word);
  if (word.empty() || found == kSorted.end() || found->word != word) return word;
  return kVariants[found->row].front();
}

std::uint64_t nicknames_of(std::string_view word) {
  static_assert(kNicknames.size() <= 64);
  return word.empty() ? 0 : rows_with(word) | rows_with(variant_of(word));
}

std::string_view korean_of(std::string_view word) {
  for (const auto& row : kKorean) {
    if (!word.empty() && in(word, row)) return row.front();
  }
  return word;
}

Stem stem_of(std::string_view word) {
  constexpr std::size_t kStemMin = 2;
  for (const auto& [text, kind] : kEndings) {
    if (word.size() < text.size() + kStemMin || !word.ends_with(text)) continue;
    return {word.substr(0, word.size() - text.size()), kind};
  }
  for (const auto& [text, kind] : kBeginnings) {
    if (word.size() < text.size() + kStemMin || !word.starts_with(text)) continue;
    return {word.substr(text.size()), kind};
  }
  return {word, 0};
}

int number_of(std::string_view word) {
  if (word == "fourty") word = "forty";
  const auto place_in = [word](const auto& words) {
    const auto found = std::ranges::find(words, word);
    return found == words.end() ? -1 : static_cast<int>(found - words.begin());
  };
  const int small = std::max(place_in(kNumbers), place_in(kOrdinals));
  if (small >= 0) return small;
  const int tens = std::max(place_in(kTens), place_in(kTenths));
  return tens < 0 ? -1 : (tens + 2) * 10;
}

}  // namespace core::names
