#include "clickhouse/transfer_private.h"

#include <cstdlib>
#include <optional>
#include <string_view>

#include "clickhouse/url.h"

namespace penstock::clickhouse {
namespace {

constexpr std::size_t kMostAnswerBytes = 64u << 20;
constexpr long kSendBufferBytes = 512L << 10;

void add_header(Headers& headers, const std::string& line) {
  curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) return;
  (void)headers.release();
  headers.reset(longer);
}

/// The value of `line` when its header is called `name`, in any case.
std::optional<std::string_view> header_value(std::string_view line, std::string_view name) {
  if (line.size() <= name.size() || line[name.size()] != ':') return std::nullopt;
  if (curl_strnequal(line.data(), name.data(), name.size()) == 0) return std::nullopt;
  line.remove_prefix(name.size() + 1);
  while (line.starts_with(' ')) line.remove_prefix(1);
  while (line.ends_with('\r') || line.ends_with('\n')) line.remove_suffix(1);
  return line;
}

CURL* new_handle() {
  // Once, and kept for the life of the process.
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return started == CURLE_OK ? curl_easy_init() : nullptr;
}

}  // namespace

Transfer::Transfer(const ClientSettings& settings, const std::atomic<bool>& abandoned)
    : settings_(settings), abandoned_(abandoned), handle_(new_handle()) {
  if (handle_ != nullptr) set_for_all_requests();
}

Transfer::~Transfer() {
  if (handle_ != nullptr) curl_easy_cleanup(handle_);
}

CURLcode Transfer::run(const Request& request, Body& body) {
  if (handle_ == nullptr) return CURLE_FAILED_INIT;
  if (abandoned_.load(std::memory_order_relaxed)) return CURLE_ABORTED_BY_CALLBACK;
  body_ = &body;
  received_ = {};
  error_text_[0] = '\0';
  const Headers headers = set_for(request);
  const CURLcode outcome = curl_easy_perform(handle_);
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, nullptr);
  body_ = nullptr;
  return outcome;
}

long Transfer::status() const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

std::string Transfer::failure(CURLcode outcome) const {
  return error_text_[0] != '\0' ? error_text_ : curl_easy_strerror(outcome);
}

void Transfer::set_for_all_requests() {
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  if (is_loopback(settings_.url)) curl_easy_setopt(handle_, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(handle_, CURLOPT_POST, 1L);
  curl_easy_setopt(handle_, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(handle_, CURLOPT_UPLOAD_BUFFERSIZE, kSendBufferBytes);
  curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(settings_.connect_limit.count()));
  curl_easy_setopt(handle_, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle_, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>(settings_.silence_limit.count()));
  curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, error_text_);
  curl_easy_setopt(handle_, CURLOPT_READFUNCTION, on_read);
  curl_easy_setopt(handle_, CURLOPT_READDATA, this);
  curl_easy_setopt(handle_, CURLOPT_SEEKFUNCTION, on_seek);
  curl_easy_setopt(handle_, CURLOPT_SEEKDATA, this);
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, on_text);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, this);
}

Headers Transfer::set_for(const Request& request) {
  curl_easy_setopt(handle_, CURLOPT_URL, url_of(request).c_str());
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadline.count()));
  Headers headers;
  // Without this libcurl asks leave before a large body and waits a second for it.
  add_header(headers, "Expect:");
  add_header(headers, "Content-Type: application/octet-stream");
  if (!settings_.user.empty()) add_header(headers, "X-ClickHouse-User: " + settings_.user);
  if (!settings_.password.empty()) add_header(headers, "X-ClickHouse-Key: " + settings_.password);
  if (!request.body.empty() && request.encoding == Encoding::lz4) {
    add_header(headers, "Content-Encoding: lz4");
  }
  if (const auto size = body_->size()) {
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(*size));
  } else {
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t{-1});
    add_header(headers, "Transfer-Encoding: chunked");
  }
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers.get());
  return headers;
}

std::string Transfer::url_of(const Request& request) const {
  std::string url = settings_.url;
  char separator = '?';
  const auto add = [&](std::string_view name, std::string_view value) {
    // libcurl takes a length of 0 for "measure it yourself".
    const std::string text(value);
    const std::unique_ptr<char, void (*)(void*)> escaped(
        curl_easy_escape(handle_, text.c_str(), static_cast<int>(text.size())), curl_free);
    ((url += separator) += name) += '=';
    url += escaped.get();
    separator = '&';
  };
  for (const auto& [name, value] : request.settings) add(name, value);
  if (!request.body.empty()) add("query", request.query);
  return url;
}

std::size_t Transfer::on_read(char* into, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto read = transfer.body_->read({reinterpret_cast<std::byte*>(into), size * count});
  if (!read) return CURL_READFUNC_ABORT;
  transfer.received_.sent_bytes += *read;
  return *read;
}

int Transfer::on_seek(void* self, curl_off_t offset, int origin) {
  if (offset != 0 || origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.body_->rewind();
  transfer.received_.sent_bytes = 0;
  return CURL_SEEKFUNC_OK;
}

std::size_t Transfer::on_text(char* data, std::size_t size, std::size_t count, void* self) {
  std::string& text = static_cast<Transfer*>(self)->received_.text;
  if (text.size() + size * count > kMostAnswerBytes) return 0;
  text.append(data, size * count);
  return size * count;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  Received& received = static_cast<Transfer*>(self)->received_;
  const std::string_view line(data, size * count);
  if (const auto code = header_value(line, "X-ClickHouse-Exception-Code")) {
    received.exception_code = std::atoi(std::string(*code).c_str());
  } else if (const auto summary = header_value(line, "X-ClickHouse-Summary")) {
    received.summary = *summary;
  }
  return size * count;
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(self)->abandoned_.load(std::memory_order_relaxed) ? 1 : 0;
}

}  // namespace penstock::clickhouse
