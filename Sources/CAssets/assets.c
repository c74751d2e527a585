#include "CAssets.h"

#if !__has_embed("../../.third-party/htmx.js") || !__has_embed("../../.third-party/hx-sse.js")
#error "The page's third-party files are missing: run scripts/setup"
#endif

#if !__has_embed("/usr/share/javascript/codemirror/lib/codemirror.js")
#error "CodeMirror is missing (Debian's libjs-codemirror): run scripts/setup"
#endif

// One file, in this order: htmx and its extension race when they are loaded as two (reference: htmx 4, hx-sse).
static const unsigned char script[] = {
#embed "../../.third-party/htmx.js" suffix(, '\n', )
#embed "../../.third-party/hx-sse.js" suffix(, '\n', )
#embed "../Web/Assets/live.js" suffix(, )
#embed "../Web/Assets/times.js" suffix(, )
#embed "../Web/Assets/tab.js" suffix(, )
#embed "../Web/Assets/toast.js" suffix(, )
#embed "../Web/Assets/busy.js" suffix(, )
#embed "../Web/Assets/copy.js" suffix(, )
#embed "../Web/Assets/actions.js" suffix(, )
#embed "../Web/Assets/anchors.js" suffix(, )
#embed "../Web/Assets/steps.js" suffix(, )
#embed "../Web/Assets/results.js" suffix(, )
#embed "../Web/Assets/edit.js" suffix(, )
#embed "../Web/Assets/current.js" suffix(, )
#embed "../Web/Assets/rows.js" suffix(, )
#embed "../Web/Assets/navigate.js" suffix(, )
#embed "../Web/Assets/select.js" suffix(, )
#embed "../Web/Assets/keys.js" suffix(, )
#embed "../Web/Assets/palette.js" suffix(, )
#embed "../Web/Assets/forms.js" suffix(, )
#embed "../Web/Assets/once.js" suffix(, )
#embed "../Web/Assets/mistakes.js" suffix(, )
#embed "../Web/Assets/post.js" suffix(, )
#embed "../Web/Assets/asks.js" suffix(, )
#embed "../Web/Assets/back.js" suffix(, )
#embed "../Web/Assets/panel.js" suffix(, )
#embed "../Web/Assets/timeline.js" suffix(, )
#embed "../Web/Assets/trace.js" suffix(, )
    '\n'};

static const unsigned char styles[] = {
#embed "../Web/Assets/base.css" suffix(, )
#embed "../Web/Assets/parts.css" suffix(, )
#embed "../Web/Assets/frame.css" suffix(, )
#embed "../Web/Assets/list.css" suffix(, )
#embed "../Web/Assets/filters.css" suffix(, )
#embed "../Web/Assets/task.css" suffix(, )
#embed "../Web/Assets/panel.css" suffix(, )
#embed "../Web/Assets/steps.css" suffix(, )
#embed "../Web/Assets/payload.css" suffix(, )
#embed "../Web/Assets/turns.css" suffix(, )
#embed "../Web/Assets/timeline.css" suffix(, )
#embed "../Web/Assets/trace.css" suffix(, )
#embed "../Web/Assets/values.css" suffix(, )
#embed "../Web/Assets/requests.css" suffix(, )
#embed "../Web/Assets/diff.css" suffix(, )
#embed "../Web/Assets/reference.css" suffix(, )
#embed "../Web/Assets/library.css" suffix(, )
    '\n'};

// The editor of the studio, on its pages only: CodeMirror 5 (MIT), its mode for YAML, and what binds it to our form.
static const unsigned char editor_script[] = {
#embed "/usr/share/javascript/codemirror/lib/codemirror.js" suffix(, '\n', )
#embed "/usr/share/javascript/codemirror/mode/yaml/yaml.js" suffix(, '\n', )
#embed "../Web/Assets/hidden.js" suffix(, )
#embed "../Web/Assets/code.js" suffix(, )
#embed "../Web/Assets/editor.js" suffix(, )
#embed "../Web/Assets/import.js" suffix(, )
    '\n'};

static const unsigned char editor_styles[] = {
#embed "/usr/share/javascript/codemirror/lib/codemirror.css" suffix(, '\n', )
#embed "../Web/Assets/code.css" suffix(, )
#embed "../Web/Assets/editor.css" suffix(, )
    '\n'};

// The editor of a request as JSON, which the form loads when it has one.
static const unsigned char json_script[] = {
#embed "/usr/share/javascript/codemirror/lib/codemirror.js" suffix(, '\n', )
#embed "/usr/share/javascript/codemirror/mode/javascript/javascript.js" suffix(, '\n', )
#embed "../Web/Assets/hidden.js" suffix(, )
#embed "../Web/Assets/code.js" suffix(, )
#embed "../Web/Assets/json.js" suffix(, )
    '\n'};

static const unsigned char json_styles[] = {
#embed "/usr/share/javascript/codemirror/lib/codemirror.css" suffix(, '\n', )
#embed "../Web/Assets/code.css" suffix(, )
#embed "../Web/Assets/json.css" suffix(, )
    '\n'};

// Only for the pages with forms that start tasks.
static const unsigned char form_script[] = {
#embed "../Web/Assets/form.js" suffix(, )
#embed "../Web/Assets/upload.js" suffix(, )
#embed "../Web/Assets/picker.js" suffix(, )
    '\n'};

static const unsigned char form_styles[] = {
#embed "../Web/Assets/form.css" suffix(, )
#embed "../Web/Assets/compare.css" suffix(, )
    '\n'};

static const unsigned char export_styles[] = {
#embed "../Web/Assets/export.css"
};

// Flowchart, waterfall and costs, which only their pages need.
static const unsigned char chart_styles[] = {
#embed "../Web/Assets/flow.css" suffix(, )
#embed "../Web/Assets/charts.css" suffix(, )
    '\n'};

static const unsigned char chart_script[] = {
#embed "../Web/Assets/flow.js" suffix(, )
#embed "../Web/Assets/waterfall.js" suffix(, )
    '\n'};

static const unsigned char favicon[] = {
#embed "../Web/Assets/favicon.svg"
};

SignalboxAsset signalbox_asset_script(void) { return (SignalboxAsset){script, sizeof script}; }
SignalboxAsset signalbox_asset_styles(void) { return (SignalboxAsset){styles, sizeof styles}; }
SignalboxAsset signalbox_asset_editor_script(void) { return (SignalboxAsset){editor_script, sizeof editor_script}; }
SignalboxAsset signalbox_asset_editor_styles(void) { return (SignalboxAsset){editor_styles, sizeof editor_styles}; }
SignalboxAsset signalbox_asset_json_script(void) { return (SignalboxAsset){json_script, sizeof json_script}; }
SignalboxAsset signalbox_asset_json_styles(void) { return (SignalboxAsset){json_styles, sizeof json_styles}; }
SignalboxAsset signalbox_asset_export_styles(void) { return (SignalboxAsset){export_styles, sizeof export_styles}; }
SignalboxAsset signalbox_asset_chart_styles(void) { return (SignalboxAsset){chart_styles, sizeof chart_styles}; }
SignalboxAsset signalbox_asset_chart_script(void) { return (SignalboxAsset){chart_script, sizeof chart_script}; }
SignalboxAsset signalbox_asset_form_script(void) { return (SignalboxAsset){form_script, sizeof form_script}; }
SignalboxAsset signalbox_asset_form_styles(void) { return (SignalboxAsset){form_styles, sizeof form_styles}; }
SignalboxAsset signalbox_asset_favicon(void) { return (SignalboxAsset){favicon, sizeof favicon}; }
