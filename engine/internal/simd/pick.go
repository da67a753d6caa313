package simd

import (
	"os"
	"sync"
)

// Sets returns the Sets that this processor runs, the fastest first.
func Sets() []*Set { return available() }

// Best returns the fastest Set that this processor runs, or with GANVAS_ISA=generic the one in
// plain Go.
var Best = sync.OnceValue(func() *Set {
	if os.Getenv("GANVAS_ISA") == Generic.Name {
		return &Generic
	}
	return available()[0]
})
