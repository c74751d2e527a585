// RE2 (a C++ library) behind C functions, which is what Swift can import without C++ interoperation.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern. "RE2 objects are thread-safe for const methods" (re2.h), and all functions here but
/// cre2_delete are const.
typedef struct cre2_pattern cre2_pattern;

/// Compiles a pattern in UTF-8. On failure gives NULL and writes the reason, ending with 0, into `error`.
cre2_pattern *cre2_compile(const char *pattern, size_t length, char *error, size_t error_capacity);

/// Whether the pattern is found anywhere in the text: 1 or 0.
int cre2_matches(const cre2_pattern *pattern, const char *text, size_t length);

/// Instructions of the compiled program.
int cre2_program_size(const cre2_pattern *pattern);

/// Frees a pattern.
void cre2_delete(cre2_pattern *pattern);

#ifdef __cplusplus
}
#endif
