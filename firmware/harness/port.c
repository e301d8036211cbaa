/* A pseudo-terminal in place of the board's USB cable. */

#include "port.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Open the program's side for a moment: raw, because an echo would send it its own commands. */
static bool port_prepare(const struct port *port)
{
    int slave = open(port->path, O_RDWR | O_NOCTTY | O_NONBLOCK);
    if (slave < 0) {
        return false;
    }
    struct termios settings;
    tcgetattr(slave, &settings);
    cfmakeraw(&settings);
    tcsetattr(slave, TCSANOW, &settings);
    tcflush(slave, TCIOFLUSH);
    close(slave);
    return true;
}

bool port_make(struct port *port, const char *link)
{
    memset(port, 0, sizeof *port);
    port->master = posix_openpt(O_RDWR | O_NOCTTY);
    if (port->master < 0 || grantpt(port->master) != 0 || unlockpt(port->master) != 0) {
        return false;
    }
    snprintf(port->path, sizeof port->path, "%s", ptsname(port->master));
    fcntl(port->master, F_SETFL, O_NONBLOCK);
    if (link != NULL) {
        unlink(link);
        if (symlink(port->path, link) != 0) {
            return false;
        }
    }
    return port_prepare(port);
}

void port_look(struct port *port)
{
    struct pollfd asked = {.fd = port->master, .events = POLLIN};
    poll(&asked, 1, 0);
    bool open = (asked.revents & POLLHUP) == 0;
    if (port->open && !open) {
        port_prepare(port);
    }
    port->open = open;
}

size_t port_read(struct port *port, uint8_t *bytes, size_t most)
{
    ssize_t got = port->open ? read(port->master, bytes, most) : -1;
    return got > 0 ? (size_t)got : 0;
}

void port_write(struct port *port, const uint8_t *bytes, size_t count)
{
    if (port->open && count > 0 && write(port->master, bytes, count) < 0 && errno != EAGAIN && errno != EIO) {
        perror("the emulated board's port");
    }
}
