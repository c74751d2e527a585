#pragma once
#include <stddef.h>
#include <stdint.h>

// libFuzzer's entry for programs with a main of their own (https://llvm.org/docs/LibFuzzer.html, "Using libFuzzer as a
// library"); no header declares it.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*run)(const uint8_t *bytes, size_t count));
