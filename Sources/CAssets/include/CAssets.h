#pragma once
#include <stddef.h>

// The page's files, embedded when this target is compiled. Each is `count` bytes at `bytes`, for the life of the
// process.
typedef struct SignalboxAsset {
    const unsigned char *_Nonnull bytes;
    size_t count;
} SignalboxAsset;

SignalboxAsset signalbox_asset_script(void);
SignalboxAsset signalbox_asset_styles(void);
SignalboxAsset signalbox_asset_editor_script(void);
SignalboxAsset signalbox_asset_editor_styles(void);
SignalboxAsset signalbox_asset_json_script(void);
SignalboxAsset signalbox_asset_json_styles(void);
SignalboxAsset signalbox_asset_export_styles(void);
SignalboxAsset signalbox_asset_chart_styles(void);
SignalboxAsset signalbox_asset_chart_script(void);
SignalboxAsset signalbox_asset_form_script(void);
SignalboxAsset signalbox_asset_form_styles(void);
SignalboxAsset signalbox_asset_favicon(void);
