#pragma once

#include <optional>
#include <span>
#include <string_view>

// The sentences that open a part of a licence's conditions, and the products that stand in it.
namespace gateway::registers::asic {

enum class Sort {
  Preamble,
  Deal,    // "deal in a financial product by": limbs follow.
  Limb,    // Products follow.
  Single,  // What follows names no products: schemes, custody, underwriting.
};

struct Opener {
  std::string_view words;  // In small letters, without clients.
  Sort sort = Sort::Limb;
  std::span<const std::string_view> limbs = {};
  std::string_view advice = {};  // "general" or "general and personal"
  bool is_exact = true;          // The sentence is one that we know word by word.
  bool is_odd = false;           // Known, and misspelt: a person should see it.
};

// Word by word if it is known so; else by how it begins, and then not exact: what else it says may
// limit the limb. Nothing if it opens no part.
std::optional<Opener> find_opener(std::string_view lower);

// The product that a sentence begins with, such as "derivatives" of "derivatives limited to"; empty
// if it is none. The sentence then ends or goes on with a word that qualifies the product.
std::string_view find_product(std::string_view lower);

// Whether a sentence is a part of the product, and no product beside it.
bool is_part_of(std::string_view product, std::string_view lower);

// The same, and the sentence says nothing else.
bool is_known_part(std::string_view product, std::string_view lower);

// Whether a sentence is one that stands in a part of sort Single.
bool is_single_detail(std::string_view lower);

}  // namespace gateway::registers::asic
