#pragma once

#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>

namespace penstock::sim {

/// Thrown where a fiber waits when it is to end at once. No std::exception, so that nothing on its
/// way takes it for a failure.
struct Killed {};

/// A function on a stack of its own, which runs until it waits. All fibers share one thread, so
/// that the order in which they run is that of the seed.
class Fiber {
 public:
  explicit Fiber(std::function<void()> body);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// Runs it until it waits again. Not from within a fiber.
  void resume();
  /// From within: back to whoever resumed it.
  static void wait();
  /// Ends it where it waits; its stack is unwound.
  void kill();
  bool ended() const { return ended_; }

 private:
  static void enter();

  std::function<void()> body_;
  std::unique_ptr<std::byte[]> stack_;
  ucontext_t own_{};
  ucontext_t outside_{};
  bool started_ = false;
  bool ended_ = false;
  bool killed_ = false;
};

}  // namespace penstock::sim
