// Package memory says how much memory is free for this process, and how to refuse what needs more.
// It takes none and reckons nothing: whoever needs memory in proportion to a number from outside
// reckons it first, from shapes.
package memory

import (
	"fmt"
	"math"
	"os"
	"runtime/metrics"

	"ganvas/engine/process"
)

// Variable is the environment variable that limits the memory of the process, such as
// GANVAS_MEMORY=2GiB.
const Variable = "GANVAS_MEMORY"

// Unlimited stands for free memory of which the system does not tell how much it is.
const Unlimited = math.MaxInt64

// Free returns how many bytes the process may still take: what the system and its limits leave or,
// where that is less, what GANVAS_MEMORY leaves. The error is that of a GANVAS_MEMORY that is no
// size.
func Free() (int64, error) {
	limit, err := Limit()
	if err != nil {
		return 0, err
	}
	free := process.AvailableMemory()
	if limit > 0 {
		free = min(free, max(0, limit-process.Resident()))
	}
	if free == Unlimited {
		return free, nil
	}
	return free + spare(), nil
}

// Limit returns what GANVAS_MEMORY says; 0 where it is not set.
func Limit() (int64, error) {
	text := os.Getenv(Variable)
	if text == "" {
		return 0, nil
	}
	n, err := ParseSize(text)
	if err != nil || n == 0 {
		return 0, fmt.Errorf("%s=%s: write a size such as 512MB or 2GiB, or take it out", Variable, text)
	}
	return n, nil
}

// spare returns the bytes that Go's heap has and does not use now.
func spare() int64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/free:bytes"}}
	metrics.Read(s)
	return int64(s[0].Value.Uint64())
}

// A NotEnough is the error of what needs more memory than is free.
type NotEnough struct {
	What        string  // that needs it: "train digits"
	Needs, Free float64 // bytes
	Instead     string  // what would fit, or what helps
}

// Error says both numbers.
func (e *NotEnough) Error() string { return e.What + ": " + e.Reason() }

// Reason is Error without what needs the memory.
func (e *NotEnough) Reason() string {
	text := fmt.Sprintf("needs about %s of memory; %s are free", Text(e.Needs), Text(e.Free))
	if e.Instead != "" {
		text += ": " + e.Instead
	}
	return text
}

// Check returns a *NotEnough if needs is more than free.
func Check(what string, needs float64, free int64, instead string) error {
	if needs <= float64(free) {
		return nil
	}
	return &NotEnough{What: what, Needs: needs, Free: float64(free), Instead: instead}
}

// CheckFree is Check with what is free now.
func CheckFree(what string, needs float64, instead string) error {
	free, err := Free()
	if err != nil {
		return err
	}
	return Check(what, needs, free, instead)
}
