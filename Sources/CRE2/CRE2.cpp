#include "CRE2.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <new>

namespace {

// Bounds what one pattern may keep: the program and the automaton that grows while matching. RE2's own default is
// 8 MiB, too much for patterns that anybody may send.
constexpr int64_t memory_maximum = 1 << 20;

const RE2 *expression(const cre2_pattern *pattern) { return reinterpret_cast<const RE2 *>(pattern); }

}  // namespace

cre2_pattern *cre2_compile(const char *pattern, size_t length, char *error, size_t error_capacity) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory_maximum);
    RE2 *compiled = new (std::nothrow) RE2(re2::StringPiece(pattern, length), options);
    if (compiled != nullptr && compiled->ok()) return reinterpret_cast<cre2_pattern *>(compiled);
    if (error_capacity > 0) {
        const std::string &reason = compiled != nullptr ? compiled->error() : std::string("out of memory");
        size_t count = std::min(reason.size(), error_capacity - 1);
        std::memcpy(error, reason.data(), count);
        error[count] = 0;
    }
    delete compiled;
    return nullptr;
}

int cre2_matches(const cre2_pattern *pattern, const char *text, size_t length) {
    return RE2::PartialMatch(re2::StringPiece(text, length), *expression(pattern)) ? 1 : 0;
}

int cre2_program_size(const cre2_pattern *pattern) { return expression(pattern)->ProgramSize(); }

void cre2_delete(cre2_pattern *pattern) { delete reinterpret_cast<RE2 *>(pattern); }
