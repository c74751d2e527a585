#include "CAssets.h"

#if !__has_embed("../../.third-party/htmx.js") || !__has_embed("../../.third-party/hx-sse.js")
#error "The page's third-party files are missing: run scripts/setup"
#endif

// One file, in this order: htmx and its extension race when they are loaded as two (reference: htmx 4, hx-sse).
static const unsigned char script[] = {
#embed "../../.third-party/htmx.js" suffix(, '\n', )
#embed "../../.third-party/hx-sse.js" suffix(, '\n', )
#embed "../Web/Assets/live.js" suffix(, )
#embed "../Web/Assets/times.js" suffix(, )
#embed "../Web/Assets/tab.js" suffix(, )
#embed "../Web/Assets/copy.js" suffix(, )
#embed "../Web/Assets/actions.js" suffix(, )
#embed "../Web/Assets/anchors.js" suffix(, )
#embed "../Web/Assets/rows.js" suffix(, )
#embed "../Web/Assets/navigate.js" suffix(, )
#embed "../Web/Assets/select.js" suffix(, )
#embed "../Web/Assets/keys.js" suffix(, )
#embed "../Web/Assets/asks.js" suffix(, )
#embed "../Web/Assets/back.js" suffix(, )
    '\n'};

static const unsigned char styles[] = {
#embed "../Web/Assets/base.css" suffix(, )
#embed "../Web/Assets/parts.css" suffix(, )
#embed "../Web/Assets/list.css" suffix(, )
#embed "../Web/Assets/filters.css" suffix(, )
#embed "../Web/Assets/task.css" suffix(, )
#embed "../Web/Assets/steps.css" suffix(, )
#embed "../Web/Assets/payload.css" suffix(, )
#embed "../Web/Assets/turns.css" suffix(, )
#embed "../Web/Assets/requests.css" suffix(, )
#embed "../Web/Assets/reference.css" suffix(, )
    '\n'};

static const unsigned char export_styles[] = {
#embed "../Web/Assets/export.css"
};

static const unsigned char favicon[] = {
#embed "../Web/Assets/favicon.svg"
};

SignalboxAsset signalbox_asset_script(void) { return (SignalboxAsset){script, sizeof script}; }
SignalboxAsset signalbox_asset_styles(void) { return (SignalboxAsset){styles, sizeof styles}; }
SignalboxAsset signalbox_asset_export_styles(void) { return (SignalboxAsset){export_styles, sizeof export_styles}; }
SignalboxAsset signalbox_asset_favicon(void) { return (SignalboxAsset){favicon, sizeof favicon}; }
