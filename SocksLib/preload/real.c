#include "real.h"

#include <dlfcn.h>

struct originals originals;
_Atomic(int) originals_loaded;

void originals_load(void)
{
    /* Threads that race here store the same values. */
#define X(ret, name, args) *(void **)&originals.name = dlsym(RTLD_NEXT, #name);
    ORIGINALS(X)
#undef X
    atomic_store_explicit(&originals_loaded, 1, memory_order_release);
}
