/* Preloaded into a sender, it makes each fsync slower, or nothing at all, as a disk of another kind would.
 *
 * SYNC_US=5000 adds 5 ms to each; SYNC_US=none leaves them out. strace can add a delay as well, but stops the sender at
 * every system call while it does, which was measured to cost more than the delay. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int synced(const char *name, int fd) {
    const char *asked = getenv("SYNC_US");
    if (asked != NULL && strcmp(asked, "none") == 0) return 0;
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int result = real(fd);
    long more = asked == NULL ? 0 : atol(asked);
    struct timespec pause = {more / 1000000, (more % 1000000) * 1000};
    if (more > 0) nanosleep(&pause, NULL);
    return result;
}

int fsync(int fd) { return synced("fsync", fd); }

int fdatasync(int fd) { return synced("fdatasync", fd); }
