#include "gateway/rpc/frames.h"

#include <gtest/gtest.h>

namespace {

using core::json::Object;
using core::json::Value;
using gateway::rpc::check_submit_answer;
using gateway::rpc::frame_size;
using gateway::rpc::submit_frame;

std::string one_call() {
  const Value command = Object{{"command", "deposit"}, {"request_id", "r-1"}, {"amount", "1.00"}};
  return submit_frame("token", "broker-1", std::span(&command, 1));
}

TEST(RpcFrames, AFrameIsKnownOnlyOnceItIsWhole) {
  const std::string frame = one_call();
  EXPECT_EQ(frame_size(frame), frame.size());
  EXPECT_EQ(frame_size(frame + "next"), frame.size());
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_EQ(frame_size(std::string_view(frame).substr(0, size)), 0U) << size;
  }
}

TEST(RpcFrames, FieldsOfTheEnvelopeStandBesideTheJson) {
  const std::string frame = one_call();
  EXPECT_NE(frame.find("{\"amount\":\"1.00\"}"), std::string::npos);
}

TEST(RpcFrames, WhatIsNoAnswerIsRefused) {
  EXPECT_EQ(check_submit_answer("", 1).error().reason, "bench_answer");
  EXPECT_EQ(check_submit_answer(std::string(4, '\0'), 1).error().reason, "bench_answer");
  EXPECT_EQ(check_submit_answer("\0\0\0\4abcd", 1).error().reason, "bench_answer");
  EXPECT_EQ(check_submit_answer(one_call(), 1).error().reason,
            "bench_answer");  // A call is no answer.
}

}  // namespace
