/* SPDX-License-Identifier: Apache-2.0 */
/* A copy of the ledger as one file: of the running hub by the hub itself, else made here. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/own.h"
#include "clients/files.h"
#include "clients/ledger-open.h"
#include "clients/lib/control.h"
#include "clients/reach.h"
#include "clients/verbs.h"
#include "daemon/backup_file.h"
#include "proof/hash.h"

#define COPY_PIECE ((size_t)1 << 30)
#define SUFFIX ".checkpoint"

static const struct column columns[] = {
        COLUMN("file", "FILE"),
        COLUMN_RIGHT("entries", "ENTRIES"),
        COLUMN_RIGHT("bytes", "BYTES"),
        COLUMN_WIDE("root", "ROOT"),
        COLUMN("sha256", "SHA-256"),
        COLUMN_WIDE("checkpoint", "CHECKPOINT"),
        COLUMNS_END
};

/* A copy that is made, wherever it lies yet. */
struct copy {
        char path[BACKUP_PATH_MAX];
        char note[CHECKPOINT_MAX + 1];
        uint64_t bytes;
        struct digest sha256;
};

/* ---- by whom */

static enum exit_code not_made(int r, const char *says)
{
        if (r != -EILSEQ)
                return say_failure(r, "the copy");
        say_error("the copy does not prove: %s; see accord ledger verify", says);
        return EXIT_INTEGRITY;
}

/* The hub is down: into a directory beside the file, from which it is moved. */
static enum exit_code make_here(const struct cli *cli, const char *file, struct copy *ret)
{
        own(hub) struct hub *hub = NULL;
        struct backup_made *made;
        char folder[BACKUP_PATH_MAX];
        enum exit_code code = ledger_open(cli, &hub);
        int r;

        if (code)
                return code;
        made = malloc(sizeof(*made));
        if (!made)
                return say_failure(-ENOMEM, "the copy");
        snprintf(folder, sizeof(folder), "%s.making", file);
        r = backup_make(hub, folder, made);
        snprintf(ret->path, sizeof(ret->path), "%s", made->path);
        memcpy(ret->note, made->note, made->note_size);
        if (r)
                code = not_made(r, made->says);
        free(made);
        return code;
}

static enum exit_code ask_hub(struct accord_control *control, struct copy *ret)
{
        const struct control_request request = { .kind = CONTROL_BACKUP };
        const struct control_answer *answer;
        struct accord_error error = { 0 };

        /* As long as the disk needs. */
        if (accord_control_ask(control, &request, -1, &answer, &error))
                return reach_failed(&error);
        if (answer->path.size == 0 || answer->path.size >= sizeof(ret->path) ||
            answer->checkpoint.size > CHECKPOINT_MAX) {
                say_error("the hub gave an answer that is none to a backup");
                return EXIT_INTEGRITY;
        }
        memcpy(ret->path, answer->path.data, answer->path.size);
        if (answer->checkpoint.size)
                memcpy(ret->note, answer->checkpoint.data, answer->checkpoint.size);
        return EXIT_DONE;
}

/* ---- where to */

static int copy_over(const char *from, const char *to)
{
        int in = open(from, O_RDONLY | O_CLOEXEC), out, r = 0;
        ssize_t count;

        if (in < 0)
                return -errno;
        out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (out < 0)
                r = -errno;
        while (!r && (count = copy_file_range(in, NULL, out, NULL, COPY_PIECE, 0)) != 0)
                r = count < 0 ? -errno : 0;
        if (!r && fsync(out) < 0)
                r = -errno;
        if (out >= 0)
                close(out);
        close(in);
        if (!r && unlink(from) < 0)
                r = -errno;
        return r;
}

static int sync_above(const char *path)
{
        char above[BACKUP_PATH_MAX];
        const char *slash = strrchr(path, '/');
        int fd, r;

        snprintf(above, sizeof(above), "%.*s", slash ? (int)(slash - path) + 1 : 1,
                 slash ? path : ".");
        fd = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        r = fsync(fd) < 0 ? -errno : 0;
        close(fd);
        return r;
}

static int move_to(const char *from, const char *to)
{
        int r = 0;

        if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) < 0)
                r = errno == EXDEV || errno == EINVAL ? copy_over(from, to) : -errno;
        return r ? r : sync_above(to);
}

static enum exit_code move(const struct copy *copy, const char *file)
{
        char from[BACKUP_PATH_MAX], to[BACKUP_PATH_MAX], making[BACKUP_PATH_MAX];
        int r = move_to(copy->path, file);

        if (r) {
                say_failure(r, "%s", file);
                say_error("the copy is made and proved, and lies in %s", copy->path);
                return r == -EACCES || r == -EPERM ? EXIT_RIGHTS : EXIT_FAILED;
        }
        if (snprintf(from, sizeof(from), "%s" SUFFIX, copy->path) < (int)sizeof(from))
                unlink(from);
        if (snprintf(making, sizeof(making), "%s.making", file) < (int)sizeof(making))
                rmdir(making);
        if (snprintf(to, sizeof(to), "%s" SUFFIX, file) >= (int)sizeof(to) || !*copy->note)
                return EXIT_DONE;
        r = file_replace(to, (struct bytes) { copy->note, strlen(copy->note) });
        return r ? say_failure(r, "%s", to) : EXIT_DONE;
}

/* ---- what it is */

static int digest_file(const char *file, struct copy *copy)
{
        own(hasher) struct hasher *hasher = NULL;
        int fd = open(file, O_RDONLY | O_CLOEXEC), r = hasher_new(&hasher);
        struct stat there;
        void *data;

        if (fd < 0)
                return -errno;
        if (!r && fstat(fd, &there) < 0)
                r = -errno;
        copy->bytes = r ? 0 : (uint64_t)there.st_size;
        data = r ? MAP_FAILED : mmap(NULL, copy->bytes, PROT_READ, MAP_PRIVATE, fd, 0);
        if (!r && data == MAP_FAILED)
                r = -errno;
        if (!r) {
                hash_spans(hasher, &(struct bytes) { data, copy->bytes }, 1, &copy->sha256);
                munmap(data, copy->bytes);
        }
        close(fd);
        return r;
}

static enum exit_code print(struct call *call, const char *file, struct copy *copy)
{
        struct checkpoint tree;
        int r = digest_file(file, copy);

        if (r)
                return say_failure(r, "%s", file);
        if (!checkpoint_look((struct bytes) { copy->note, strlen(copy->note) }, &tree))
                tree = (struct checkpoint) { .size = 0 };
        out_begin(call->out, "backup", columns);
        out_row(call->out, (struct cell[]) {
                cell_text(file), cell_id(tree.size), cell_count((int64_t)copy->bytes),
                cell_hex(tree.root.octets, DIGEST_SIZE),
                cell_hex(copy->sha256.octets, DIGEST_SIZE),
                *copy->note ? cell_text(copy->note) : cell_none() });
        out_end(call->out);
        return EXIT_DONE;
}

static enum exit_code backup_run(struct call *call)
{
        own(accord_control) struct accord_control *control = NULL;
        const char *file = call->words[0];
        struct copy copy = { .note = "" };
        struct accord_error error = { 0 };
        enum exit_code code;
        struct stat there;
        int r;

        if (stat(file, &there) == 0) {
                say_error("%s is there already; a copy never takes the place of another", file);
                return EXIT_CONFLICT;
        }
        r = accord_control_open(&control, cli_get(call->cli, SETTING_CONTROL), &error);
        if (r && r != ACCORD_UNREACHABLE)
                return reach_failed(&error);
        ledger_expect_damage();
        code = r ? make_here(call->cli, file, &copy) : ask_hub(control, &copy);
        if (!code)
                code = move(&copy, file);
        return code ? code : print(call, file, &copy);
}

const struct verb verb_ledger_backup = {
        .noun = "ledger",
        .name = "backup",
        .usage = "FILE",
        .says = "copy the ledger into one file, and prove the copy; the hub may run",
        .more = "The running hub makes the copy in its [backup] directory while it goes on taking "
                "submissions, opens it again and proves it whole, and it is moved to FILE; with "
                "the hub down it is made here. Beside it goes FILE.checkpoint, the hub's "
                "signature of what is in it. Member-level rows are not in it, so that what is "
                "erased stays erased: their senders have them and can send them again.",
        .words_least = 1,
        .words_most = 1,
        .prints = true,
        .unsettled = true,
        .run = backup_run,
};
