// What Glibc's module map leaves out or hides behind _GNU_SOURCE (which clashes with that module): prototypes by hand.
#pragma once
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int pipe2(int fds[2], int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int pthread_setname_np(pthread_t thread, const char *name);
const char *strerrordesc_np(int number);

static inline int signalbox_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
static inline int signalbox_spawn_setsid_flag(void) { return 0x80; }  // POSIX_SPAWN_SETSID
static inline int signalbox_epoll_control(int epoll, int operation, int fd, unsigned events, unsigned long id) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = id;
    return epoll_ctl(epoll, operation, fd, &event);
}

// A detached thread on which all signals are blocked; the mask is set before the thread exists, so none slips in.
static inline int signalbox_start_thread(unsigned long stack_bytes, void *(*body)(void *), void *argument) {
    sigset_t all, before;
    pthread_attr_t attributes;
    pthread_t thread;
    int result = pthread_attr_init(&attributes);
    if (result != 0) return result;
    result = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    if (result == 0) result = pthread_attr_setstacksize(&attributes, stack_bytes);
    if (result == 0) {
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        result = pthread_create(&thread, &attributes, body, argument);
        pthread_sigmask(SIG_SETMASK, &before, 0);
    }
    pthread_attr_destroy(&attributes);
    return result;
}
static inline void signalbox_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }
