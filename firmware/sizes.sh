#!/bin/sh
# Print what a board's firmware takes of it, and fail above the bound.
# sizes.sh BOARD ELF MOST_FLASH MOST_RAM
set -eu
avr-size -A "$2" | awk -v board="$1" -v most_flash="$3" -v most_ram="$4" '
  $1 == ".text" || $1 == ".data" { flash += $2 }
  $1 == ".data" || $1 == ".bss" || $1 == ".noinit" { ram += $2 }
  END {
    printf "%-9s flash %6d of %6d bytes allowed, RAM %5d of %5d\n", board, flash, most_flash, ram, most_ram
    if (flash == 0 || flash > most_flash || ram > most_ram) exit 1
  }'
