/* Makes the disk fail for one program: put before it with LD_PRELOAD, and while the file FAULT_FLAG exists, what it asks of
 * files below FAULT_DIRECTORY fails. The flag's text says how: an error number, then which calls, of
 *   write     write, pwrite
 *   sync      fsync, fdatasync
 *   truncate  ftruncate, fallocate
 *   open      open for writing, mkdir, rename, unlink
 * Everything else goes on to the system. Shared memory (SQLite's index of its log) is none of the disk's business. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* The error that calls of this kind fail with at the moment; 0 for none. */
static int fault(const char *kind) {
    const char *flag = getenv("FAULT_FLAG");
    char text[128];
    if (flag == NULL) return 0;
    int file = (int)syscall(SYS_openat, AT_FDCWD, flag, O_RDONLY | O_CLOEXEC, 0);
    if (file < 0) return 0;
    ssize_t count = syscall(SYS_read, file, text, sizeof text - 1);
    syscall(SYS_close, file);
    if (count <= 0) return 0;
    text[count] = 0;
    return strstr(text, kind) != NULL ? atoi(text) : 0;
}

static int is_below(const char *path) {
    const char *directory = getenv("FAULT_DIRECTORY");
    return directory != NULL && strncmp(path, directory, strlen(directory)) == 0;
}

/* Whether a call on an open file is to fail; sets errno. */
static int fails(int file, const char *kind) {
    char name[64], path[4096];
    int saved = errno, number = fault(kind);
    if (number == 0) { errno = saved; return 0; }
    /* snprintf may allocate, which a call from a signal handler must not. */
    char digits[12], *end = name + strlen(strcpy(name, "/proc/self/fd/"));
    int length = 0, rest = file;
    do digits[length++] = (char)('0' + rest % 10); while ((rest /= 10) > 0);
    while (length > 0) *end++ = digits[--length];
    *end = 0;
    ssize_t count = readlink(name, path, sizeof path - 1);
    errno = saved;
    if (count <= 0) return 0;
    path[count] = 0;
    if (!is_below(path)) return 0;
    errno = number;
    return 1;
}

static int fails_at(const char *path) {
    int saved = errno, number = is_below(path) ? fault("open") : 0;
    errno = number != 0 ? number : saved;
    return number != 0;
}

ssize_t write(int file, const void *bytes, size_t count) {
    return fails(file, "write") ? -1 : syscall(SYS_write, file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
    return fails(file, "write") ? -1 : syscall(SYS_pwrite64, file, bytes, count, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
    return fails(file, "write") ? -1 : syscall(SYS_pwrite64, file, bytes, count, offset);
}

int fsync(int file) { return fails(file, "sync") ? -1 : (int)syscall(SYS_fsync, file); }

int fdatasync(int file) { return fails(file, "sync") ? -1 : (int)syscall(SYS_fdatasync, file); }

int ftruncate(int file, off_t size) { return fails(file, "truncate") ? -1 : (int)syscall(SYS_ftruncate, file, size); }

int ftruncate64(int file, off64_t size) { return fails(file, "truncate") ? -1 : (int)syscall(SYS_ftruncate, file, size); }

int posix_fallocate(int file, off_t offset, off_t size) {
    if (fails(file, "truncate")) return errno;
    return syscall(SYS_fallocate, file, 0, offset, size) == 0 ? 0 : errno;
}

static int open_with(int directory, const char *path, int flags, va_list rest) {
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    if ((flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0 && fails_at(path)) return -1;
    return (int)syscall(SYS_openat, directory, path, flags, mode);
}

#define OPENING(name)                                   \
    int name(const char *path, int flags, ...) {        \
        va_list rest;                                   \
        va_start(rest, flags);                          \
        int file = open_with(AT_FDCWD, path, flags, rest); \
        va_end(rest);                                   \
        return file;                                    \
    }
OPENING(open)
OPENING(open64)

int mkdir(const char *path, mode_t mode) {
    return fails_at(path) ? -1 : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int unlink(const char *path) { return fails_at(path) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0); }

int rename(const char *from, const char *to) {
    return fails_at(to) ? -1 : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
