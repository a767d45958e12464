#include "kafka/source.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/check.h"
#include "base/log.h"
#include "kafka/batches.h"
#include "kafka/client_settings.h"
#include "kafka/health.h"
#include "kafka/membership.h"
#include "kafka/opening.h"
#include "kafka/out_of_range.h"
#include "kafka/prefetch.h"
#include "kafka/read_again.h"

namespace penstock::kafka {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds kReadAgainLimit = 10s;  // for the records of one block

/// What the source is made of once its client could be made.
struct Session {
  Session(std::shared_ptr<Client> made, const SourceOptions& options,
          const ClientSettings& settings, Assignment& assignment)
      : client(std::move(made)),
        batches(client),
        commits(client, assignment, session_timeout(settings)),
        membership(client, assignment, commits, options),
        out_of_range(client, settings, assignment, membership, commits, options.on_data_loss) {}

  std::shared_ptr<Client> client;
  BatchBuilder batches;
  Commits commits;
  Membership membership;
  OutOfRange out_of_range;
};

/// See make_source().
class KafkaSource final : public Source<RecordBatch> {
 public:
  KafkaSource(SourceOptions options, ClientSettings settings)
      : options_(std::move(options)),
        ends_early_(options_.region || !options_.parts.empty()),
        settings_(std::move(settings)),
        health_(settings_.at("bootstrap.servers")),
        prefetch_(settings_) {}
  ~KafkaSource() override { (void)close(1s); }

  Status open() override;
  Result<Polled<RecordBatch>> poll(PollBudget budget) override;
  Status expect_before(LogId log, std::int64_t next) override;
  void recycle(RecordBatch batch) override;
  void pause() override { paused_ = true; }
  void resume() override { paused_ = false; }
  Status commit(std::span<const ResumePoint> points, milliseconds wait) override;
  Result<std::vector<Stored>> take_stored() override;
  void release(std::span<const LogId> logs) override;
  Result<std::vector<RecordBatch>> read_again(std::span<const RowOrigin> origins) override;
  SourceProgress progress() const override;
  Status close(milliseconds limit) override;

 private:
  Result<Polled<RecordBatch>> poll_once(PollBudget budget);
  bool waits_for_topic(const Error& error) const;
  Status serve_events(milliseconds wait);
  std::vector<RecordBatch> read(PollBudget budget);
  void take(Message message);
  Log* log_of(const rd_kafka_message_t& message);

  const SourceOptions options_;
  const bool ends_early_;  // before the logs do
  const ClientSettings settings_;
  Health health_;
  Prefetch prefetch_;
  Assignment assignment_;
  std::optional<Session> session_;
  std::optional<Error> trouble_;  // met where nobody could be told; the next poll tells it
  const rd_kafka_topic_t* last_topic_ = nullptr;  // records come in runs of one log
  Log* last_log_ = nullptr;
  bool open_ = false;
  bool paused_ = false;
};

Status KafkaSource::open() {
  if (open_) return done();
  if (!session_) {
    PENSTOCK_TRY(client, Client::make(settings_));
    session_.emplace(std::move(client), options_, settings_, assignment_);
  }
  PENSTOCK_OK(look_around(*session_->client, options_, health_, assignment_));
  PENSTOCK_OK(session_->membership.join(topic_names(options_.settings)));
  open_ = true;
  return done();
}

Result<Polled<RecordBatch>> KafkaSource::poll(PollBudget budget) {
  auto polled = poll_once(budget);
  if (polled.ok() || !waits_for_topic(polled.error())) return polled;
  Error trouble = std::move(polled).error();
  trouble.recovery = Recovery::retry;
  return trouble;
}

bool KafkaSource::waits_for_topic(const Error& error) const {
  return error.code == "kafka.unknown_topic" && options_.on_data_loss == OnDataLoss::go_on;
}

// Paused or not, the events are served: that keeps us in the group.
Result<Polled<RecordBatch>> KafkaSource::poll_once(PollBudget budget) {
  PENSTOCK_CHECK(open_, "a Kafka source is polled that is not open");
  const bool reading = !paused_ && assignment_.any(Hold::owned);
  PENSTOCK_OK(serve_events(reading ? 0ms : budget.wait));
  PENSTOCK_OK(health_.check(*session_->client));
  PENSTOCK_OK(session_->membership.check_lost());
  PENSTOCK_OK(session_->membership.take_offered());
  PENSTOCK_OK(session_->commits.collect());
  PENSTOCK_OK(session_->commits.send());
  PENSTOCK_TRY(lost, reading ? session_->out_of_range.look() : std::optional<LostOffsets>());
  if (auto trouble = std::exchange(trouble_, std::nullopt)) return *std::move(trouble);

  Polled<RecordBatch> polled;
  Changes changes = session_->membership.take_changes();
  polled.gained = std::move(changes.gained);
  polled.leaving = std::move(changes.leaving);
  polled.lost = std::move(changes.lost);
  if (lost) polled.lost_offsets.push_back(*lost);
  if (lost && lost->passed) session_->batches.pass(assignment_.log(lost->log), lost->last + 1);
  if (reading) polled.payloads = read(budget);
  polled.settled = session_->membership.settled();
  polled.caught_up =
      options_.until == Until::caught_up && polled.settled && assignment_.caught_up();
  return polled;
}

Status KafkaSource::serve_events(milliseconds wait) {
  while (const Event event = session_->client->next_event(wait)) {
    wait = 0ms;
    const auto type = rd_kafka_event_type(event.get());
    if (type == RD_KAFKA_EVENT_REBALANCE) session_->membership.follow(*event);
    if (type != RD_KAFKA_EVENT_ERROR) continue;
    Status told = health_.note(*session_->client, *event);
    if (!told.ok() && !waits_for_topic(told.error())) return told;
    // The group takes its partitions from us, and gives us those of the next topic of that name.
    if (!told.ok()) log::warning(told.error().message + "; waiting until it is there again");
  }
  return done();
}

std::vector<RecordBatch> KafkaSource::read(PollBudget budget) {
  std::array<rd_kafka_message_t*, 512> arrived{};
  last_topic_ = nullptr;  // its address may mean another topic by now
  std::size_t messages = 0;
  std::size_t bytes = 0;
  int wait = static_cast<int>(budget.wait.count());
  // librdkafka waits until it has all it was asked for, so ask for one first.
  for (std::size_t ask = std::min<std::size_t>(1, budget.records); ask > 0;) {
    const auto count =
        rd_kafka_consume_batch_queue(session_->client->records(), wait, arrived.data(), ask);
    for (ssize_t i = 0; i < count; ++i) {
      Message message(arrived[static_cast<std::size_t>(i)]);
      bytes += message->len + message->key_len;
      take(std::move(message));
    }
    messages += static_cast<std::size_t>(std::max<ssize_t>(0, count));
    if (count < static_cast<ssize_t>(ask)) break;
    wait = 0;
    ask = std::min(arrived.size(), budget.records - messages);
  }
  prefetch_.taken(static_cast<std::int64_t>(messages), static_cast<std::int64_t>(bytes),
                  *session_->client, assignment_);
  return session_->batches.take();
}

void KafkaSource::take(Message message) {
  Log* log = log_of(*message);
  if (log != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
    log->position = message->offset + 1;
    log->answered = true;
    if (ends_early_ && message->offset >= log->end) return;
    session_->batches.add(*log, std::move(message));
    return;
  }
  last_topic_ = nullptr;  // this message may be the last that kept it
  if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
    // Control records and aborted transactions at the end only show in this.
    if (log == nullptr) return;
    log->answered = true;
    if (log->position >= message->offset) return;
    log->position = message->offset;
    if (options_.footprint == Footprint::member) session_->batches.pass(*log, message->offset);
  } else if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
    if (log != nullptr) session_->out_of_range.note(*log, message->offset);
  } else if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    auto told = health_.note(message->err, rd_kafka_message_errstr(message.get()));
    if (!told.ok()) trouble_ = told.error();
  }
}

Status KafkaSource::expect_before(LogId log, std::int64_t next) {
  return session_ ? session_->out_of_range.expect_before(assignment_.log(log), next) : done();
}

void KafkaSource::recycle(RecordBatch batch) {
  if (session_) session_->batches.recycle(std::move(batch));
}

// Null where the record is nobody's any more: its log left while it was queued.
Log* KafkaSource::log_of(const rd_kafka_message_t& message) {
  if (message.rkt == nullptr) return nullptr;
  if (message.rkt != last_topic_ || message.partition != last_log_->partition) {
    last_topic_ = message.rkt;
    last_log_ = &assignment_.log_of(rd_kafka_topic_name(message.rkt), message.partition);
  }
  return last_log_->hold == Hold::owned ? last_log_ : nullptr;
}

Status KafkaSource::commit(std::span<const ResumePoint> points, milliseconds wait) {
  if (!session_ || options_.footprint == Footprint::onlooker) return done();
  for (const ResumePoint& point : points) {
    std::int64_t offset = 0;
    const char* end = point.resume_after.data() + point.resume_after.size();
    const auto read = std::from_chars(point.resume_after.data(), end, offset);
    PENSTOCK_CHECK(read.ec == std::errc() && read.ptr == end, "a Kafka resume point is no offset");
    session_->commits.want(assignment_.log(point.log), {offset, point.note, point.number});
  }
  PENSTOCK_OK(session_->commits.send());
  return wait > 0ms ? session_->commits.settle(wait) : done();
}

Result<std::vector<Stored>> KafkaSource::take_stored() {
  if (!session_) return std::vector<Stored>{};
  PENSTOCK_OK(session_->commits.collect());
  return session_->commits.take_stored();
}

void KafkaSource::release(std::span<const LogId> logs) {
  if (!session_) return;
  if (auto status = session_->membership.release(logs); !status.ok()) trouble_ = status.error();
}

Result<std::vector<RecordBatch>> KafkaSource::read_again(std::span<const RowOrigin> origins) {
  return kafka::read_again(settings_, assignment_, origins, kReadAgainLimit);
}

SourceProgress KafkaSource::progress() const {
  SourceProgress progress;
  progress.logs = assignment_.logs().size();
  if (options_.until == Until::caught_up) assignment_.count_down(progress);
  if (!session_) return progress;
  for (const Log& log : assignment_.logs()) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (log.hold != Hold::owned) continue;
    rd_kafka_get_watermark_offsets(session_->client->handle(), log.topic.c_str(), log.partition,
                                   &low, &high);  // what the last fetch said, no question asked
    progress.lag += std::max<std::int64_t>(0, high - log.position);
  }
  return progress;
}

Status KafkaSource::close(milliseconds limit) {
  open_ = false;
  if (!session_) return done();
  Status left = session_->membership.leave(limit);
  session_.reset();
  return left;
}

}  // namespace

Result<std::unique_ptr<Source<RecordBatch>>> make_source(SourceOptions options) {
  PENSTOCK_TRY(settings, client_settings(options));
  std::unique_ptr<Source<RecordBatch>> source =
      std::make_unique<KafkaSource>(std::move(options), std::move(settings));
  return source;
}

}  // namespace penstock::kafka
