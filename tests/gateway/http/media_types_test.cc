#include "gateway/http/media_types.h"

#include <gtest/gtest.h>

namespace gateway::http {
namespace {

std::string_view choose(std::string_view accept) {
  static constexpr std::string_view kOffered[] = {"application/json", "text/html; charset=utf-8"};
  return choose_type(accept, kOffered);
}

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kHtml = "text/html; charset=utf-8";

TEST(MediaTypes, ParametersAndCaseDoNotCount) {
  EXPECT_EQ(media_type("Application/JSON ; charset=utf-8"), "application/json");
  EXPECT_EQ(media_type("text/plain"), "text/plain");
  EXPECT_EQ(media_type(""), "");
}

TEST(MediaTypes, WithoutAWishTheFirstOfferIsTaken) {
  EXPECT_EQ(choose(""), kJson);
  EXPECT_EQ(choose("*/*"), kJson);
  EXPECT_EQ(choose("text/html, application/json"), kJson);
}

TEST(MediaTypes, TheBestLikedOfferIsTaken) {
  EXPECT_EQ(choose("text/html"), kHtml);
  EXPECT_EQ(choose("TEXT/*"), kHtml);
  EXPECT_EQ(choose("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), kHtml);
  EXPECT_EQ(choose("application/json;q=0.5, text/html;q=0.501"), kHtml);
  EXPECT_EQ(choose("text/html;q=0.1 , application/json;q=0.2"), kJson);
}

TEST(MediaTypes, WhatIsRefusedIsNotTaken) {
  EXPECT_EQ(choose("image/png"), "");
  EXPECT_EQ(choose("application/json;q=0"), "");
  EXPECT_EQ(choose("text/*, text/html;q=0"), "");
  EXPECT_EQ(choose("text/html;q=2x, application/json;q=0.001"), kJson);
  EXPECT_EQ(choose(",,;q=1,"), "");
}

}  // namespace
}  // namespace gateway::http
