package process

import (
	"encoding/binary"
	"math"
	"syscall"
)

// availableMemory returns all the memory of the computer: how much of it is free, the system tells
// only through a library in C.
func availableMemory() int64 {
	s, err := syscall.Sysctl("hw.memsize")
	if err != nil {
		return math.MaxInt64
	}
	var b [8]byte
	copy(b[:], s) // a trailing zero byte is cut off
	if n := binary.LittleEndian.Uint64(b[:]); n > 0 && n < math.MaxInt64 {
		return int64(n)
	}
	return math.MaxInt64
}
