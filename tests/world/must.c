/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/must.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/draw.h"

#define CHILDREN_MAX 64

static pid_t children[CHILDREN_MAX];

void die(const char *format, ...)
{
        va_list arguments;

        fflush(stdout);
        fputs("FAILED: ", stderr);
        va_start(arguments, format);
        vfprintf(stderr, format, arguments);
        va_end(arguments);
        fputc('\n', stderr);
        for (int i = 0; i < CHILDREN_MAX; i++)
                if (children[i] > 0)
                        kill(children[i], SIGKILL);
        _exit(EXIT_FAILURE);
}

void must(int r, const char *what)
{
        if (r < 0)
                die("%s: %s", what, strerror(-r));
        if (r > 0)
                die("%s: %s", what, refusal_name((unsigned int)r));
}

void must_be(bool holds, const char *what)
{
        if (!holds)
                die("%s", what);
}

void must_do(int code, const struct accord_error *error, const char *what)
{
        if (code)
                die("%s: %d: %s", what, code, error->text);
}

double now_s(void)
{
        struct timespec now;

        clock_gettime(CLOCK_MONOTONIC, &now);
        return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

uint64_t draw(uint64_t *seed)
{
        return xorshift(seed);
}

unsigned int draw_of(uint64_t *seed, unsigned int least, unsigned int most)
{
        return least + (unsigned int)(draw(seed) % (most - least + 1));
}

pid_t child_fork(void)
{
        pid_t parent = getpid(), pid;
        int place = 0;

        while (place < CHILDREN_MAX && children[place] > 0)
                place++;
        must_be(place < CHILDREN_MAX, "too many children at a time");
        fflush(NULL);
        pid = fork();
        if (pid < 0)
                die("fork: %s", strerror(errno));
        if (pid > 0) {
                children[place] = pid;
                return pid;
        }
        memset(children, 0, sizeof(children));
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
                _exit(EXIT_FAILURE);
        return 0;
}

void child_reap(pid_t pid)
{
        for (int i = 0; i < CHILDREN_MAX; i++)
                if (children[i] == pid)
                        children[i] = 0;
}

int child_kill(pid_t pid, int signal)
{
        int status = 0;

        kill(pid, signal);
        while (waitpid(pid, &status, 0) < 0)
                if (errno != EINTR)
                        die("waiting for %d: %s", (int)pid, strerror(errno));
        child_reap(pid);
        return status;
}

int child_wait(pid_t pid, int ms)
{
        double until = now_s() + ms / 1e3;
        int status = 0;

        do {
                pid_t done = waitpid(pid, &status, WNOHANG);

                if (done < 0)
                        die("waiting for %d: %s", (int)pid, strerror(errno));
                if (done == pid) {
                        child_reap(pid);
                        return status;
                }
                usleep(1000);
        } while (now_s() < until);
        return -1;
}
