// Package process is what the operating system knows of this process and can do for it: memory,
// processor time, the priority of threads, and which other processes of the program are at work. It
// measures nothing that Go itself knows and starts no processes.
package process

import (
	"runtime/metrics"
	"time"
)

// Peak returns the largest resident size in bytes that the process has had; 0 where the system does
// not tell.
func Peak() int64 { return peak() }

// Resident returns the bytes of memory that the process has now. Where the system does not tell, it
// is what Go's runtime has.
func Resident() int64 {
	if n := resident(); n > 0 {
		return n
	}
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64() - s[1].Value.Uint64())
}

// AvailableMemory returns how many bytes the process could still take without others being swapped
// out, and without going beyond a limit that the system sets for it. Where the system does not
// tell, it is math.MaxInt64.
func AvailableMemory() int64 { return availableMemory() }

// FreeDisk returns how many bytes may still be written into a folder, and whether the system tells.
func FreeDisk(dir string) (bytes int64, known bool) { return freeDisk(dir) }

// CPUTime returns the processor time that the process has used on all processors; 0 where the
// system does not tell.
func CPUTime() time.Duration { return cpuTime() }

// Background lowers the priority of the calling thread below that of ordinary threads, for good,
// where the system can: so that what answers a user goes first. The caller has locked its goroutine
// to the thread and never unlocks it. On Linux it is the thread's nice value, on Windows its
// priority; other systems know priorities of whole processes only, or, as macOS, prefer by
// themselves the thread that draws, and there it does nothing.
func Background() { background() }

// Idle is Background for what may take as long as it takes: the thread gets hardly more than what
// no other wants.
func Idle() { idle() }
