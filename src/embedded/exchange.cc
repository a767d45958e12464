#include "embedded/exchange.h"

#include <fmt/format.h>

#include <random>
#include <utility>

#include "embedded/multipart.h"

namespace penstock::embedded {
namespace {

// As much as ClickHouse's max_query_size: rows begin before this or not at all.
constexpr std::size_t kLongestHead = 256 << 10;

std::string random_uuid() {
  std::random_device random;
  const auto word = [&random] { return static_cast<unsigned>(random()); };
  return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:08x}{:04x}", word(), word() & 0xFFFFU,
                     word() & 0xFFFU, word() & 0xFFFU, word(), word() & 0xFFFFU);
}

/// Compares in a time that does not tell where the texts differ.
bool same_secret(std::string_view have, std::string_view want) {
  unsigned difference = have.size() == want.size() ? 0U : 1U;
  for (std::size_t at = 0; at < want.size(); ++at) {
    const char byte = at < have.size() ? have[at] : '\0';
    difference |= static_cast<unsigned>(static_cast<unsigned char>(byte ^ want[at]));
  }
  return difference == 0;
}

Refusal broken_body(std::string message) {
  return {.code = 271, .name = "CANNOT_DECOMPRESS", .message = std::move(message)};
}

}  // namespace

Exchange::Exchange(Backend& backend, HttpRequest http) : backend_(backend), http_(std::move(http)) {
  refusal_ = open();
}

std::optional<Refusal> Exchange::open() {
  auto refusal = read_request(http_, request_);
  if (request_.query_id.empty()) request_.query_id = random_uuid();
  if (auto denied = authorise()) return denied;
  if (refusal) return refusal;
  const std::string encoding = http_.header("content-encoding");
  if (!encoding.empty() && encoding != "identity") {
    decoder_ = make_decoder(encoding);
    if (!decoder_) {
      return Refusal{89, "UNKNOWN_COMPRESSION_METHOD",
                     fmt::format("Unknown compression method '{}'; the embedded server knows gzip, "
                                 "deflate, lz4 and zstd",
                                 encoding)};
    }
  }
  text_ = request_.query;
  return std::nullopt;
}

std::optional<Refusal> Exchange::authorise() const {
  if (backend_.user.empty()) return std::nullopt;
  const bool known = same_secret(request_.user, backend_.user);
  if (same_secret(request_.password, backend_.password) && known) return std::nullopt;
  return Refusal{516, "AUTHENTICATION_FAILED",
                 fmt::format("{}: Authentication failed: password is incorrect, or there is no "
                             "user with such name.",
                             request_.user)};
}

void Exchange::take(std::string_view piece) {
  if (refusal_) return;
  if (!decoder_) return take_plain(piece);
  const Status decoded =
      decoder_->write(piece, [this](std::string_view plain) { take_plain(plain); });
  if (decoded.ok()) return;
  run_.reset();  // cancels an INSERT
  refusal_ = broken_body(decoded.error().message);
}

void Exchange::take_plain(std::string_view piece) {
  if (refusal_ || piece.empty()) return;
  if (run_) return run_->rows(piece);
  // The URL's part and the body's part of a statement are two lines.
  if (!text_.empty() && text_.size() == request_.query.size() && text_.back() != '\n' &&
      !request_.multipart) {
    text_ += '\n';
  }
  text_ += piece;
  if (in_text_ && !request_.multipart) begin(TextEnd::open);
  if (text_.size() > kLongestHead) in_text_ = false;
}

void Exchange::begin(TextEnd end) {
  const QueryText text = scan_query(text_, end);
  if (text.kind == StatementKind::unfinished) return;
  run_ = std::make_unique<QueryRun>(backend_, std::move(request_), http_.may_write(),
                                    choose_encoding(http_.header("accept-encoding")));
  const bool has_rows =
      text.kind == StatementKind::insert_rows || text.kind == StatementKind::insert_input;
  const std::string rows = has_rows ? text_.substr(text.rows_at) : std::string();
  if (has_rows) text_.resize(text.rows_at);
  refusal_ = run_->begin(std::move(text_), text);
  text_.clear();
  if (!refusal_) run_->rows(rows);
}

std::optional<Refusal> Exchange::read_form() {
  const auto parts = read_multipart(http_.header("content-type"), text_);
  if (!parts) {
    return Refusal{36, "BAD_ARGUMENTS", "the multipart/form-data body cannot be read"};
  }
  for (const FormPart& part : *parts) {
    if (part.is_file) {
      add_external_table(part.name, part.content, request_);
    } else if (auto refusal = read_argument(part.name, std::string(part.content), request_)) {
      return refusal;
    }
  }
  text_ = request_.query;
  return std::nullopt;
}

std::optional<Refusal> Exchange::close_body() {
  if (refusal_) return std::move(refusal_);
  if (decoder_) {
    if (const Status ended = decoder_->finish(); !ended.ok()) {
      return broken_body(ended.error().message);
    }
  }
  if (request_.multipart && !run_) {
    if (auto refusal = read_form()) return refusal;
  }
  if (!run_) begin(TextEnd::final);
  return std::move(refusal_);
}

Answer Exchange::finish() {
  // The request moves into the run; keep what an error answer names.
  QueryRequest names;
  names.query_id = request_.query_id;
  if (const auto refusal = close_body()) {
    Answer answer = refusal_answer(backend_, names, *refusal);
    run_.reset();
    return answer;
  }
  return run_->end();
}

}  // namespace penstock::embedded
