#include "gateway/bench/made_names.h"

#include <algorithm>
#include <array>
#include <span>

#include "gateway/bench/made_scripts.h"

namespace gateway::bench {
namespace {

using core::names::Gender;
using core::names::Kind;
using screening::Entry;
using screening::Subject;

using Words = std::span<const std::string_view>;

// How people of one region are called. A family name is a stem with an ending.
struct Region {
  Words given;
  Words stems;
  Words endings;
  std::string_view between;  // Stands before some family names.
};

constexpr auto kEnglishGiven = std::to_array<std::string_view>(
    {"John",   "William", "James",  "Robert", "Thomas", "George",  "Edward", "Alice",
     "Mary",   "Emma",    "Sarah",  "Helen",  "Peter",  "Richard", "Grace",  "Henry",
     "Oliver", "Daniel",  "Martin", "Laura",  "Simon",  "Rachel",  "Hugh",   "Clara"});
constexpr auto kEnglishStems = std::to_array<std::string_view>(
    {"Thorn", "Ash",   "Hart", "Brad", "Whit",  "Col",   "Wink", "Stan", "Rob",  "Mar",
     "Ever",  "Hay",   "Pem",  "Lang", "Kings", "Wood",  "Beck", "Hawk", "Dal",  "Grim",
     "North", "Elm",   "Fair", "Cran", "Sher",  "Black", "Har",  "Win",  "Ches", "Rush",
     "Mill",  "Stock", "Bar",  "Tem",  "Lock",  "Pat",   "Red",  "Hol",  "Wal",  "Darn"});
constexpr auto kEnglishEndings = std::to_array<std::string_view>(
    {"bury", "ford", "ley", "ton", "wood", "worth", "son", "field", "ham", "ell", "man", "ridge"});

constexpr auto kGermanGiven = std::to_array<std::string_view>(
    {"Hans",   "Karl",   "Friedrich", "Jürgen", "Wolfgang", "Klaus",  "Anna",
     "Greta",  "Ursula", "Heinz",     "Dieter", "Stefan",   "Sabine", "Monika",
     "Rainer", "Uwe",    "Lukas",     "Katrin", "Matthias", "Birgit"});
constexpr auto kGermanStems = std::to_array<std::string_view>(
    {"Linden", "Buchen", "Hof",   "Stein",  "Wein",  "Kauf",   "Zimmer", "Schu",
     "Acker",  "Berg",   "Brück", "Eich",   "Falk",  "Grün",   "Hart",   "Kirch",
     "Lang",   "Mühl",   "Neu",   "Ober",   "Rosen", "Schön",  "Tann",   "Vogel",
     "Wald",   "Ziegel", "Feld",  "Hirsch", "König", "Schwarz"});
constexpr auto kGermanEndings = std::to_array<std::string_view>(
    {"mann", "berg", "bach", "er", "hauer", "feld", "meier", "stein", "holz", "thal"});

constexpr auto kRussianGiven = std::to_array<std::string_view>(
    {"Sergey",  "Vladimir", "Dmitry", "Aleksandr", "Mikhail", "Ivan",      "Yevgeny",
     "Nikolay", "Tatiana",  "Olga",   "Natalia",   "Elena",   "Oleg",      "Igor",
     "Pavel",   "Yuri",     "Viktor", "Andrey",    "Maxim",   "Konstantin"});
constexpr auto kRussianStems = std::to_array<std::string_view>(
    {"Petr",   "Sidor",  "Kuznets", "Volk",   "Morozh",  "Lebed",  "Sokol",  "Zhuk",
     "Orl",    "Kozl",   "Belya",   "Gromyk", "Tarasen", "Bondar", "Shev",   "Kravch",
     "Melnik", "Yakovl", "Grigor",  "Stepan", "Fyodor",  "Zaits",  "Solovy", "Vinogr",
     "Bogd",   "Korol",  "Gusel",   "Titar",  "Rybak",   "Chern"});
constexpr auto kRussianEndings =
    std::to_array<std::string_view>({"ov", "ev", "in", "enko", "sky", "ovich", "uk", "ova", "eva"});

constexpr auto kArabicGiven = std::to_array<std::string_view>(
    {"Mohammed", "Ahmad",  "Ali",    "Hassan", "Hussein", "Omar",  "Khalid", "Ibrahim",
     "Yusuf",    "Mahmud", "Fatima", "Layla",  "Nasser",  "Salim", "Karim",  "Tariq",
     "Samir",    "Rashid", "Faisal", "Walid",  "Zaynab",  "Hamid", "Jamal",  "Bilal"});
constexpr auto kArabicStems = std::to_array<std::string_view>(
    {"Nur",   "Kar",   "Hash",  "Maj",   "Shar", "Zub",  "Qah",  "Rub",   "Dul",  "Ghan",
     "Tamim", "Harb",  "Shamm", "Utayb", "Dos",  "Awad", "Bakr", "Sulay", "Najj", "Khal",
     "Masr",  "Baghd", "Tikr",  "Mosl",  "Hal",  "Dim",  "Jaz",  "Sad",   "Fars", "Kind"});
constexpr auto kArabicEndings = std::to_array<std::string_view>(
    {"i", "im", "awi", "ani", "ari", "aid", "eddin", "ari", "ali", "iri"});

constexpr auto kSpanishGiven = std::to_array<std::string_view>(
    {"José",  "Juan",  "Carlos", "Luis",  "Miguel", "María", "Carmen", "Ana",   "Javier", "Pedro",
     "Pablo", "Elena", "Lucía",  "Diego", "Ramón",  "Sofía", "Andrés", "Marta", "Tomás",  "Inés"});
constexpr auto kSpanishStems = std::to_array<std::string_view>(
    {"Hernánd", "Martín", "Ped",  "Gonzál", "Álvar", "Domíngu", "Ramír", "Vásqu", "Sánch", "Mend",
     "Cast",    "Mor",    "Herr", "Varg",   "Rey",   "Cabr",    "Salaz", "Fuent", "Quint", "Esp",
     "Agui",    "Bel",    "Cord", "Del",    "Ibarr", "Luj",     "Mont",  "Naj",   "Ort",   "Pal"});
constexpr auto kSpanishEndings = std::to_array<std::string_view>(
    {"ez", "illo", "ales", "as", "era", "ado", "ena", "ante", "osa", "ino", "ares"});

constexpr auto kChineseGiven = std::to_array<std::string_view>(
    {"Xiaoming", "Wei",     "Jing",     "Li",       "Haoran",  "Yuxuan", "Zihan",
     "Mei",      "Jianguo", "Guoliang", "Lihua",    "Xiuying", "Jun",    "Min",
     "Hong",     "Bo",      "Tingting", "Zhiqiang", "Yan",     "Chen"});
constexpr auto kChineseStems = std::to_array<std::string_view>(
    {"Wang",  "Li",    "Zhang", "Liu",  "Chen", "Yang", "Huang", "Zhao", "Wu",  "Zhou",
     "Xu",    "Sun",   "Ma",    "Zhu",  "Hu",   "Guo",  "He",    "Lin",  "Gao", "Luo",
     "Zheng", "Liang", "Xie",   "Song", "Tang", "Deng", "Han",   "Feng", "Cao", "Peng"});
constexpr auto kNothing = std::to_array<std::string_view>({""});

constexpr auto kTurkishGiven = std::to_array<std::string_view>(
    {"Mehmet", "Mustafa", "Ayşe", "Emine", "Hüseyin", "Murat", "Zeynep", "Kemal", "Ömer", "Yılmaz",
     "Selim", "Deniz", "Burak", "Elif", "Osman", "Cem"});
constexpr auto kTurkishStems = std::to_array<std::string_view>(
    {"Yıld", "Demir", "Çel", "Kay", "Özt", "Ars", "Koç", "Doğ", "Kara", "Ak",
     "Şah",  "Tekin", "Gün", "Ay",  "Bay", "Erd", "Tur", "Sön", "Kork", "Alt"});
constexpr auto kTurkishEndings = std::to_array<std::string_view>(
    {"ız", "oğlu", "ürk", "lan", "maz", "kaya", "er", "dağ", "can"});

constexpr auto kIndianGiven = std::to_array<std::string_view>(
    {"Rajesh", "Sunil", "Priya", "Anil", "Vikram", "Suresh", "Deepak", "Kavita", "Arjun", "Ravi",
     "Lakshmi", "Sanjay", "Meena", "Ashok", "Nisha", "Kiran"});
constexpr auto kIndianStems = std::to_array<std::string_view>(
    {"Sharm", "Gupt", "Agarw", "Venkat", "Subram", "Krishn", "Chand", "Mukh", "Banerj", "Desh",
     "Ram",   "Nar",  "Pat",   "Kulk",   "Redd",   "Iy",     "Mahes", "Sriv", "Jad",    "Bhat"});
constexpr auto kIndianEndings = std::to_array<std::string_view>(
    {"a", "al", "esan", "anian", "an", "ra", "erjee", "pande", "ayan", "el", "arni", "er"});

constexpr auto kRegions = std::to_array<Region>({
    {kEnglishGiven, kEnglishStems, kEnglishEndings, ""},
    {kGermanGiven, kGermanStems, kGermanEndings, "von"},
    {kRussianGiven, kRussianStems, kRussianEndings, ""},
    {kArabicGiven, kArabicStems, kArabicEndings, "al"},
    {kSpanishGiven, kSpanishStems, kSpanishEndings, "de"},
    {kChineseGiven, kChineseStems, kNothing, ""},
    {kTurkishGiven, kTurkishStems, kTurkishEndings, ""},
    {kIndianGiven, kIndianStems, kIndianEndings, ""},
});

constexpr auto kTrades = std::to_array<std::string_view>(
    {"Trading",     "Shipping",   "Capital",   "Metals",   "Energy",    "Logistics",    "Bank",
     "Electronics", "Holding",    "Foods",     "Aviation", "Petroleum", "Construction", "Textiles",
     "Markets",     "Securities", "Chemicals", "Marine",   "Brokers",   "Invest"});
constexpr auto kForms = std::to_array<std::string_view>(
    {"Ltd", "LLC", "GmbH", "AG", "Inc", "OOO", "SA", "BV", "Limited", "JSC", "Foundation", ""});

// One listed name in so many is in a script that is not Latin.
constexpr std::size_t kOriginalScriptEach = 10;

// SplitMix64: one number after the other from a seed.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t end) {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return static_cast<std::size_t>((mixed ^ (mixed >> 31)) % end);
  }
  bool one_in(std::size_t count) { return below(count) == 0; }
  // The first are drawn more often.
  std::string_view common(Words words) {
    return words[std::min(below(words.size()), below(words.size()))];
  }
  std::string_view any(Words words) { return words[below(words.size())]; }

 private:
  std::uint64_t state_;
};

std::string family_of(const Region& region, Draws& draws) {
  std::string family(draws.any(region.stems));
  family += draws.any(region.endings);
  return family;
}

std::string person_of(Draws& draws) {
  const Region& region = kRegions[draws.below(kRegions.size())];
  std::string name(draws.common(region.given));
  if (draws.one_in(3)) name += " " + std::string(draws.common(region.given));
  if (!region.between.empty() && draws.one_in(3)) name += " " + std::string(region.between);
  name += " " + family_of(region, draws);
  if (draws.one_in(6)) name += " " + family_of(region, draws);
  return name;
}

std::string body_of(Draws& draws) {
  std::string name = family_of(kRegions[draws.below(kRegions.size())], draws);
  if (draws.one_in(2)) name += " " + family_of(kRegions[draws.below(kRegions.size())], draws);
  name += " " + std::string(draws.any(kTrades));
  if (draws.one_in(3)) name += " " + std::string(draws.any(kTrades));
  const std::string_view form = draws.any(kForms);
  return form.empty() ? name : name + " " + std::string(form);
}

Kind kind_of(Draws& draws) { return draws.one_in(4) ? Kind::Organisation : Kind::Person; }

std::string name_of(Kind kind, Draws& draws) {
  return kind == Kind::Person ? person_of(draws) : body_of(draws);
}

// Half of them say when they were born.
void add_birth(core::names::Particulars& particulars, Kind kind, Draws& draws) {
  if (kind != Kind::Person || draws.one_in(2)) return;
  const int year = 1940 + static_cast<int>(draws.below(65));
  particulars.births.push_back(
      {year, year, 1 + static_cast<int>(draws.below(12)), 1 + static_cast<int>(draws.below(28))});
}

// The letters that are plain, so that a change leaves UTF-8.
std::vector<std::size_t> plain_letters(const std::string& name) {
  std::vector<std::size_t> places;
  for (std::size_t i = 1; i < name.size(); ++i) {
    if (name[i] >= 'a' && name[i] <= 'z') places.push_back(i);
  }
  return places;
}

std::string with_typo(std::string name, Draws& draws) {
  const auto places = plain_letters(name);
  if (places.empty()) return name;
  const std::size_t at = places[draws.below(places.size())];
  switch (draws.below(3)) {
    case 0:
      return name.erase(at, 1);
    case 1:
      return name.insert(at, 1, name[at]);
    default:
      name[at] = static_cast<char>('a' + draws.below(26));
      return name;
  }
}

std::string spelled_otherwise(std::string name, Draws& draws) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSpellings{
      {{"y", "i"},
       {"k", "q"},
       {"v", "w"},
       {"sh", "sch"},
       {"u", "ou"},
       {"kh", "h"},
       {"ph", "f"},
       {"i", "ee"}}};
  const std::size_t first = draws.below(kSpellings.size());
  for (std::size_t i = 0; i < kSpellings.size(); ++i) {
    const auto& [from, to] = kSpellings[(first + i) % kSpellings.size()];
    const std::size_t at = name.find(from, 1);
    if (at != name.npos) return name.replace(at, from.size(), to);
  }
  return name;
}

std::string family_first(const std::string& name) {
  const std::size_t last = name.rfind(' ');
  return name.substr(last + 1) + ", " + name.substr(0, last);
}

std::string with_initial(const std::string& name) {
  return name.substr(0, 1) + ". " + name.substr(name.find(' ') + 1);
}

std::string in_some_script(const std::string& name, Draws& draws) {
  return written_in(static_cast<MadeScript>(draws.below(kMadeScripts)), name);
}

// The first two words as one.
std::string with_words_joined(std::string name) { return name.erase(name.find(' '), 1); }

// The longest word as two.
std::string with_a_word_parted(std::string name) {
  constexpr std::size_t kLettersMin = 6;
  std::size_t longest = 0;
  std::size_t at = 0;
  for (std::size_t first = 0; first < name.size();) {
    const std::size_t end = std::min(name.find(' ', first), name.size());
    if (end - first > longest) {
      longest = end - first;
      at = first;
    }
    first = end + 1;
  }
  std::size_t middle = at + longest / 2;
  while (middle > at && (static_cast<unsigned char>(name[middle]) & 0xc0) == 0x80) --middle;
  return longest < kLettersMin ? name : name.insert(middle, " ");
}

struct Changed {
  std::string name;
  std::string_view change;
};

Changed changed(const std::string& name, Kind kind, Draws& draws) {
  switch (draws.below(9)) {
    case 0:
      return {with_typo(name, draws), "typo"};
    case 1:
      return {spelled_otherwise(name, draws), "spelling"};
    case 2:
      return {family_first(name), "order"};
    case 3:
      if (kind == Kind::Person && static_cast<unsigned char>(name[0]) < 0x80) {
        return {with_initial(name), "initial"};
      }
      return {"The " + name, "word"};
    case 4:
      return {kind == Kind::Person ? "Dr " + name : name + " Group", "word"};
    case 5:
      return {in_some_script(name, draws), "script"};
    case 6:
      return {with_words_joined(name), "joined"};
    case 7:
      return {with_a_word_parted(name), "parted"};
    default:
      return {name, "none"};
  }
}

}  // namespace

MadeNames make_names(std::size_t subjects, std::size_t listed, std::uint64_t seed) {
  MadeNames made;
  made.lists.resize(1);
  made.lists[0].format = "made";
  Draws draws(seed);
  for (std::size_t i = 0; i < listed; ++i) {
    Entry entry;
    entry.id = "L" + std::to_string(i);
    entry.kind = kind_of(draws);
    std::string name = name_of(entry.kind, draws);
    if (draws.one_in(kOriginalScriptEach)) name = in_some_script(name, draws);
    entry.names.push_back({std::move(name), screening::NameKind::Primary, false});
    add_birth(entry.particulars, entry.kind, draws);
    made.lists[0].entries.push_back(std::move(entry));
  }
  for (std::size_t i = 0; i < subjects; ++i) {
    Subject subject;
    subject.id = "S" + std::to_string(i);
    if (i % kPlantedEach == 0 && listed > 0) {
      const std::size_t at = draws.below(listed);
      const Entry& entry = made.lists[0].entries[at];
      const Changed name = changed(entry.names[0].text, entry.kind, draws);
      subject.kind = entry.kind;
      subject.names.push_back(name.name);
      subject.particulars = entry.particulars;
      made.planted.push_back({i, at, name.change});
    } else {
      subject.kind = kind_of(draws);
      subject.names.push_back(name_of(subject.kind, draws));
      add_birth(subject.particulars, subject.kind, draws);
    }
    made.subjects.push_back(std::move(subject));
  }
  return made;
}

}  // namespace gateway::bench
