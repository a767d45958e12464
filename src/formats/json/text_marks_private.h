#pragma once

// Sixteen bytes of text at once; private to text_scan.

#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

namespace penstock::json {

/// One vector's answer: a bit per byte.
struct TextMarks {
  std::uint32_t ends = 0;
  std::uint32_t high = 0;
};

#if defined(__SSE2__)
[[gnu::always_inline]] inline TextMarks mark_16(const char* at) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
  const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
  const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
  const __m128i ends = _mm_or_si128(_mm_or_si128(quote, backslash), control);
  return {static_cast<std::uint32_t>(_mm_movemask_epi8(ends)),
          static_cast<std::uint32_t>(_mm_movemask_epi8(bytes))};
}
#elif defined(__aarch64__)
inline std::uint32_t mask_of(uint8x16_t flags) {
  constexpr std::uint8_t kBits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t bits = vandq_u8(flags, vld1q_u8(kBits));
  return vaddv_u8(vget_low_u8(bits)) | static_cast<std::uint32_t>(vaddv_u8(vget_high_u8(bits)))
                                           << 8;
}
[[gnu::always_inline]] inline TextMarks mark_16(const char* at) {
  const uint8x16_t bytes = vld1q_u8(reinterpret_cast<const std::uint8_t*>(at));
  const uint8x16_t ends =
      vorrq_u8(vorrq_u8(vceqq_u8(bytes, vdupq_n_u8('"')), vceqq_u8(bytes, vdupq_n_u8('\\'))),
               vcltq_u8(bytes, vdupq_n_u8(0x20)));
  return {mask_of(ends), mask_of(vcgeq_u8(bytes, vdupq_n_u8(0x80)))};
}
#else
[[gnu::always_inline]] inline TextMarks mark_16(const char* at) {
  TextMarks marks;
  for (unsigned i = 0; i < 16; ++i) {
    const auto byte = static_cast<unsigned char>(at[i]);
    marks.ends |= static_cast<std::uint32_t>(byte == '"' || byte == '\\' || byte < 0x20) << i;
    marks.high |= static_cast<std::uint32_t>(byte >= 0x80) << i;
  }
  return marks;
}
#endif

}  // namespace penstock::json
