/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/world/accordd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/own.h"
#include "proof/keyfile.h"
#include "proof/setup.h"
#include "tests/world/must.h"

#define START_MS 60000

/*
 * Below the range from which the system gives ports away: so nobody is given ours while the daemon
 * is dead, nor does a client that calls it in vain come to be connected to itself. Each process has
 * ports of its own to go through: one that is free may be that of another test's daemon, dead just
 * now.
 */
#define PORT_LEAST 11000
#define PORT_BLOCKS 500
#define PORTS_IN_BLOCK 40

static int free_port(void)
{
        static unsigned int next;
        struct sockaddr_in address = { .sin_family = AF_INET };
        unsigned int block = (unsigned int)getpid() % PORT_BLOCKS, port;
        int fd, r;

        for (int i = 0; i < PORTS_IN_BLOCK; i++) {
                port = PORT_LEAST + block * PORTS_IN_BLOCK + next++ % PORTS_IN_BLOCK;
                address.sin_port = htons((uint16_t)port);
                address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
                fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
                r = bind(fd, (struct sockaddr *)&address, sizeof(address));
                close(fd);
                if (r == 0)
                        return (int)port;
        }
        die("no free port");
}

static void write_settings(const struct accordd *accordd, const char *settings)
{
        char path[256];
        FILE *file;

        snprintf(path, sizeof(path), "%s/accordd.conf", accordd->directory);
        file = fopen(path, "w");
        must_be(file != NULL, path);
        fprintf(file, "[ledger]\ndirectory = %s\nmap_size = 16G\n[guard]\nfile = %s/guard\n"
                "[keys]\nfile = %s/hub.key\n"
                "[bus]\nintake = %s\nsignals = %s\n[runtime]\ndirectory = %s/run\n"
                "[log]\nlevel = notice\ntarget = plain\n%s",
                accordd->ledger, accordd->directory, accordd->directory, accordd->intake,
                accordd->signals, accordd->directory, settings);
        must_be(fclose(file) == 0, path);
}

/* The child's part: its words go to the file "log", and it dies with us. */
static pid_t spawn(const struct accordd *accordd, const char *failpoint, const char *const words[])
{
        char log[256];
        pid_t pid = child_fork();
        int fd;

        if (pid)
                return pid;
        snprintf(log, sizeof(log), "%s/log", accordd->directory);
        fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
        if (failpoint)
                setenv("ACCORD_FAILPOINT", failpoint, 1);
        else
                unsetenv("ACCORD_FAILPOINT");
        execv(accordd->program, (char *const *)(uintptr_t)words);
        _exit(127);
}

static void say_log(const struct accordd *accordd)
{
        char path[256], text[4096];
        ssize_t size;
        int fd;

        snprintf(path, sizeof(path), "%s/log", accordd->directory);
        fd = open(path, O_RDONLY);
        if (fd < 0)
                return;
        if (lseek(fd, -(off_t)sizeof(text), SEEK_END) < 0)
                lseek(fd, 0, SEEK_SET);
        size = read(fd, text, sizeof(text));
        fprintf(stderr, "---- the end of its log\n%.*s----\n", (int)(size < 0 ? 0 : size), text);
        close(fd);
}

static void make_ledger(struct accordd *accordd)
{
        char config[256], key[256];
        const char *words[] = { accordd->program, "--init", "--name", "test", "--origin",
                                "hub.example/accord", "-c", config, NULL };

        snprintf(config, sizeof(config), "%s/accordd.conf", accordd->directory);
        snprintf(key, sizeof(key), "%s/hub.key", accordd->directory);
        accordd->pid = spawn(accordd, NULL, words);
        if (accordd_ended(accordd, START_MS) != 0) {
                say_log(accordd);
                die("%s --init failed", accordd->program);
        }
        must(keyfile_load(key, &accordd->keys), key);
}

void accordd_make(struct accordd *accordd, const char *program, const char *settings)
{
        const char *parent = getenv("TMPDIR");

        memset(accordd, 0, sizeof(*accordd));
        must(proof_setup(), "randomness");
        accordd->program = program;
        snprintf(accordd->directory, sizeof(accordd->directory), "%.100s/accord-test.XXXXXX",
                 parent ? parent : "/tmp");
        if (!mkdtemp(accordd->directory))
                die("%s: %s", accordd->directory, strerror(errno));
        snprintf(accordd->ledger, sizeof(accordd->ledger), "%s/ledger", accordd->directory);
        snprintf(accordd->control, sizeof(accordd->control), "%s/run/control.sock",
                 accordd->directory);
        snprintf(accordd->intake, sizeof(accordd->intake), "tcp://127.0.0.1:%d", free_port());
        snprintf(accordd->signals, sizeof(accordd->signals), "tcp://127.0.0.1:%d", free_port());
        write_settings(accordd, settings);
        make_ledger(accordd);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *at)
{
        (void)status;
        (void)type;
        (void)at;
        return remove(path);
}

void accordd_remove(struct accordd *accordd)
{
        nftw(accordd->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        keys_wipe(&accordd->keys);
}

static void endpoints_path(const struct accordd *accordd, char ret[256])
{
        snprintf(ret, 256, "%s/run/endpoints", accordd->directory);
}

void accordd_spawn(struct accordd *accordd, const char *failpoint)
{
        char config[256], endpoints[256];
        const char *words[] = { accordd->program, "--foreground", "-c", config, NULL };

        must_be(accordd->pid == 0, "the daemon runs already");
        endpoints_path(accordd, endpoints);
        unlink(endpoints);
        snprintf(config, sizeof(config), "%s/accordd.conf", accordd->directory);
        accordd->pid = spawn(accordd, failpoint, words);
}

/* It writes the file last, when all is bound. */
bool accordd_serves(struct accordd *accordd, int ms)
{
        double until = now_s() + ms / 1e3;
        char endpoints[256];
        siginfo_t info;

        endpoints_path(accordd, endpoints);
        do {
                if (access(endpoints, F_OK) == 0)
                        return true;
                info.si_pid = 0;
                if (waitid(P_PID, (id_t)accordd->pid, &info, WEXITED | WNOHANG | WNOWAIT) < 0 ||
                    info.si_pid != 0)
                        return false;
                usleep(1000);
        } while (now_s() < until);
        return false;
}

void accordd_start(struct accordd *accordd, const char *failpoint)
{
        accordd_spawn(accordd, failpoint);
        if (accordd_serves(accordd, START_MS))
                return;
        say_log(accordd);
        die("accordd does not come up");
}

void accordd_kill(struct accordd *accordd)
{
        child_kill(accordd->pid, SIGKILL);
        accordd->pid = 0;
}

void accordd_stop(struct accordd *accordd)
{
        int status;

        kill(accordd->pid, SIGTERM);
        status = accordd_ended(accordd, START_MS);
        if (status == 0)
                return;
        say_log(accordd);
        die("accordd ends with %d", status);
}

int accordd_ended(struct accordd *accordd, int ms)
{
        int status = child_wait(accordd->pid, ms);

        if (status < 0)
                return -1;
        accordd->pid = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}
