#pragma once

#include <utility>

#include "gateway/http/handler.h"

namespace gateway::http {

// What the query gives, taken out of the view so that it is printed after the book's lock is free.
template <class Query>
auto ask(const Service& service, const Query& query)
    -> decltype(query(std::declval<const service::BookView&>())) {
  typename decltype(query(std::declval<const service::BookView&>()))::value_type out{};
  TRY(service.book.read([&](const service::BookView& view) -> core::Result<> {
    TRY(out, query(view));
    return core::ok();
  }));
  return out;
}

}  // namespace gateway::http
