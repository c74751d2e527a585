// What Glibc's module map leaves out or hides behind _GNU_SOURCE (which clashes with that module): prototypes by hand.
#pragma once
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int pipe2(int fds[2], int flags);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

static inline int signalbox_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
static inline int signalbox_spawn_setsid_flag(void) { return 0x80; }  // POSIX_SPAWN_SETSID
static inline int signalbox_epoll_control(int epoll, int operation, int fd, unsigned events, unsigned long id) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = id;
    return epoll_ctl(epoll, operation, fd, &event);
}
