#ifndef PORT_H
#define PORT_H

/* The board's serial port, as programs see it: a pseudo-terminal. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct port {
    int master;
    char path[128];
    bool open; /* whether some program holds it open */
};

/* Make the port, and a symbolic link to it where `link` is given. False, with errno, on failure. */
bool port_make(struct port *port, const char *link);
/* Look whether a program has it open. What was under way when it was closed is thrown away. */
void port_look(struct port *port);
/* Bytes from the program, 0 where there are none. */
size_t port_read(struct port *port, uint8_t *bytes, size_t most);
/* Bytes to the program; what does not fit, or nobody has opened the port for, is lost. */
void port_write(struct port *port, const uint8_t *bytes, size_t count);

#endif
