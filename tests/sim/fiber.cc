#include "fiber.h"

#include <utility>
#include <vector>

namespace penstock::sim {
namespace {

constexpr std::size_t kStackBytes = 256u << 10;

Fiber* running = nullptr;
std::vector<std::unique_ptr<std::byte[]>> spare_stacks;

std::unique_ptr<std::byte[]> take_stack() {
  if (spare_stacks.empty()) return std::make_unique_for_overwrite<std::byte[]>(kStackBytes);
  auto stack = std::move(spare_stacks.back());
  spare_stacks.pop_back();
  return stack;
}

}  // namespace

Fiber::Fiber(std::function<void()> body) : body_(std::move(body)), stack_(take_stack()) {
  getcontext(&own_);
  own_.uc_stack.ss_sp = stack_.get();
  own_.uc_stack.ss_size = kStackBytes;
  own_.uc_link = nullptr;
  makecontext(&own_, &Fiber::enter, 0);
}

Fiber::~Fiber() {
  kill();
  spare_stacks.push_back(std::move(stack_));
}

void Fiber::resume() {
  if (ended_) return;
  started_ = true;
  running = this;
  swapcontext(&outside_, &own_);
  running = nullptr;
}

void Fiber::wait() {
  Fiber& self = *running;
  swapcontext(&self.own_, &self.outside_);
  if (self.killed_) throw Killed{};
}

void Fiber::kill() {
  killed_ = true;
  if (!started_) ended_ = true;
  resume();
}

void Fiber::enter() {
  Fiber& self = *running;
  try {
    self.body_();
  } catch (const Killed&) {  // as asked
  }
  self.body_ = nullptr;
  self.ended_ = true;
  swapcontext(&self.own_, &self.outside_);
}

}  // namespace penstock::sim
