// Quietface: an EMG board that speaks the protocol of the OpenBCI Cyton (docs/protocol.md).
// Arduino's setup() and loop(); everything else is plain C beside this file.

// The headers are C11, this file is C++.
#define _Static_assert static_assert
extern "C" {
#include "board.h"
#include "hal.h"
}

static struct board board;

void setup()
{
    board_start(&board);
}

void loop()
{
    if (!board_step(&board)) {
        hal_sleep();
    }
}
