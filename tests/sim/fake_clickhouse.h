#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "contract/sink.h"
#include "fake_log.h"
#include "fake_table.h"
#include "link.h"
#include "story.h"

namespace penstock::sim {

/// One insert.
struct Insert {
  std::string name;
  bool is_errors = false;
  std::vector<Place> rows;
  bool is_refused = false;  // by the table as it was when the insert arrived
};

/// A server with the destination's table and its error table. It executes inserts side by side,
/// late or after their sender's death; answers may be lost.
class FakeClickHouse {
 public:
  using Answered = std::function<void(Result<Receipt>)>;

  FakeClickHouse(Timeline& timeline, Random& random, Story& story, const Weather& weather,
                 const std::vector<FakeLog>& logs);

  /// `answered` may be called once, or never.
  void send(Insert insert, const bool& calm, Answered answered);
  /// The table takes every value from now on.
  void alter();
  /// It dies and is there again. Of the inserts under way none is executed nor answered, but some
  /// have left their names.
  void kill();
  Time started_at() const { return started_at_; }
  /// An insert of that name, or of a part of it, is not over.
  bool runs(const std::string& name) const;
  bool idle() const { return running_.empty(); }

  const FakeTable& rows() const { return rows_; }
  const FakeTable& errors() const { return errors_; }

  /// Called for rows that were just stored.
  std::function<void(const Insert&)> on_stored;

 private:
  using Running = std::list<Insert>;

  Result<Receipt> execute(const Insert& insert, bool is_calm);
  bool refuses(const Insert& insert) const;
  FakeTable& table_of(const Insert& insert) { return insert.is_errors ? errors_ : rows_; }

  Timeline& timeline_;
  Random& random_;
  Story& story_;
  const Weather& weather_;
  const std::vector<FakeLog>& logs_;
  FakeTable rows_;
  FakeTable errors_;
  Running running_;
  Time started_at_{};
  int kills_ = 0;
  bool altered_ = false;
};

}  // namespace penstock::sim
