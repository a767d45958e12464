#include "http/transfer_private.h"

#include <string_view>

#include "http/url.h"

namespace penstock::http {
namespace {

constexpr long kSendBufferBytes = 512L << 10;

void add_header(HeaderList& headers, const std::string& line) {
  curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
  if (longer == nullptr) return;
  (void)headers.release();
  headers.reset(longer);
}

CURL* new_handle() {
  // Once, and kept for the life of the process.
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  return started == CURLE_OK ? curl_easy_init() : nullptr;
}

/// `text` outlives the handle.
void set_pem(CURL* handle, CURLoption option, const std::string& text) {
  if (text.empty()) return;
  curl_blob blob{const_cast<char*>(text.data()), text.size(), CURL_BLOB_NOCOPY};
  curl_easy_setopt(handle, option, &blob);
}

}  // namespace

Transfer::Transfer(const Settings& settings, const std::atomic<bool>& abandoned)
    : settings_(settings), abandoned_(abandoned), handle_(new_handle()) {
  if (handle_ != nullptr) set_for_all_requests();
}

Transfer::~Transfer() {
  if (handle_ != nullptr) curl_easy_cleanup(handle_);
}

CURLcode Transfer::run(const Request& request, Answer& answer) {
  if (handle_ == nullptr) return CURLE_FAILED_INIT;
  error_text_[0] = '\0';
  if (abandoned_.load(std::memory_order_relaxed)) return CURLE_ABORTED_BY_CALLBACK;
  request_ = &request;
  answer_ = &answer;
  headers_ended_ = false;
  const HeaderList headers = set_for(request);
  const CURLcode code = curl_easy_perform(handle_);
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &answer.status);
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, nullptr);
  request_ = nullptr;
  answer_ = nullptr;
  return code == CURLE_OK && !headers_ended_ ? CURLE_GOT_NOTHING : code;
}

// libcurl sends a request again by itself when a connection used before ends without an answer. A
// body it cannot: whether that is done twice is for the caller to decide.
std::string Transfer::failure(CURLcode code) const {
  if (code == CURLE_SEND_FAIL_REWIND) return "the connection ended without an answer";
  if (code == CURLE_GOT_NOTHING && error_text_[0] == '\0') return "the answer ends in its headers";
  return error_text_[0] != '\0' ? error_text_ : curl_easy_strerror(code);
}

void Transfer::set_for_all_requests() {
  curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle_, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  if (is_loopback(settings_.url)) curl_easy_setopt(handle_, CURLOPT_NOPROXY, "*");
  set_tls();
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
  curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, on_text);
  curl_easy_setopt(handle_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle_, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(handle_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle_, CURLOPT_XFERINFOFUNCTION, on_progress);
  curl_easy_setopt(handle_, CURLOPT_XFERINFODATA, this);
}

void Transfer::set_tls() {
  const Tls& tls = settings_.tls;
  if (!tls.ca_certificates.empty()) {
    set_pem(handle_, CURLOPT_CAINFO_BLOB, tls.ca_certificates);
    curl_easy_setopt(handle_, CURLOPT_CAPATH, nullptr);  // the system's folder
  }
  set_pem(handle_, CURLOPT_SSLCERT_BLOB, tls.certificate);
  set_pem(handle_, CURLOPT_SSLKEY_BLOB, tls.private_key);
}

HeaderList Transfer::set_for(const Request& request) {
  curl_easy_setopt(handle_, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle_, CURLOPT_TIMEOUT_MS, static_cast<long>(request.deadline.count()));
  HeaderList headers;
  for (const std::string& line : request.headers) add_header(headers, line);
  set_body(request, headers);
  set_login(request);
  curl_easy_setopt(handle_, CURLOPT_HTTPHEADER, headers.get());
  return headers;
}

void Transfer::set_body(const Request& request, HeaderList& headers) {
  curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, nullptr);
  if (request.body == nullptr && !request.text) {
    curl_easy_setopt(handle_, CURLOPT_HTTPGET, 1L);
    return;
  }
  curl_easy_setopt(handle_, CURLOPT_POST, 1L);
  // Without this libcurl asks leave before a large body and waits a second for it.
  add_header(headers, "Expect:");
  if (request.text) {
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.text->size()));
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDS, request.text->data());
  } else if (const auto size = request.body->size()) {
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(*size));
  } else {
    curl_easy_setopt(handle_, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t{-1});
    add_header(headers, "Transfer-Encoding: chunked");
  }
}

void Transfer::set_login(const Request& request) {
  std::string scope;
  const std::string* name = nullptr;
  const std::string* password = nullptr;
  if (request.signature) {
    scope = "aws:amz:" + request.signature->region + ":" + request.signature->service;
    name = &request.signature->access_key_id;
    password = &request.signature->secret_key;
  } else if (request.user) {
    name = &request.user->name;
    password = &request.user->password;
  }
  curl_easy_setopt(handle_, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
  curl_easy_setopt(handle_, CURLOPT_AWS_SIGV4, scope.empty() ? nullptr : scope.c_str());
  curl_easy_setopt(handle_, CURLOPT_USERNAME, name == nullptr ? nullptr : name->c_str());
  curl_easy_setopt(handle_, CURLOPT_PASSWORD, password == nullptr ? nullptr : password->c_str());
}

std::size_t Transfer::on_read(char* into, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const auto read =
      transfer.request_->body->read({reinterpret_cast<std::byte*>(into), size * count});
  if (!read) return CURL_READFUNC_ABORT;
  transfer.answer_->sent_bytes += *read;
  return *read;
}

std::size_t Transfer::on_text(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  std::string& text = transfer.answer_->text;
  if (text.size() + size * count > transfer.settings_.max_answer_bytes) return 0;
  text.append(data, size * count);
  return size * count;
}

std::size_t Transfer::on_header(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const HeaderSink& sink = transfer.request_->on_header;
  std::string_view line(data, size * count);
  // Trailers come here too, behind the text, and no empty line ends them.
  transfer.headers_ended_ |= line == "\r\n" || line == "\n";
  if (line.starts_with("HTTP/")) transfer.headers_ended_ = false;
  const std::size_t colon = line.find(':');
  if (!sink || colon == line.npos) return size * count;
  std::string_view value = line.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  while (value.ends_with('\r') || value.ends_with('\n')) value.remove_suffix(1);
  sink(line.substr(0, colon), value);
  return size * count;
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Transfer*>(self)->abandoned_.load(std::memory_order_relaxed) ? 1 : 0;
}

}  // namespace penstock::http
