#ifndef HAL_USB_H
#define HAL_USB_H

/* Native USB by Arduino's own stack, which is C++. */

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

void hal_usb_begin(void);
/* Take one byte from the host; false where there is none. */
bool hal_usb_read(uint8_t *byte);
/* Bytes that can be written without waiting. */
uint8_t hal_usb_room(void);
void hal_usb_write(uint8_t byte);
/* Whether an upload was asked for (1200 baud, port closed): Arduino's stack then lets the watchdog
 * restart the chip into its bootloader, and nobody may feed it. */
bool hal_usb_upload_due(void);

#ifdef __cplusplus
}
#endif

#endif
