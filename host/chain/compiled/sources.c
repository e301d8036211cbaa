/* So that a library that was built from other sources is not taken for this one. */
#include "chain.h"

const char *sources(void) { return QF_SOURCES; }
