package simd

// Best returns the fastest Set that this processor runs; GANVAS_ISA=generic selects plain Go.
func Best() *Set { return &Generic }
