#include "formats/json/text_scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace penstock::json {
namespace {

TextEnd find_end_by_16(const char* at, const char* last) {
  std::uint32_t high = 0;
  for (; at <= last; at += 16) {
    const TextMarks marks = mark_16(at);
    if (marks.ends != 0) {
      high |= marks.high & (marks.ends ^ (marks.ends - 1));
      return {at + __builtin_ctz(marks.ends), high != 0};
    }
    high |= marks.high;
  }
  return {at, high != 0};
}

#if defined(__x86_64__)

__attribute__((target("avx2,bmi"))) TextEnd find_end_by_32(const char* at, const char* last) {
  std::uint32_t high = 0;
  for (; at <= last; at += 32) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
    const __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
    const __m256i control =
        _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
    const auto ends = static_cast<std::uint32_t>(
        _mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(quote, backslash), control)));
    const auto marks = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
    if (ends != 0) {
      high |= marks & (ends ^ (ends - 1));
      return {at + __builtin_ctz(ends), high != 0};
    }
    high |= marks;
  }
  return {at, high != 0};
}

__attribute__((target("avx512bw,bmi"))) TextEnd find_end_by_64(const char* at, const char* last) {
  std::uint64_t high = 0;
  for (; at <= last; at += 64) {
    const __m512i bytes = _mm512_loadu_si512(at);
    const std::uint64_t ends = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')) |
                               _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\')) |
                               _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
    const std::uint64_t marks = _mm512_movepi8_mask(bytes);
    if (ends != 0) {
      high |= marks & (ends ^ (ends - 1));
      return {at + __builtin_ctzll(ends), high != 0};
    }
    high |= marks;
  }
  return {at, high != 0};
}

#endif

struct TextScans {
  TextScan scans[3] = {};
  std::size_t count = 0;

  TextScans() {
#if defined(__x86_64__)
    const bool has_bmi = __builtin_cpu_supports("bmi");
    if (has_bmi && __builtin_cpu_supports("avx512bw")) scans[count++] = find_end_by_64;
    if (has_bmi && __builtin_cpu_supports("avx2")) scans[count++] = find_end_by_32;
#endif
    scans[count++] = find_end_by_16;
  }
};

}  // namespace

std::span<const TextScan> text_scans() {
  static const TextScans known;
  return {known.scans, known.count};
}

const TextScan find_long_text_end = text_scans().front();

}  // namespace penstock::json
