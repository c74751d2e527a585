// libcurl sets and reads options through variadic functions, one type of argument each, which Swift cannot call.
#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static inline CURLcode signalbox_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode signalbox_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode signalbox_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

// The body is copied, so that it need not outlive the call.
static inline CURLcode signalbox_curl_set_body(CURL *handle, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, (const char *)bytes) : code;
}

// The body is read from a file by libcurl itself (its own fread), while it is sent.
static inline CURLcode signalbox_curl_set_file(CURL *handle, FILE *file, long long count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_READDATA, file) : code;
}

typedef size_t (*signalbox_curl_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode signalbox_curl_set_callbacks(CURL *handle, signalbox_curl_callback header,
                                                    signalbox_curl_callback body, void *context) {
    CURLcode codes[] = {curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, header),
                        curl_easy_setopt(handle, CURLOPT_HEADERDATA, context),
                        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body),
                        curl_easy_setopt(handle, CURLOPT_WRITEDATA, context)};
    for (int place = 0; place < 4; place++)
        if (codes[place] != CURLE_OK) return codes[place];
    return CURLE_OK;
}

typedef int (*signalbox_curl_progress)(void *context, curl_off_t download_total, curl_off_t downloaded,
                                       curl_off_t upload_total, curl_off_t uploaded);

// Who is told how much has been sent.
static inline CURLcode signalbox_curl_set_progress(CURL *handle, signalbox_curl_progress progress, void *context) {
    CURLcode codes[] = {curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, progress),
                        curl_easy_setopt(handle, CURLOPT_XFERINFODATA, context),
                        curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L)};
    for (int place = 0; place < 3; place++)
        if (codes[place] != CURLE_OK) return codes[place];
    return CURLE_OK;
}

typedef curl_socket_t (*signalbox_curl_open)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
typedef int (*signalbox_curl_request)(void *context, char *remote, char *local, int remote_port, int local_port);

// Who decides where sockets may lead to, and whether the request may be sent through one that stands.
static inline CURLcode signalbox_curl_set_guard(CURL *handle, signalbox_curl_open open,
                                                signalbox_curl_request request, void *context) {
    CURLcode codes[] = {curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open),
                        curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context),
                        curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, request),
                        curl_easy_setopt(handle, CURLOPT_PREREQDATA, context)};
    for (int place = 0; place < 4; place++)
        if (codes[place] != CURLE_OK) return codes[place];
    return CURLE_OK;
}

// The bytes of an address of the internet protocol: 4 or 16, or 0 if it is of another family.
static inline int signalbox_curl_address(const struct curl_sockaddr *address, unsigned char bytes[16]) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family != AF_INET6) return 0;
    memcpy(bytes, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, 16);
    return 16;
}
static inline curl_socket_t signalbox_curl_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// Belongs to the handle.
static inline const char *signalbox_curl_text(CURL *handle, CURLINFO info) {
    char *value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}
static inline long signalbox_curl_number(CURL *handle, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}
// Microseconds from the start of the transfer until that point was reached; 0 if it was not.
static inline long long signalbox_curl_time(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? (long long)value : 0;
}
static inline CURLMcode signalbox_curl_multi_set_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}
