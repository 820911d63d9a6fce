/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/daemon/hub_process.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "proof/hex.h"
#include "proto/limits.h"
#include "proto/wire.h"

#define PATIENCE_MS 20000

static const char *binary(void)
{
        const char *path = getenv("ACCORDD");

        ck_assert_msg(path != NULL, "ACCORDD names the program to be tested");
        return path;
}

void hub_process_write_config(struct hub_process *hub, const char *more)
{
        FILE *out = fopen(hub->config, "w");

        ck_assert_ptr_nonnull(out);
        fprintf(out,
                "[ledger]\ndirectory = %s/ledger\nmap_size = 1G\n[guard]\nfile = %s/guard\n"
                "[keys]\nfile = %s/hub.key\n"
                "[bus]\nintake = tcp://127.0.0.1:*\nsignals = tcp://127.0.0.1:*\n"
                "[runtime]\ndirectory = %s/run\n%s",
                hub->directory, hub->directory, hub->directory, hub->directory, more);
        fclose(out);
}

void hub_process_override(struct hub_process *hub, const char *text)
{
        char path[128];
        FILE *out;

        snprintf(path, sizeof(path), "%s.d", hub->config);
        ck_assert(mkdir(path, 0700) == 0 || errno == EEXIST);
        snprintf(path, sizeof(path), "%s.d/a.conf", hub->config);
        out = fopen(path, "w");
        ck_assert_ptr_nonnull(out);
        fputs(text, out);
        fclose(out);
}

static void listen_as_manager(struct hub_process *hub)
{
        struct sockaddr_un address = { .sun_family = AF_UNIX };

        snprintf(address.sun_path, sizeof(address.sun_path), "%s/notify", hub->directory);
        hub->manager = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        ck_assert_int_eq(bind(hub->manager, (struct sockaddr *)&address, sizeof(address)), 0);
        setenv("NOTIFY_SOCKET", address.sun_path, 1);
}

void hub_process_make(struct hub_process *hub, const char *more)
{
        const char *const init[] = { "--init", "--name", "test", "--origin", "hub.test", NULL };

        memset(hub, 0, sizeof(*hub));
        strcpy(hub->directory, "/tmp/accordd-test-XXXXXX");
        ck_assert_ptr_nonnull(mkdtemp(hub->directory));
        snprintf(hub->config, sizeof(hub->config), "%s/accordd.conf", hub->directory);
        snprintf(hub->log, sizeof(hub->log), "%s/log", hub->directory);
        ck_assert_int_eq(arena_new(&hub->arena, WIRE_ARENA_SIZE), 0);
        hub->answer = malloc(WIRE_CONTROL_MAX);
        listen_as_manager(hub);
        hub_process_write_config(hub, more);
        ck_assert_int_eq(hub_process_run(hub, init), 0);
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
        (void)status;
        (void)type;
        (void)walk;
        return remove(path);
}

void hub_process_end(struct hub_process *hub)
{
        if (hub->pid > 0) {
                kill(hub->pid, SIGKILL);
                waitpid(hub->pid, NULL, 0);
        }
        close(hub->manager);
        arena_free(&hub->arena);
        free(hub->answer);
        nftw(hub->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* It dies with the test, however that ends. */
static pid_t spawn(struct hub_process *hub, const char *const *words, const char *failpoint)
{
        const char *arguments[16] = { binary(), "-c", hub->config };
        pid_t parent = getpid(), pid;
        int count = 3, log;

        while (*words && count < 15)
                arguments[count++] = *words++;
        pid = fork();
        ck_assert_int_ge(pid, 0);
        if (pid > 0)
                return pid;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
                _exit(99);
        if (failpoint)
                setenv("ACCORD_FAILPOINT", failpoint, 1);
        log = open(hub->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(log, STDOUT_FILENO);
        dup2(log, STDERR_FILENO);
        execv(arguments[0], (char **)arguments);
        _exit(98);
}

int hub_process_wait(struct hub_process *hub, int ms)
{
        int status = 0;

        for (int i = 0; i < ms; i++) {
                if (waitpid(hub->pid, &status, WNOHANG) == hub->pid) {
                        hub->pid = 0;
                        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
                }
                usleep(1000);
        }
        return -1;
}

int hub_process_run(struct hub_process *hub, const char *const *words)
{
        pid_t before = hub->pid;
        int status;

        hub->pid = spawn(hub, words, NULL);
        status = hub_process_wait(hub, PATIENCE_MS);
        hub->pid = before;
        return status;
}

static void read_endpoints(struct hub_process *hub)
{
        char path[128], key[65] = "", id[33] = "";
        FILE *in;

        snprintf(path, sizeof(path), "%s/run/endpoints", hub->directory);
        in = fopen(path, "r");
        ck_assert_ptr_nonnull(in);
        ck_assert_int_eq(fscanf(in, "intake=%127s signals=%127s control=%127s hub=%32s key=%64s",
                                hub->intake, hub->signals, hub->control, id, key), 5);
        fclose(in);
        ck_assert(hex_parse((struct bytes) { key, 64 }, hub->key, 32));
        ck_assert(hex_parse((struct bytes) { id, 32 }, hub->id.octets, 16));
}

void hub_process_start(struct hub_process *hub, const char *failpoint)
{
        static const char *const none[] = { NULL };

        hub->told[0] = '\0';
        hub->pid = spawn(hub, none, failpoint);
        ck_assert(hub_process_tells(hub, "READY=1", PATIENCE_MS));
        read_endpoints(hub);
}

int hub_process_fails(struct hub_process *hub, const char *failpoint)
{
        static const char *const none[] = { NULL };

        hub->told[0] = '\0';
        hub->pid = spawn(hub, none, failpoint);
        return hub_process_wait(hub, PATIENCE_MS);
}

int hub_process_stop(struct hub_process *hub)
{
        kill(hub->pid, SIGTERM);
        return hub_process_wait(hub, PATIENCE_MS);
}

static bool file_holds(const char *path, const char *text)
{
        static char data[1 << 20];
        FILE *in = fopen(path, "r");
        size_t size;

        if (!in)
                return false;
        size = fread(data, 1, sizeof(data) - 1, in);
        fclose(in);
        data[size] = '\0';
        return strstr(data, text) != NULL;
}

bool hub_process_says(struct hub_process *hub, const char *text, int ms)
{
        for (int i = 0; i <= ms; i += 5) {
                if (file_holds(hub->log, text))
                        return true;
                usleep(5000);
        }
        return false;
}

bool hub_process_tells(struct hub_process *hub, const char *text, int ms)
{
        for (int i = 0; i <= ms; i++) {
                size_t length = strlen(hub->told);
                ssize_t got = recv(hub->manager, hub->told + length,
                                   sizeof(hub->told) - length - 2, 0);

                if (got > 0)
                        snprintf(hub->told + length + got, 2, "\n");
                if (strstr(hub->told, text))
                        return true;
                if (got <= 0)
                        usleep(1000);
        }
        return false;
}

struct control_answer hub_process_ask(struct hub_process *hub,
                                      const struct control_request *request)
{
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        static uint8_t memory[WIRE_CONTROL_MAX];
        struct sink sink = sink_on(memory, sizeof(memory));
        struct control_answer answer;
        struct fault fault;
        uint32_t head;
        int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

        memcpy(address.sun_path, hub->control, strlen(hub->control));
        ck_assert_int_eq(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
        ck_assert_int_eq(wire_write_control_request(&sink, request), 0);
        head = htonl((uint32_t)sink.size);
        ck_assert_int_eq(send(fd, &head, 4, MSG_NOSIGNAL), 4);
        ck_assert_int_eq(send(fd, sink.data, sink.size, MSG_NOSIGNAL), (ssize_t)sink.size);
        ck_assert_int_eq(recv(fd, &head, 4, MSG_WAITALL), 4);
        head = ntohl(head);
        ck_assert_uint_le(head, WIRE_CONTROL_MAX);
        ck_assert_int_eq(recv(fd, hub->answer, head, MSG_WAITALL), (ssize_t)head);
        close(fd);
        arena_reset(&hub->arena);
        ck_assert_int_eq(wire_read_control_answer((struct bytes) { hub->answer, head }, &hub->arena,
                                                  &answer, &fault), 0);
        return answer;
}

unsigned long hub_process_stat(struct hub_process *hub, const char *key)
{
        const struct control_request request = { .kind = CONTROL_STAT };
        struct control_answer answer = hub_process_ask(hub, &request);
        char quoted[64], *at;

        ck_assert_uint_eq(answer.code, 0);
        snprintf(quoted, sizeof(quoted), "\"%s\":", key);
        at = memmem(answer.stat.data, answer.stat.size, quoted, strlen(quoted));
        ck_assert_msg(at != NULL, "no %s", key);
        return strtoul(at + strlen(quoted), NULL, 10);
}

bool hub_process_counts(struct hub_process *hub, const char *key, unsigned long value)
{
        for (int i = 0; i < PATIENCE_MS / 10; i++) {
                if (hub_process_stat(hub, key) == value)
                        return true;
                usleep(10000);
        }
        return false;
}
