#include "core/written_decimal.h"

#include <algorithm>

namespace core {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char character) {
    return character >= '0' && character <= '9';
  });
}

bool all_zeros(std::string_view digits) { return digits.find_first_not_of('0') == digits.npos; }

Error not_written_decimal(std::string detail) { return invalid("decimal", "", std::move(detail)); }

// The digits that are dropped against a half: 5, then zeros or nothing.
std::strong_ordering against_half(std::string_view dropped) {
  if (dropped.empty() || dropped.front() != '5') {
    return dropped.empty() || dropped.front() < '5' ? std::strong_ordering::less
                                                    : std::strong_ordering::greater;
  }
  return all_zeros(dropped.substr(1)) ? std::strong_ordering::equal : std::strong_ordering::greater;
}

// One more in the last place.
void increment(std::string& digits) {
  const std::size_t last_below_nine = digits.find_last_not_of('9');
  if (last_below_nine == digits.npos) {
    digits.assign(digits.size() + 1, '0');
    digits.front() = '1';
    return;
  }
  ++digits[last_below_nine];
  std::fill(digits.begin() + static_cast<std::ptrdiff_t>(last_below_nine) + 1, digits.end(), '0');
}

// The digits of a count of 10^-scale units, as a number with `scale` decimals.
std::string place_point(std::string digits, int scale) {
  if (scale <= 0) {
    const bool zero = all_zeros(digits);
    if (!zero) digits.append(static_cast<std::size_t>(-scale), '0');
  } else {
    const auto decimals = static_cast<std::size_t>(scale);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    digits.insert(digits.size() - decimals, 1, '.');
  }
  const std::size_t first = digits.find_first_not_of('0');
  const std::size_t point = std::min(digits.find('.'), digits.size());
  return digits.substr(std::min(first, point - 1));
}

}  // namespace

Result<WrittenDecimal> split_decimal(std::string_view text) {
  WrittenDecimal written;
  written.negative = text.starts_with('-');
  if (written.negative) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  written.whole = text.substr(0, point);
  if (point != std::string_view::npos) {
    written.fraction = text.substr(point + 1);
    if (!all_digits(written.fraction)) return not_written_decimal("Digits must follow the point.");
  }
  if (!all_digits(written.whole))
    return not_written_decimal("Write digits, with a point for decimals.");
  if (written.whole.size() > 1 && written.whole.front() == '0') {
    return not_written_decimal("The number has a leading zero.");
  }
  if (written.negative && all_zeros(written.whole) && all_zeros(written.fraction)) {
    return not_written_decimal("Zero has no minus.");
  }
  return written;
}

Result<std::string> round_written(std::string_view text, int scale, Rounding rounding) {
  constexpr int kScaleLimit = static_cast<int>(kRoundDigitsMax);
  if (scale < -kScaleLimit || scale > kScaleLimit) {
    return invalid("scale_range", "", "The scale is from -1000 to 1000.");
  }
  TRY(const WrittenDecimal written, split_decimal(text));
  std::string digits(written.whole);
  digits += written.fraction;
  if (digits.size() > kRoundDigitsMax)
    return not_written_decimal("The number has over 1000 digits.");

  // How many of the digits stay; more than there are is filled with zeros, less than none is none.
  const int kept = static_cast<int>(written.whole.size()) + scale;
  if (kept < 0) digits.insert(0, static_cast<std::size_t>(-kept), '0');
  const auto keep = static_cast<std::size_t>(std::max(kept, 0));
  if (digits.size() < keep) digits.append(keep - digits.size(), '0');
  const std::string_view dropped = std::string_view(digits).substr(keep);
  const CutOff cut_off{.negative = written.negative,
                       .exact = all_zeros(dropped),
                       .odd = keep > 0 && (digits[keep - 1] - '0') % 2 != 0,
                       .half = against_half(dropped)};
  std::string units = keep == 0 ? "0" : digits.substr(0, keep);
  if (grows(cut_off, rounding)) increment(units);
  std::string result = place_point(std::move(units), scale);
  const bool zero = result.find_first_not_of("0.") == result.npos;
  if (written.negative && !zero) result.insert(0, 1, '-');
  return result;
}

}  // namespace core
