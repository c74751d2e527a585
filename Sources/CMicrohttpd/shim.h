// libmicrohttpd takes its options as variadic arguments and answers questions through a union; neither reaches Swift.
#pragma once
#include <microhttpd.h>
#include <string.h>

// The library's own log lines repeat what the exchange reports anyway ("connection reset by peer").
static inline void signalbox_mhd_ignore_log(void *context, const char *format, va_list arguments) {
    (void)context;
    (void)format;
    (void)arguments;
}

// Paths are decoded by Swift, segment by segment: decoding them here would lose "%2F" and cut at "%00".
static inline size_t signalbox_mhd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

struct signalbox_mhd_settings {
    int listen_socket;
    unsigned threads;
    unsigned connections;
    size_t connection_memory;
    unsigned idle_seconds;
};

struct signalbox_mhd_callbacks {
    void *context;
    MHD_AcceptPolicyCallback accept;
    void *(*target)(void *, const char *, struct MHD_Connection *);
    MHD_AccessHandlerCallback access;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connection;
};

static inline struct MHD_Daemon *signalbox_mhd_start(struct signalbox_mhd_settings settings,
                                                     struct signalbox_mhd_callbacks callbacks) {
    // A pool of 0 or 1 is refused by the library and must be left out.
    struct MHD_OptionItem pool[] = {
        {settings.threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)settings.threads, 0},
        {MHD_OPTION_END, 0, 0}};
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_ALLOW_UPGRADE | MHD_USE_ERROR_LOG, 0, callbacks.accept,
        callbacks.context, callbacks.access, callbacks.context, MHD_OPTION_EXTERNAL_LOGGER, signalbox_mhd_ignore_log, (void *)0, MHD_OPTION_LISTEN_SOCKET,
        settings.listen_socket, MHD_OPTION_CONNECTION_LIMIT, settings.connections, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        settings.connection_memory, MHD_OPTION_CONNECTION_TIMEOUT, settings.idle_seconds, MHD_OPTION_STRICT_FOR_CLIENT,
        1, MHD_OPTION_URI_LOG_CALLBACK, callbacks.target, callbacks.context, MHD_OPTION_UNESCAPE_CALLBACK,
        signalbox_mhd_keep_escapes, (void *)0, MHD_OPTION_NOTIFY_COMPLETED, callbacks.completed, callbacks.context,
        MHD_OPTION_NOTIFY_CONNECTION, callbacks.connection, callbacks.context, MHD_OPTION_ARRAY, pool, MHD_OPTION_END);
}

static inline int signalbox_mhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

static inline const struct sockaddr *signalbox_mhd_address(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : 0;
}

static inline void *signalbox_mhd_socket_context(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : 0;
}

// Gives the socket of an upgraded connection back to the library, which closes it.
static inline void signalbox_mhd_close_upgraded(struct MHD_UpgradeResponseHandle *handle) {
    MHD_upgrade_action(handle, MHD_UPGRADE_ACTION_CLOSE);
}
