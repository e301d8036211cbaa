// Native USB by Arduino's own stack. Chips without it leave this file empty.

#include <Arduino.h>

#if defined(USBCON)

#include "hal_usb.h"

void hal_usb_begin(void)
{
    Serial.begin(115200);
}

bool hal_usb_read(uint8_t *byte)
{
    int got = Serial.read();
    if (got < 0) {
        return false;
    }
    *byte = static_cast<uint8_t>(got);
    return true;
}

uint8_t hal_usb_room(void)
{
    int room = Serial.availableForWrite();
    return static_cast<uint8_t>(room > 64 ? 64 : room);
}

void hal_usb_write(uint8_t byte)
{
    Serial.write(byte);
}

bool hal_usb_upload_due(void)
{
    return Serial.baud() == 1200 && !Serial.dtr();
}

#endif
