#pragma once

#include <utility>
#include <variant>

#include "base/error.h"

namespace penstock {

/// A value or the reason there is none. The compiler rejects ignoring it.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const noexcept { return state_.index() == 0; }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

using Status = Result<std::monostate>;
inline Status done() { return std::monostate{}; }

}  // namespace penstock

/// Unwraps into a new variable, or returns the error to the caller.
#define PENSTOCK_TRY(name, expression)       \
  auto name##_result = (expression);         \
  if (!name##_result.ok()) {                 \
    return std::move(name##_result).error(); \
  }                                          \
  auto name = std::move(name##_result).value()

/// Returns the error of a Status to the caller. With PENSTOCK_TRY, the only
/// macros that change control flow.
#define PENSTOCK_OK(expression)                \
  do {                                         \
    auto status_result = (expression);         \
    if (!status_result.ok()) {                 \
      return std::move(status_result).error(); \
    }                                          \
  } while (false)
