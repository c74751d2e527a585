// What Glibc's module map leaves out or hides behind _GNU_SOURCE (which clashes with that module): prototypes by hand.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Flags of send and recv: whether Glibc's module shows them depends on how the program is linked.
enum {
    SIGNALBOX_NO_WAIT = MSG_DONTWAIT,
    SIGNALBOX_SEND_NO_WAIT = MSG_DONTWAIT | MSG_NOSIGNAL,
};

int pipe2(int fds[2], int flags);
int pthread_setname_np(pthread_t thread, const char *name);
const char *strerrordesc_np(int number);

static inline int signalbox_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
static inline int signalbox_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1U); }  // MFD_CLOEXEC

// A program to start: the leader of a session of its own, with default signals, in that directory. It gets the streams
// as 0 to 2, the further descriptor (if it is not -1) as 3, and no other.
struct signalbox_launch {
    const char *path;
    char *const *arguments;
    char *const *environment;
    const char *directory;
    int input, output, errors, further;
    unsigned long open_files_maximum, file_bytes_maximum;
};

static inline void signalbox_lower_limit(int resource, unsigned long maximum) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0) return;
    if (limit.rlim_max > maximum) limit.rlim_max = maximum;
    if (limit.rlim_cur > limit.rlim_max) limit.rlim_cur = limit.rlim_max;
    setrlimit(resource, &limit);
}

// What the new process does before it becomes the program; returns only with an error number. It shares our memory
// until then (vfork), so it calls nothing but the system.
static inline int signalbox_become(const struct signalbox_launch *launch) {
    struct sigaction standard = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, 0);
    if (setsid() < 0 || chdir(launch->directory) != 0) return errno;
    if (dup2(launch->input, 0) < 0 || dup2(launch->output, 1) < 0 || dup2(launch->errors, 2) < 0) return errno;
    int first = 3;
    if (launch->further >= 0) {
        if (launch->further == 3 ? fcntl(3, F_SETFD, 0) < 0 : dup2(launch->further, 3) < 0) return errno;
        first = 4;
    }
    if (syscall(SYS_close_range, first, ~0U, 0) != 0) {
        struct rlimit limit;
        getrlimit(RLIMIT_NOFILE, &limit);
        for (unsigned long fd = first; fd < limit.rlim_cur && fd < (1UL << 20); fd++) close((int)fd);
    }
    signalbox_lower_limit(RLIMIT_CORE, 0);
    signalbox_lower_limit(RLIMIT_NOFILE, launch->open_files_maximum);
    signalbox_lower_limit(RLIMIT_FSIZE, launch->file_bytes_maximum);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    execve(launch->path, launch->arguments, launch->environment);
    return errno;
}

// posix_spawn can set no limits, so this is our own. To be called on a thread that blocks all signals. Returns 0 or the
// error number.
__attribute__((noinline, unused)) static int signalbox_start_process(const struct signalbox_launch *launch, pid_t *id) {
    volatile int failure = 0;
    pid_t child = vfork();
    if (child == 0) {
        failure = signalbox_become(launch);
        _exit(127);
    }
    if (child < 0) return errno;
    if (failure != 0) {
        while (waitpid(child, 0, 0) < 0 && errno == EINTR) {}
        return failure;
    }
    *id = child;
    return 0;
}

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
