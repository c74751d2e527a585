#include "CPrices.h"

static const unsigned char text[] = {
#embed "../Prices/prices.json"
};

SignalboxPrices signalbox_prices(void) { return (SignalboxPrices){text, sizeof text}; }
