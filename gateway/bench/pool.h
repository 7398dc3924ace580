#pragma once

#include <cstdint>

#include "gateway/service/book.h"

namespace gateway::bench {

// A pool (PAMM) with so many investors of 1,000.00 EUR each, up to and with its first rollover,
// which prices all their subscriptions. Errors: a refusal; what keeps the book from writing.
core::Result<> make_pool(service::Book& book, std::uint64_t investors);

// Values the pool 5 % above what was invested. After make_pool.
core::Result<> value_pool(service::Book& book, std::uint64_t investors);

// The rollover that ends a period: every investor's result and fees, as one very large batch.
service::Submission closing_rollover();

}  // namespace gateway::bench
