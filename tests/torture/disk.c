/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/torture/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/loop.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/own.h"
#include "store/folder.h"
#include "tests/world/must.h"
#include "tests/world/shared.h"

/* Of the kernel's fs/ext4/ext4.h. */
#define EXT4_IOC_SHUTDOWN 0x8004587dU
#define EXT4_GOING_FLAGS_NOLOGFLUSH 2U

#define PATIENCE_S 20.0

_Noreturn static void skip(const char *what)
{
        printf("skipped: %s: %s\n", what, strerror(errno));
        exit(EXIT_SKIPPED);
}

/* Mounts of ours are ours alone, and end with the last of us. */
static void leave_the_others(void)
{
        if (unshare(CLONE_NEWNS) < 0)
                skip("mounting a disk of one's own takes root");
        if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
                skip("a mount namespace of one's own");
}

static void make_file(const struct disk *disk, unsigned int megabytes)
{
        own(fd) int fd = open(disk->image, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

        must_be(fd >= 0 && ftruncate(fd, (off_t)megabytes << 20) == 0, disk->image);
}

static void format(const struct disk *disk)
{
        const char *words[] = { "mkfs.ext4", "-q", "-F", "-m", "0", disk->image, NULL };
        int status;
        pid_t pid = fork();

        if (pid == 0) {
                setenv("PATH", "/usr/sbin:/sbin:/usr/bin:/bin", 1);
                execvp(words[0], (char *const *)(uintptr_t)words);
                _exit(127);
        }
        must_be(pid > 0 && waitpid(pid, &status, 0) == pid, "mkfs.ext4");
        if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
                errno = ENOENT;
                skip("there is no mkfs.ext4 (package e2fsprogs)");
        }
        must_be(status == 0, "mkfs.ext4 failed");
}

/* Others take loop devices, too: the one that is free may be so no more. */
static int attach(const struct disk *disk, char ret_device[32])
{
        own(fd) int control = open("/dev/loop-control", O_RDWR | O_CLOEXEC);
        own(fd) int file = open(disk->image, O_RDWR | O_CLOEXEC);
        struct loop_config config = { .fd = (uint32_t)file };

        if (control < 0)
                skip("/dev/loop-control");
        must_be(file >= 0, disk->image);
        config.info.lo_flags = LO_FLAGS_AUTOCLEAR;
        for (int tries = 0; tries < 100; tries++) {
                int number = ioctl(control, LOOP_CTL_GET_FREE), device;

                if (number < 0)
                        skip("no loop device is free");
                snprintf(ret_device, 32, "/dev/loop%d", number);
                device = open(ret_device, O_RDWR | O_CLOEXEC);
                if (device >= 0 && ioctl(device, LOOP_CONFIGURE, &config) == 0)
                        return device;
                if (device < 0 && errno != EBUSY && errno != ENXIO)
                        skip(ret_device);
                if (device >= 0)
                        close(device);
                usleep(10000);
        }
        skip("no loop device can be had");
}

static void mount_it(struct disk *disk)
{
        char device[32];
        own(fd) int loop = attach(disk, device);

        if (mount(device, disk->top, "ext4", MS_NOATIME, NULL) < 0)
                skip("mounting ext4");
        disk->mounted = true;
        (void)loop;
}

/* Who was killed has its files open a moment longer. */
static void unmount(struct disk *disk)
{
        double until = now_s() + PATIENCE_S;

        while (umount(disk->top) < 0) {
                if (errno != EBUSY || now_s() > until)
                        die("unmounting %s: %s", disk->top, strerror(errno));
                usleep(1000);
        }
        disk->mounted = false;
}

void disk_make(struct disk *disk, unsigned int megabytes)
{
        const char *parent = getenv("TMPDIR");

        memset(disk, 0, sizeof(*disk));
        leave_the_others();
        snprintf(disk->parent, sizeof(disk->parent), "%.100s/accord-disk.XXXXXX",
                 parent ? parent : "/tmp");
        must_be(mkdtemp(disk->parent) != NULL, disk->parent);
        snprintf(disk->image, sizeof(disk->image), "%s/image", disk->parent);
        snprintf(disk->top, sizeof(disk->top), "%s/top", disk->parent);
        must_be(mkdir(disk->top, 0700) == 0, disk->top);
        make_file(disk, megabytes);
        format(disk);
        mount_it(disk);
}

void disk_remove(struct disk *disk)
{
        if (disk->mounted)
                unmount(disk);
        unlink(disk->image);
        rmdir(disk->top);
        rmdir(disk->parent);
}

static int open_top(const struct disk *disk)
{
        int fd = open(disk->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

        must_be(fd >= 0, disk->top);
        return fd;
}

void disk_sync(const struct disk *disk)
{
        own(fd) int fd = open_top(disk);

        must_be(syncfs(fd) == 0, "syncfs");
}

void disk_cut(const struct disk *disk)
{
        own(fd) int fd = open_top(disk);
        uint32_t how = EXT4_GOING_FLAGS_NOLOGFLUSH;

        if (ioctl(fd, EXT4_IOC_SHUTDOWN, &how) < 0)
                skip("EXT4_IOC_SHUTDOWN");
}

void disk_again(struct disk *disk)
{
        unmount(disk);
        mount_it(disk);
}
