#pragma once
#include <zlib.h>

// A window of 15 bits and 16 more: the format of gzip (RFC 1952) instead of that of zlib. The macro needs sizes of C.
static inline int signalbox_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
