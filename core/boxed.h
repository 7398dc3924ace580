#pragma once

#include <memory>
#include <utility>

namespace core {

// A value that stands on the heap and is copied with its owner, so that the owner's header needs
// only to declare T. Whoever makes, copies or destroys the owner must see T whole: define those in
// one file. Never empty but after it was moved from.
template <class T>
class Boxed {
 public:
  Boxed() : value_(std::make_unique<T>()) {}
  explicit Boxed(T value) : value_(std::make_unique<T>(std::move(value))) {}
  Boxed(const Boxed& other) : value_(std::make_unique<T>(*other)) {}
  Boxed(Boxed&& other) noexcept = default;
  Boxed& operator=(const Boxed& other) {
    auto copy = std::make_unique<T>(*other);
    value_.swap(copy);
    return *this;
  }
  Boxed& operator=(Boxed&& other) noexcept = default;
  ~Boxed() = default;

  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace core
