#pragma once

#include <functional>
#include <list>
#include <memory>

#include "fiber.h"
#include "timeline.h"

namespace penstock::sim {

/// The threads of one simulated process: fibers that wait for virtual time or for something to
/// become true.
class Tasks {
 public:
  explicit Tasks(Timeline& timeline) : timeline_(timeline) {}

  void spawn(std::function<void()> body);

  /// From within a task: goes on at `when`, or as soon as poke() finds `ready`.
  static void wait(Time when, const std::function<bool()>& ready = {});
  /// Something changed that a task may wait for.
  void poke();

  /// SIGSTOP: nothing runs until thaw(), whatever falls due.
  void freeze() { frozen_ = true; }
  void thaw();
  bool frozen() const { return frozen_; }
  /// SIGKILL. Not from within a task.
  void kill();

 private:
  struct Task {
    Task(Tasks& of, std::function<void()> body) : tasks(of), fiber(std::move(body)) {}
    Tasks& tasks;
    Fiber fiber;
    std::uint64_t turn = 0;  // grows whenever it runs
    bool due = false;        // fell due while frozen
    const std::function<bool()>* ready = nullptr;
  };
  void run_at(Time when, Task& task);
  void run(Task& task);

  Timeline& timeline_;
  std::list<Task> tasks_;
  bool frozen_ = false;
  static inline Task* running_ = nullptr;
};

/// The world's clock. Waits are those of the task that asks.
class SimClock final : public Clock {
 public:
  explicit SimClock(const Timeline& timeline) : timeline_(timeline) {}

  time_point now() const override { return timeline_.now(); }
  std::int64_t wall_ms() const override {
    return std::chrono::duration_cast<milliseconds>(now().time_since_epoch()).count();
  }
  bool sleep(const std::stop_token& stop, milliseconds time) const override {
    Tasks::wait(now() + time, [&stop] { return stop.stop_requested(); });
    return !stop.stop_requested();
  }

 private:
  const Timeline& timeline_;
};

}  // namespace penstock::sim
