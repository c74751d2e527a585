#pragma once
#include <stddef.h>

// The shipped list of prices, embedded when this target is compiled: `count` bytes at `bytes`, for the life of the
// process.
typedef struct SignalboxPrices {
    const unsigned char *_Nonnull bytes;
    size_t count;
} SignalboxPrices;

SignalboxPrices signalbox_prices(void);
